package fr.carnet.dmp;

import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.HolderChoices;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.CareTeam;
import fr.carnet.policy.PatientFacts.Representative;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /** Kinds by which a professional may consult. */
    static final List<Kind> AUTHORISING = List.of(Kind.AUTHORISATION, Kind.NURSING_HOME);

    StoredFacts {
        representatives = Map.copyOf(representatives);
        consents = Map.copyOf(consents);
    }

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
    List<String> authorisationIds() {
        return consents.entrySet().stream()
                .filter(entry -> AUTHORISING.contains(entry.getValue().kind()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** @param teams those that count for the caller */
    PatientFacts asPolicyFacts(String patientId, List<CareTeam> teams) {
        return new PatientFacts(
                patientId,
                record.ins(),
                Set.copyOf(record.former()),
                record.traits().birthDate(),
                record.deceased(),
                record.state(),
                record.stateSince(),
                record.treatingPhysician(),
                choices(),
                authorisations(),
                teams,
                representatives.values().stream().toList());
    }

    private HolderChoices choices() {
        return new HolderChoices(
                concerned(Kind.BLOCK),
                says(Kind.OPPOSE_BREAK_GLASS),
                says(Kind.OPPOSE_REGULATION),
                says(Kind.MASK_ALL),
                concerned(Kind.TREATING_RIGHTS),
                concerned(Kind.OPPOSE_DEPOSIT),
                consents(Kind.DIGITAL_SERVICE)
                        .collect(Collectors.toMap(c -> c.concerned().orElseThrow(), StoredConsent::types)),
                concerned(Kind.CURATOR));
    }

    private List<Authorisation> authorisations() {
        return consents.entrySet().stream()
                .filter(entry -> AUTHORISING.contains(entry.getValue().kind()))
                .map(entry -> authorisation(entry.getKey(), entry.getValue()))
                .toList();
    }

    static Authorisation authorisation(String id, StoredConsent consent) {
        return new Authorisation(
                Optional.of(id),
                consent.concerned().orElseThrow(),
                consent.declaredAt(),
                consent.basis().orElseThrow(),
                consent.structure());
    }

    private Stream<StoredConsent> consents(Kind kind) {
        return consents.values().stream().filter(consent -> consent.kind() == kind);
    }

    private boolean says(Kind kind) {
        return consents(kind).findAny().isPresent();
    }

    private Set<String> concerned(Kind kind) {
        return consents(kind).flatMap(consent -> consent.concerned().stream()).collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return "StoredFacts";
    }
}
