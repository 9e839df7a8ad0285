package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.DAVID;
import static fr.carnet.server.flow.Scene.DOMINIQUE;
import static fr.carnet.server.flow.Scene.EMMA;
import static fr.carnet.server.flow.Scene.authorise;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.Registration;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who the patient is, whether his record is open, who is authorised, in which mode, and what the holder sees of it. */
class IdentityIT {

    private static final String NURSE_H = "899700100144";
    private static final String MIDWIFE = "899700100078";

    private final List<Runnable> undo = new ArrayList<>();

    @AfterEach
    void putBack() {
        undo.forEach(Runnable::run);
        Scene.clock("reset=true");
    }

    private static Answer send(String token, Call call) {
        return Scene.SERVER.send(token, call);
    }

    private static Answer status(String token, Person patient) {
        return send(
                token,
                Call.get("Patient?identifier=" + Call.escaped(patient.ins().token())));
    }

    private static JsonNode patient(Answer answer) {
        return answer.json().at("/entry/0/resource");
    }

    private static String search(String actor, Person patient, String... claims) {
        Answer answer =
                send(token(actor, patient, claims), Call.get("DocumentReference?status=current&" + Scene.of(patient)));
        return answer.status() == 200
                ? "200"
                : answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    // TD0.2

    @Test
    void existenceOfARecordIsTold() {
        Answer answer = status(token("dr-martin", ALICE), ALICE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.total()).isEqualTo(1);
        JsonNode patient = patient(answer);
        assertThat(patient.path("active").asBoolean()).isTrue();
        assertThat(patient.at("/identifier/0/value").asText())
                .isEqualTo(ALICE.ins().value());
        assertThat(patient.at("/name/0/family").asText()).isEqualTo("MOREAU");
        assertThat(patient.path("birthDate").asText()).isEqualTo("1984-05-17");
        assertThat(extension(patient, "dmp-medecin-traitant")
                        .path("valueBoolean")
                        .asBoolean())
                .isTrue();
        assertThat(extension(patient, "authorisation-status").path("valueCode").asText())
                .isIn("none", "valid", "expired");
        List<String> members = new ArrayList<>();
        patient.fieldNames().forEachRemaining(members::add);
        assertThat(members)
                .isSubsetOf(
                        "resourceType",
                        "id",
                        "meta",
                        "extension",
                        "identifier",
                        "active",
                        "name",
                        "gender",
                        "birthDate");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .doesNotContain("birthPlace")
                .doesNotContain("75056\"");
    }

    private static JsonNode extension(JsonNode patient, String name) {
        for (JsonNode extension : patient.path("extension")) {
            if (extension.path("url").asText().endsWith(name)) {
                return extension;
            }
        }
        throw new AssertionError("no extension " + name);
    }

    @Test
    void unknownOpposedAndNotYetOpenedAreToldAlike() {
        for (Person nobody : List.of(Scene.stranger(), DAVID, Scene.patient("NOTIFIED", Instant.now()))) {
            Answer answer = status(token("dr-martin", nobody), nobody);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.total()).isZero();
            assertThat(answer.json().has("entry")).isFalse();
        }
    }

    @Test
    void recordOpensSixWeeksAfterTheNotice() {
        Person silent = Scene.patient("NOTIFIED", Instant.now().minus(41, ChronoUnit.DAYS));
        assertThat(status(token("dr-martin", silent), silent).total()).isZero();
        Scene.clock("advance=P2D");
        Answer answer = status(token("dr-martin", silent), silent);
        assertThat(answer.total()).isEqualTo(1);
        assertThat(patient(answer).path("active").asBoolean()).isTrue();
    }

    @Test
    void closedRecordTellsWhenAndWhy() {
        JsonNode patient = patient(status(token("dr-martin", EMMA), EMMA));
        assertThat(patient.path("active").asBoolean(true)).isFalse();
        assertThat(extension(patient, "dmp-fermeture").toString())
                .contains("dateFermeture")
                .contains("2026-03-01");
    }

    @Test
    void onlyWellFormedMatriculesAreAskedFor() {
        String martin = Scene.SERVER.token("dr-martin");
        String oid = ALICE.ins().domain().system();
        assertRefused(send(martin, Call.get(identifier(oid, "284057505601205"))), 422, "R2");
        assertRefused(
                send(martin, Call.get(identifier("urn:oid:1.2.3", ALICE.ins().value()))), 422, "R1");
        assertRefused(send(martin, Call.get("Patient?family=MOREAU")), 400, "unknown-parameter");
        assertRefused(send(martin, Call.get("Patient?name=x&birthdate=1984")), 400, "unknown-parameter");
        assertRefused(send(martin, Call.get("Patient")), 400, "identifier-required");
        assertThat(send(martin, Call.get("Patient/1")).status()).isEqualTo(404);
    }

    private static String identifier(String system, String value) {
        return "Patient?identifier=" + Call.escaped(system + "|" + value);
    }

    @Test
    void holderAsksForHimselfAlone() {
        assertThat(status(token("alice", ALICE), ALICE).total()).isEqualTo(1);
        assertThat(status(Scene.SERVER.token("alice"), DOMINIQUE).status()).isEqualTo(403);
    }

    @Test
    void digitalServiceLearnsOfNobodyWhoHasNotAuthorisedIt() {
        Answer unauthorised = status(token("service", DOMINIQUE), DOMINIQUE);
        Person stranger = Scene.stranger();
        Answer unknown = status(token("service", stranger), stranger);

        assertRefused(unauthorised, 403, "R69");
        assertRefused(unknown, 403, "R69");
        assertThat(unauthorised.sentence()).isEqualTo(unknown.sentence());
        Consent authorisation = consent(DOMINIQUE, "digital-service");
        authorisation
                .getProvision()
                .addCode(new CodeableConcept(new Coding("http://loinc.org", "29274-8", null)))
                .addActor()
                .setReference(new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(CarnetUris.LOCAL_ID).setValue("service")));
        choose(authorisation);
        assertThat(status(token("service", DOMINIQUE), DOMINIQUE).total()).isEqualTo(1);
    }

    @Test
    void guessingMatriculesIsSlow() {
        String token = Scene.SERVER.token("podiatrist");
        List<Integer> statuses = IntStream.range(0, 160)
                .mapToObj(i -> status(token, DAVID).status())
                .toList();
        assertThat(statuses).startsWith(200, 200, 200).contains(429).containsOnly(200, 429);
        Answer refused = IntStream.range(0, 20)
                .mapToObj(i -> status(token, DAVID))
                .filter(a -> a.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.codes()).containsExactly("too-many-status-checks");
    }

    @Test
    void onlyTheOperatorRegistersPatients() {
        Person person = Scene.stranger();
        Call registration = Registration.of(person, Scene.DR_MARTIN);
        assertRefused(send(Scene.SERVER.token("dr-martin"), registration), 403, "R10");
        assertThat(status(Scene.SERVER.token("dr-martin"), person).total()).isZero();
        assertThat(send(Scene.SERVER.token("operator"), registration).status()).isEqualTo(201);
        assertThat(send(Scene.SERVER.token("operator"), registration).status()).isEqualTo(200);
        assertThat(status(Scene.SERVER.token("dr-martin"), person).total()).isZero();
        Registration.opening(person).forEach(call -> assertThat(
                        send(Scene.SERVER.token("operator"), call).status())
                .isEqualTo(200));
        assertThat(status(Scene.SERVER.token("dr-martin"), person).total()).isEqualTo(1);
    }

    // consent

    @Test
    void nobodyReadsWithoutConsentAndOutsideATeamItLastsTwelveHours() {
        Person patient = Scene.patient();
        assertThat(search("midwife", patient)).isEqualTo("403 R36");
        authorise("midwife", MIDWIFE, patient);
        assertThat(search("midwife", patient)).isEqualTo("200");
        Scene.clock("advance=PT11H");
        assertThat(search("midwife", patient)).isEqualTo("200");
        Scene.clock("advance=PT2H");
        assertThat(search("midwife", patient)).isEqualTo("403 R40");
        assertThat(extension(patient(status(token("midwife", patient), patient)), "authorisation-status")
                        .path("valueCode")
                        .asText())
                .isEqualTo("expired");
    }

    @Test
    void endedConsentAuthorisesNoMore() {
        Person patient = Scene.patient();
        String consent = authorise("midwife", MIDWIFE, patient);
        assertThat(search("midwife", patient)).isEqualTo("200");
        assertThat(send(token("midwife", patient), Choices.ending(consent)).status())
                .isEqualTo(200);
        assertThat(search("midwife", patient)).isEqualTo("403 R36");
    }

    @Test
    void memberOfATeamDeclaresHimselfOnceSomebodyHasTheConsent() {
        Person patient = Scene.patient();
        assertThat(search("nurse-h", patient)).isEqualTo("403 R36");
        assertThat(declare("nurse-h", NURSE_H, patient).status()).isEqualTo(201);
        assertThat(search("nurse-h", patient)).isEqualTo("403 R38");
        authorise("dr-leroy", Scene.DR_LEROY, patient);
        assertThat(search("nurse-h", patient)).isEqualTo("200");
        Scene.clock("advance=P360D");
        assertThat(search("nurse-h", patient)).isEqualTo("200");
        Scene.clock("advance=P10D");
        assertThat(search("nurse-h", patient)).isEqualTo("403 R42");
    }

    /** Declaration of a member of a team: performer is himself. */
    private static Answer declare(String actor, String idNatPs, Person patient) {
        Consent consent = consent(patient, "authorisation");
        consent.addPerformer(professional(idNatPs));
        consent.getProvision().addActor().setReference(professional(idNatPs));
        return send(token(actor, patient), Call.write("POST", "Consent", consent));
    }

    private static Reference professional(String idNatPs) {
        return new Reference()
                .setIdentifier(new Identifier().setSystem(IdNatPs.SYSTEM).setValue(idNatPs));
    }

    private static Consent consent(Person patient, String kind) {
        Consent consent = new Consent().setStatus(Consent.ConsentState.ACTIVE);
        consent.setScope(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)));
        consent.addCategory(new CodeableConcept(new Coding(CarnetUris.CONSENT_KIND, kind, null)));
        consent.setPatient(new Reference().setIdentifier(patient.identifier()));
        return consent;
    }

    @Test
    void blockedProfessionalReadsNothingUntilTheBlockIsLifted() {
        authorise("midwife", MIDWIFE, DOMINIQUE);
        assertThat(search("midwife", DOMINIQUE)).isEqualTo("200");
        Consent block = consent(DOMINIQUE, "block");
        block.getProvision().addActor().setReference(professional(MIDWIFE));
        Runnable lift = choose(block);
        assertThat(search("midwife", DOMINIQUE)).isEqualTo("403 R44");
        assertThat(search("midwife", DOMINIQUE, emergency())).isEqualTo("403 R44");
        lift.run();
        undo.clear();
        assertThat(search("midwife", DOMINIQUE)).isEqualTo("200");
    }

    /** Dominique's choice, taken back by the answer or at the end of the test. */
    private Runnable choose(Consent consent) {
        String token = token("dominique", DOMINIQUE);
        Answer declared = send(token, Call.write("POST", "Consent", consent));
        assertThat(declared.status()).as(issues(declared).toString()).isEqualTo(201);
        Runnable end = () -> send(token, Choices.ending(declared.created().orElseThrow()));
        undo.add(end);
        return end;
    }

    private static String[] emergency() {
        return new String[] {
            "purpose",
            "bris_de_glace",
            "reason",
            "Inconscient aux urgences",
            "unable_to_consent",
            "true",
            "immediate_risk",
            "true"
        };
    }

    @Test
    void glassIsBrokenByHealthProfessionalsWhoSayWhy() {
        Person patient = Scene.patient();
        assertThat(search("dr-urg", patient, emergency())).isEqualTo("200");
        assertThat(search("dr-urg", patient, "purpose", "bris_de_glace")).isEqualTo("422 R51");
        assertThat(search(
                        "dr-urg",
                        patient,
                        "purpose",
                        "bris_de_glace",
                        "unable_to_consent",
                        "true",
                        "immediate_risk",
                        "true"))
                .isEqualTo("422 R51");
        assertThat(search("social-worker", patient, emergency())).isEqualTo("403 R51");
        assertThat(search("dr-urg", patient, "purpose", "curiosity")).isEqualTo("422 R50");
    }

    @Test
    void holderOpposesTheTwoEmergencyModesSeparately() {
        assertThat(search("dr-urg", DOMINIQUE, emergency())).isEqualTo("200");
        Runnable lift = choose(consent(DOMINIQUE, "oppose-bris-de-glace"));
        assertThat(search("dr-urg", DOMINIQUE, emergency())).isEqualTo("403 R52");
        assertThat(search("dr-samu", DOMINIQUE, "purpose", "centre_15")).isEqualTo("200");
        lift.run();
        assertThat(search("dr-urg", DOMINIQUE, emergency())).isEqualTo("200");
        choose(consent(DOMINIQUE, "oppose-centre-15"));
        assertThat(search("dr-samu", DOMINIQUE, "purpose", "centre_15")).isEqualTo("403 R55");
        assertThat(search("dr-urg", DOMINIQUE, emergency())).isEqualTo("200");
    }

    @Test
    void callCentreIsForTheRegulatingPhysicianAndReadsOnly() {
        Person patient = Scene.patient();
        assertThat(search("dr-samu", patient, "purpose", "centre_15")).isEqualTo("200");
        assertThat(search("dr-martin", patient, "purpose", "centre_15")).isEqualTo("403 R54");
        Answer deposit = Scene.post(token("dr-samu", patient, "purpose", "centre_15"), Scene.lot(patient, document()));
        assertRefused(deposit, 403, "R56");
    }

    @Test
    void wayOfAuthenticationAndSectorCount() {
        Person patient = Scene.patient();
        authorise("dr-leroy", Scene.DR_LEROY, patient);
        assertThat(search("dr-leroy", patient, "auth_mode", "INDIRECTE_RENFORCEE"))
                .isEqualTo("200");
        assertThat(search("dr-leroy", patient, "auth_mode", "INDIRECTE")).isEqualTo("403 R72");
        Answer deposit = Scene.post(
                token("dr-leroy", patient, "auth_mode", "INDIRECTE_RENFORCEE"), Scene.lot(patient, document()));
        assertRefused(deposit, 403, "R73");
        assertThat(search("insurer", patient)).isEqualTo("403 R60");
        assertThat(search("insurer", patient, emergency())).isEqualTo("403 R60");
        assertThat(search("insurance", patient)).isEqualTo("403 R65");
        assertThat(search("secretary", patient)).isEqualTo("403 R67");
        assertThat(search("hospital-automate", patient)).startsWith("403");
    }

    @Test
    void tokenOfOnePatientOpensNoOther() {
        Person patient = Scene.patient();
        authorise("dr-martin", Scene.DR_MARTIN, patient);
        String document = published(patient, document());
        Answer other =
                send(token("dr-martin", ALICE), Call.get("DocumentReference?status=current&" + Scene.of(patient)));
        assertRefused(other, 403, "R82");
        authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        assertRefused(send(token("dr-martin", ALICE), Call.get(document)), 404, "not-found");
    }

    // traces

    @Test
    void holderSeesWhoReadWhatAndWhoWasRefused() {
        String document = published(DOMINIQUE, document());
        OffsetDateTime before = OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1);
        String consent = authorise("dr-martin", Scene.DR_MARTIN, DOMINIQUE);
        assertThat(send(token("dr-martin", DOMINIQUE), Call.get(document)).status())
                .isEqualTo(200);
        assertThat(search("physio", DOMINIQUE)).isEqualTo("403 R36");
        assertThat(search("dr-urg", DOMINIQUE, emergency())).isEqualTo("200");
        String holder = token("dominique", DOMINIQUE);
        String events = "AuditEvent?" + Scene.of(DOMINIQUE) + "&date=ge" + Call.escaped(before.toString());
        Answer answer = send(holder, Call.get(events));
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        List<JsonNode> lines = answer.matches().toList();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.toString())
                        .contains(Scene.DR_MARTIN)
                        .contains(document)
                        .contains("Compte rendu de consultation")
                        .contains("399999001300016"))
                .anySatisfy(line ->
                        assertThat(line.toString()).contains("899700100060").contains("R36"))
                .anySatisfy(line ->
                        assertThat(line.path("purposeOfEvent").toString()).contains("bris_de_glace"));
        assertThat(send(token("dr-martin", DOMINIQUE), Call.get(events)).status())
                .isEqualTo(403);
        undo.add(() -> send(token("dr-martin", DOMINIQUE), Choices.ending(consent)));
    }

    @Test
    void traceOfAHiddenDocumentDoesNotNameIt() {
        String hidden = published(
                "dr-martin",
                DOMINIQUE,
                Scene.edited(
                        Scene.lot(DOMINIQUE, document()),
                        d -> d.addSecurityLabel(new CodeableConcept(
                                new Coding(fr.carnet.shared.Visibility.SYSTEM, "INVISIBLE_PATIENT", null)))));
        Answer answer = send(token("dominique", DOMINIQUE), Call.get("AuditEvent?_count=200&" + Scene.of(DOMINIQUE)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(hidden);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(status);
        assertThat(answer.codes()).containsExactly(code);
        assertThat(answer.sentence()).isNotBlank();
    }
}
