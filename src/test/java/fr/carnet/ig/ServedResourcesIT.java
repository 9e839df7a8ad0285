package fr.carnet.ig;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server serves is what its profiles say. */
class ServedResourcesIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String PROFILE = "https://carnet.example/fhir/StructureDefinition/carnet-";
    private static final Person DOMINIQUE = new Person(
            new Ins(InsDomain.TEST, "279035121518989"),
            "PAT-TROIS",
            "DOMINIQUE",
            "DOMINIQUE MARIE-LOUISE",
            "1979-03-28",
            AdministrativeGender.FEMALE,
            "51215");
    private static final Map<String, String> PROFILES = Map.of(
            "DocumentReference", "document-reference",
            "Patient", "patient",
            "CareTeam", "care-team",
            "RelatedPerson", "related-person",
            "AuditEvent", "audit-event");

    private static String consent;

    @BeforeAll
    static void publish() {
        String martin = SERVER.token("dr-martin");
        Answer declared = SERVER.send(martin, Choices.authorisation(DOMINIQUE, "899700100011"));
        consent = declared.created().orElseThrow();
        var document = new Document(
                UniqueId.random(),
                Document.Kind.CONSULTATION,
                OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(10),
                ("%PDF-1.4\n% " + UniqueId.random().oid() + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII));
        var lot = new Lot(UniqueId.random(), DOMINIQUE, Depositor.DR_MARTIN, document);
        assertThat(SERVER.send(martin, Call.transaction(lot.bundle())).status()).isEqualTo(200);
    }

    @AfterAll
    static void endConsent() {
        SERVER.send(SERVER.token("dr-martin"), Choices.ending(consent));
    }

    @ParameterizedTest
    @CsvSource({
        "dr-martin, DocumentReference?status=current&patient.identifier=",
        "dr-martin, List?code=submissionset&status=current&patient.identifier=",
        "dr-martin, Patient?identifier=",
        "operator, Patient?identifier=",
        "dominique, Consent?patient.identifier=",
        "dominique, AuditEvent?patient.identifier=",
        "dominique, RelatedPerson?patient.identifier="
    })
    void searchedResourcesAreOfTheirProfiles(String actor, String query) {
        Answer answer = SERVER.send(
                SERVER.token(actor),
                Call.get(query + Call.escaped(DOMINIQUE.ins().token())));
        Bundle found = (Bundle) read(answer);

        assertThat(answer.status()).as(answer.sentence()).isEqualTo(200);
        assertThat(found.getEntry()).isNotEmpty();
        found.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(resource -> !(resource instanceof OperationOutcome))
                .limit(20)
                .forEach(resource -> assertThat(Validator.get().errors(resource, PROFILE + profileOf(resource)))
                        .as(resource.fhirType())
                        .isEmpty());
    }

    @Test
    void refusalsAreValid() {
        for (Answer refusal : List.of(
                SERVER.send(
                        SERVER.token("insurer"),
                        Call.get("DocumentReference?patient.identifier="
                                + Call.escaped(DOMINIQUE.ins().token()))),
                SERVER.send(SERVER.token("dr-martin"), Call.get("DocumentReference?unknown=x")))) {
            assertThat(refusal.status()).isGreaterThanOrEqualTo(400);
            assertThat(Validator.get().errors(read(refusal))).isEmpty();
        }
    }

    private static Resource read(Answer answer) {
        return (Resource)
                Validator.FHIR.newJsonParser().parseResource(answer.json().toString());
    }

    private static String profileOf(Resource resource) {
        if (resource instanceof ListResource list) {
            return "folder".equals(list.getCode().getCodingFirstRep().getCode()) ? "folder" : "submission-set";
        }
        return resource instanceof Consent choice
                ? "consent-" + choice.getCategoryFirstRep().getCodingFirstRep().getCode()
                : PROFILES.get(resource.fhirType());
    }
}
