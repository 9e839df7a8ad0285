package fr.carnet.policy;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policy as text keys, for SQL: a document is visible if and only if its keys and the caller's keys meet.
 *
 * <p>Every key is a whole condition, {@code <title>:<row>}, where the row is the one of the matrix that decides
 * ({@link HabilitationMatrix#rowOf}), and the title says whom the document is shown to:
 *
 * <ul>
 *   <li>{@code t:<row>} not masked: whoever may read the row; {@code m:<row>} masked: the treating physician
 *       and his equals (R107);
 *   <li>{@code a/<subject>:<row>} masked: its depositor; {@code e/<idNat_Struct>:<row>} his structure;
 *   <li>{@code p} the holder; {@code r} his representatives; both whatever the row.
 * </ul>
 *
 * <p>A professional holds none at all while the holder masks everything (R108): documents keep theirs, so the choice acts and
 * ends at once.
 *
 * <p>Keys of a document depend on the rows of the matrix, not on its cells: a change of rights needs no new keys. A row
 * that is added concerns no document, since none could be deposited (R33); a row that is removed hides its documents
 * until their keys are written anew.
 */
public final class VisibilityKeys {

    static final String ANYONE = "t";
    private static final String TREATING_PHYSICIAN = "m";
    private static final String HOLDER_KEY = "p";
    private static final String REPRESENTATIVE_KEY = "r";

    private final Policy policy;
    private final Map<ActorCode, Set<String>> open = new HashMap<>();

    /** @param policy decides on the record; its matrix gives the rows */
    public VisibilityKeys(Policy policy) {
        this.policy = policy;
        HabilitationMatrix matrix = policy.matrix();
        matrix.actors()
                .forEach(actor -> open.put(
                        actor,
                        matrix.readableTypes(actor).stream()
                                .map(row -> key(ANYONE, row))
                                .collect(Collectors.toUnmodifiableSet())));
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
            titles(depositor.subject(), depositor.structure(), true).forEach(title -> keys.add(key(title, row)));
        } else {
            keys.add(key(ANYONE, row));
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
    public CallerKeys keysFor(Caller caller, AccessContext context, PatientFacts patient, Instant now) {
        AccessRequest record = new AccessRequest(
                caller, context, Action.READ, Optional.of(patient), Optional.empty(), Optional.empty(), now);
        if (!policy.decide(record).permitted()) {
            return CallerKeys.NONE;
        }
        return switch (caller.kind()) {
            case HOLDER -> new CallerKeys(Set.of(HOLDER_KEY), Set.of());
            case REPRESENTATIVE -> new CallerKeys(Set.of(REPRESENTATIVE_KEY), Set.of());
            case PROFESSIONAL -> patient.choices().masksAll() ? CallerKeys.NONE : professional(caller, patient);
            case SYSTEM, OPERATOR, AUDITOR -> CallerKeys.NONE;
        };
    }

    private CallerKeys professional(Caller caller, PatientFacts patient) {
        return new CallerKeys(
                open.getOrDefault(caller.role().orElseThrow(), Set.of()),
                titles(caller.subject(), caller.structure(), Visibilities.hasTreatingRights(caller, patient)));
    }

    private static Set<String> titles(String subject, Optional<StructureId> structure, boolean treatingRights) {
        Set<String> titles = new HashSet<>();
        titles.add("a/" + subject);
        structure.ifPresent(s -> titles.add("e/" + s.value()));
        if (treatingRights) {
            titles.add(TREATING_PHYSICIAN);
        }
        return titles;
    }

    private static String key(String title, String row) {
        return title + ":" + row;
    }
}
