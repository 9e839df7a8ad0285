package fr.carnet.policy;

import static java.util.stream.Collectors.toUnmodifiableSet;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The policy as text keys, for SQL: a document is visible if and only if its keys and the caller's keys meet.
 *
 * <p>Every key is a whole condition; {@code <row>} is the row of the matrix that decides ({@link HabilitationMatrix#rowOf}):
 *
 * <ul>
 *   <li>{@code t:<row>} not masked; {@code m:<row>} masked, for the treating physician;
 *   <li>{@code a:<row>:<subject>} masked, for its depositor; {@code e:<row>:<idNat_Struct>} for his structure;
 *   <li>{@code p} for the holder; {@code r} for his representatives.
 * </ul>
 *
 * <p>Keys of a document depend on the rows of the matrix, not on its cells: a change of rights needs no new keys. A row
 * that is added concerns no document, since none could be deposited (R33); a row that is removed hides its documents
 * until their keys are written anew.
 */
public final class VisibilityKeys {

    private static final String HOLDER_KEY = "p";
    private static final String REPRESENTATIVE_KEY = "r";

    private final Policy policy;

    /** @param policy decides on the record; its matrix gives the rows */
    public VisibilityKeys(Policy policy) {
        this.policy = policy;
    }

    /** Keys of one document; none once it is deleted. A lot or folder has the union of its documents' keys. */
    public Set<String> keysOf(DocumentFacts document) {
        if (document.deleted()) {
            return Set.of();
        }
        Set<String> keys = new HashSet<>();
        String row = policy.matrix().rowOf(document.type(), document.classCode());
        if (document.is(Visibility.MASQUE_PS)) {
            DocumentFacts.Depositor depositor = document.depositor();
            keys.add("m:" + row);
            keys.add(depositorKey(row, depositor.subject()));
            depositor.structure().ifPresent(structure -> keys.add(structureKey(row, structure)));
        } else {
            keys.add("t:" + row);
        }
        if (!document.is(Visibility.INVISIBLE_PATIENT)) {
            keys.add(HOLDER_KEY);
            if (!document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX)) {
                keys.add(REPRESENTATIVE_KEY);
            }
        }
        return Set.copyOf(keys);
    }

    /** Keys of a caller on one record; none where the record-level steps refuse (rules.md §0, steps 3–8). */
    public Set<String> keysFor(Caller caller, AccessContext context, PatientFacts patient, Instant now) {
        AccessRequest record = new AccessRequest(
                caller, context, Action.READ, Optional.of(patient), Optional.empty(), Optional.empty(), now);
        if (!policy.decide(record).permitted()) {
            return Set.of();
        }
        return switch (caller.kind()) {
            case HOLDER -> Set.of(HOLDER_KEY);
            case REPRESENTATIVE -> Set.of(REPRESENTATIVE_KEY);
            case PROFESSIONAL -> professionalKeys(caller, patient);
            case SYSTEM, OPERATOR, AUDITOR -> Set.of();
        };
    }

    private Set<String> professionalKeys(Caller caller, PatientFacts patient) {
        boolean treating = Visibilities.isTreatingPhysician(caller, patient);
        ActorCode column = caller.role().orElseThrow();
        return policy.matrix().readableTypes(column).stream()
                .flatMap(row -> keysOn(row, caller, treating).stream())
                .collect(toUnmodifiableSet());
    }

    private static Set<String> keysOn(String row, Caller caller, boolean treating) {
        Set<String> keys = new HashSet<>();
        keys.add("t:" + row);
        keys.add(depositorKey(row, caller.subject()));
        caller.structure().ifPresent(structure -> keys.add(structureKey(row, structure)));
        if (treating) {
            keys.add("m:" + row);
        }
        return keys;
    }

    private static String depositorKey(String row, String subject) {
        return "a:" + row + ":" + subject;
    }

    private static String structureKey(String row, StructureId structure) {
        return "e:" + row + ":" + structure.value();
    }
}
