package fr.carnet.policy;

import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.Readership.Person;
import fr.carnet.policy.Readership.Profession;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds who could read a document by asking the policy itself about imagined callers: one of every profession of the matrix,
 * and for everybody with a declaration one of every profession that he could have, since a declaration does not say which.
 */
record Readers(Policy policy, PatientFacts patient, DocumentFacts document, Instant now) {

    /** Nobody's: no declaration, block or deposit bears it. */
    private static final String STRANGER = "";

    private static final String NOT_STATED = "-";
    private static final EmergencyStatement STATED = new EmergencyStatement(Optional.of(NOT_STATED), true, true);

    Readership all() {
        Map<AccessMode, Decision> emergencies = new EnumMap<>(AccessMode.class);
        Stream.of(AccessMode.values())
                .filter(AccessMode::isEmergency)
                .forEach(mode -> emergencies.put(mode, emergency(mode)));
        return new Readership(
                roles().flatMap(role -> profession(role).stream()).toList(),
                persons(),
                emergencies,
                !document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX));
    }

    private Stream<ActorCode> roles() {
        return policy.matrix().actors().stream().filter(role -> !role.code().startsWith("A00:"));
    }

    /** The first reason is the imagined consent. */
    private Optional<Profession> profession(ActorCode role) {
        Caller member = caller(STRANGER, role, Optional.empty(), Optional.empty());
        return decide(member, AccessMode.NORMAL, consenting()) instanceof Permit permit
                ? Optional.of(new Profession(
                        role, permit.reasons().subList(1, permit.reasons().size())))
                : Optional.empty();
    }

    /** The record as it would be, had the holder consented to the stranger. */
    private PatientFacts consenting() {
        var consent = new Authorisation(STRANGER, now, Basis.CONSENT, Optional.empty());
        return new PatientFacts(
                patient.id(),
                patient.ins(),
                patient.birthDate(),
                patient.state(),
                patient.stateSince(),
                patient.treatingPhysician(),
                patient.choices(),
                Stream.concat(Stream.of(consent), patient.authorisations().stream())
                        .toList(),
                patient.teams(),
                patient.representatives());
    }

    private List<Person> persons() {
        Map<String, Person> persons = new LinkedHashMap<>();
        patient.authorisations().stream()
                .sorted(Comparator.comparing(Authorisation::declaredAt).reversed())
                .forEach(declared ->
                        person(declared).ifPresent(person -> persons.putIfAbsent(declared.professional(), person)));
        return List.copyOf(persons.values());
    }

    private Optional<Person> person(Authorisation declared) {
        Optional<StructureId> structure = declared.structure().map(StructureId::new);
        Optional<String> sector =
                declared.basis() == Basis.AGREEMENT ? Optional.of(Purposes.NURSING_HOMES) : Optional.empty();
        return roles().map(role ->
                        decide(caller(declared.professional(), role, structure, sector), AccessMode.NORMAL, patient))
                .filter(Permit.class::isInstance)
                .map(permit -> new Person(declared.professional(), declared.declaredAt(), ((Permit) permit).reasons()))
                .findFirst();
    }

    /** The permit of the first profession that has one; else the refusal of a physician, whom nothing shuts out but the holder. */
    private Decision emergency(AccessMode mode) {
        return roles().map(role -> decide(caller(STRANGER, role, Optional.empty(), Optional.empty()), mode, patient))
                .filter(Decision::permitted)
                .findFirst()
                .orElseGet(() -> decide(
                        caller(STRANGER, new ActorCode("10"), Optional.empty(), Optional.empty()), mode, patient));
    }

    private Decision decide(Caller caller, AccessMode mode, PatientFacts record) {
        return policy.decide(new AccessRequest(
                caller,
                new AccessContext(Optional.of(record.ins()), Optional.of(mode), STATED, false),
                Action.READ,
                Optional.of(record),
                Optional.of(document),
                Optional.empty(),
                now));
    }

    private static Caller caller(
            String subject, ActorCode role, Optional<StructureId> structure, Optional<String> sector) {
        return new Caller(
                CallerKind.PROFESSIONAL,
                subject,
                NOT_STATED,
                Optional.of(role),
                Optional.empty(),
                Optional.empty(),
                sector,
                structure,
                Optional.empty(),
                true,
                AuthenticationMode.DIRECTE,
                NOT_STATED,
                new Caller.TokenRef(NOT_STATED, NOT_STATED, NOT_STATED));
    }
}
