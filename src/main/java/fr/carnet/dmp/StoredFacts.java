package fr.carnet.dmp;

import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.CareTeam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the resources of one patient say, as kept in {@code patient_facts.facts}.
 *
 * @param record what the Patient says
 * @param representatives by id of the RelatedPerson
 * @param consents active ones by id of the Consent
 */
record StoredFacts(
        RegisteredRecord record, Map<String, Representative> representatives, Map<String, StoredConsent> consents) {

    StoredFacts {
        representatives = Map.copyOf(representatives);
        consents = Map.copyOf(consents);
    }

    /**
     * Somebody who acts for the patient in law.
     *
     * @param localId subject of his tokens
     * @param guardian represents an adult (R149); otherwise a minor (R147)
     */
    record Representative(String localId, boolean guardian) {}

    static StoredFacts of(RegisteredRecord record) {
        return new StoredFacts(record, Map.of(), Map.of());
    }

    StoredFacts with(RegisteredRecord newer) {
        return new StoredFacts(newer, representatives, consents);
    }

    /** @param representative empty when the title ended */
    StoredFacts withRepresentative(String id, Optional<Representative> representative) {
        return new StoredFacts(record, changed(representatives, id, representative), consents);
    }

    /** @param consent empty when it ended */
    StoredFacts withConsent(String id, Optional<StoredConsent> consent) {
        return new StoredFacts(record, representatives, changed(consents, id, consent));
    }

    private static <V> Map<String, V> changed(Map<String, V> map, String id, Optional<V> value) {
        var copy = new TreeMap<>(map);
        value.ifPresentOrElse(v -> copy.put(id, v), () -> copy.remove(id));
        return copy;
    }

    /** Ids of the consents that a newer one renews. */
    List<String> renewedBy(StoredConsent newer) {
        return consents.entrySet().stream()
                .filter(entry -> newer.renews(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Ids of the consents by which professionals may consult. */
    List<String> authorisations() {
        return consents.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == Kind.AUTHORISATION)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** @param teams those that count for the caller */
    PatientFacts asPolicyFacts(String patientId, List<CareTeam> teams) {
        return new PatientFacts(
                patientId,
                record.ins(),
                record.traits().birthDate(),
                record.state(),
                record.stateSince(),
                record.treatingPhysician(),
                professionals(Kind.BLOCK).collect(Collectors.toSet()),
                consents(Kind.OPPOSE_BREAK_GLASS).findAny().isPresent(),
                consents(Kind.OPPOSE_REGULATION).findAny().isPresent(),
                consents(Kind.AUTHORISATION).map(StoredFacts::authorisation).toList(),
                teams,
                localIds(r -> !r.guardian()),
                localIds(Representative::guardian));
    }

    private static Authorisation authorisation(StoredConsent consent) {
        return new Authorisation(
                consent.professional().orElseThrow(),
                consent.declaredAt(),
                consent.basis().orElseThrow(),
                consent.structure());
    }

    private Stream<StoredConsent> consents(Kind kind) {
        return consents.values().stream().filter(consent -> consent.kind() == kind);
    }

    private Stream<String> professionals(Kind kind) {
        return consents(kind).flatMap(consent -> consent.professional().stream());
    }

    private Set<String> localIds(Predicate<Representative> which) {
        return representatives.values().stream()
                .filter(which)
                .map(Representative::localId)
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return "StoredFacts";
    }
}
