package fr.carnet.dmp;

import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.shared.CarnetUris;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.RelatedPerson;

/** Reads who acts for a patient in law or assists him, and between which dates (R147, R149). */
final class RepresentativeReading {

    private static final String ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    private static final Map<String, Title> TITLES = Map.of(
            "PRN", Title.PARENT,
            "MTH", Title.PARENT,
            "FTH", Title.PARENT,
            "GUARD", Title.GUARDIAN);
    private static final String CURATOR = "curator";

    private RepresentativeReading() {}

    /** Checks what can be checked without knowing the patient. */
    static void check(RelatedPerson person, Findings findings) {
        findings.require(person.hasPatient(), "person-patient", "RelatedPerson.patient");
        findings.require(localId(person).isPresent(), "person-identifier", "RelatedPerson.identifier");
        findings.require(
                person.getRelationship().size() == 1 && title(person).isPresent(),
                "person-relationship",
                "RelatedPerson.relationship");
        boolean named = person.getName().size() == 1
                && person.getNameFirstRep().hasFamily()
                && person.getNameFirstRep().hasGiven();
        findings.require(named, "person-name", "RelatedPerson.name");
        findings.require(LegalPeriod.of(person.getPeriod()).isOrdered(), "period-order", "RelatedPerson.period");
        findings.require(!saysMore(person), "person-unsupported", "RelatedPerson");
    }

    /** What Carnet does not need, it does not keep; what it would not heed must not look as if it were. */
    private static boolean saysMore(RelatedPerson person) {
        RelatedPerson bare = person.copy();
        bare.setId((String) null).setMeta(null);
        bare.setText(null);
        bare.setActiveElement(null)
                .setPatient(null)
                .setIdentifier(null)
                .setRelationship(null)
                .setName(null)
                .setGender(null)
                .setBirthDate(null)
                .setPeriod(null);
        DeclaredBy.remove(bare);
        return person.getIdentifier().size() > 1 || !bare.isEmpty();
    }

    /** Empty where the person has no title: not active, without local id, or in another relationship. */
    static Optional<Representative> read(RelatedPerson person) {
        if (!isActive(person)) {
            return Optional.empty();
        }
        LegalPeriod period = LegalPeriod.of(person.getPeriod());
        boolean shared = DeclaredBy.in(person).isPresent();
        return title(person).flatMap(title -> localId(person)
                .map(id -> new Representative(id, title, period.from(), period.until(), shared)));
    }

    static boolean isActive(RelatedPerson person) {
        return !person.hasActive() || person.getActive();
    }

    /** Subject of his tokens. */
    static Optional<String> localId(RelatedPerson person) {
        return person.getIdentifier().stream()
                .filter(identifier -> CarnetUris.LOCAL_ID.equals(identifier.getSystem()) && identifier.hasValue())
                .map(Identifier::getValue)
                .findFirst();
    }

    /** The strongest of the relationships that are named. */
    static Optional<Title> title(RelatedPerson person) {
        Set<Title> titles = person.getRelationship().stream()
                .flatMap(relationship -> relationship.getCoding().stream())
                .flatMap(coding -> titleOf(coding).stream())
                .collect(Collectors.toSet());
        return Stream.of(Title.GUARDIAN, Title.PARENT, Title.CURATOR)
                .filter(titles::contains)
                .findFirst();
    }

    private static Optional<Title> titleOf(Coding coding) {
        if (ROLE_CODE.equals(coding.getSystem()) && coding.hasCode()) {
            return Optional.ofNullable(TITLES.get(coding.getCode()));
        }
        boolean curator = CarnetUris.RELATIONSHIP.equals(coding.getSystem()) && CURATOR.equals(coding.getCode());
        return curator ? Optional.of(Title.CURATOR) : Optional.empty();
    }

    /** Id of the patient of a stored person. */
    static String patientId(RelatedPerson person) {
        return person.getPatient().getReferenceElement().getIdPart();
    }
}
