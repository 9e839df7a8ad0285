package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.DR_MARTIN;
import static fr.carnet.server.flow.Scene.EMMA;
import static fr.carnet.server.flow.Scene.HUGO;
import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.authorise;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.found;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.Registration;
import fr.carnet.shared.DueJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a record over HTTP (R10–R26), by hand and by the passing of time. */
class RecordLifeIT {

    private static final DSLContext DSL = SERVER.bean(DSLContext.class);
    private static final String CHANGES = """
            select rule_id || '.' || rule_slug from carnet.trace
            where record_patient = ? and interaction = 'OPERATION' and outcome = 'PERMITTED' order by seq
            """;

    @AfterEach
    void resetClock() {
        Scene.clock("reset=true");
    }

    private static Answer perform(String token, String operation, Person patient, Object... more) {
        return SERVER.send(token, Scene.operation(operation, patient, more));
    }

    private static String operator(Person patient) {
        return token("operator", patient);
    }

    /** As the operator is told it. */
    private static String state(Person patient) {
        Answer answer = SERVER.send(
                operator(patient),
                Call.get("Patient?identifier=" + Call.escaped(patient.ins().token())));
        return state(answer.matches().findFirst().orElseThrow());
    }

    private static String state(JsonNode patient) {
        return extension(patient, "record-state", "state").path("valueCode").asText();
    }

    private static JsonNode extension(JsonNode holder, String... path) {
        JsonNode at = holder;
        for (String step : path) {
            JsonNode in = at;
            at = StreamSupport.stream(in.path("extension").spliterator(), false)
                    .filter(e -> e.path("url").asText().endsWith(step))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no extension " + step));
        }
        return at;
    }

    private static String id(Person patient) {
        return DSL.resultQuery(
                        "select patient_id from carnet.patient_facts where ins_value = ?",
                        patient.ins().value())
                .fetchSingle(0, String.class);
    }

    /** Rules of the permitted changes of a record, oldest first. */
    private static List<String> traced(Person patient) {
        return DSL.resultQuery(CHANGES, id(patient)).fetch(0, String.class);
    }

    /** What the holder is to be told of his record, and has not been yet. */
    private static List<String> owed(Person patient) {
        return DSL.resultQuery(
                        "select kind || ' ' || rule from carnet.obligation"
                                + " where patient_id = ? and document_id is null and done is null order by 1",
                        id(patient))
                .fetch(0, String.class);
    }

    /** As when the messages have delivered what was owed. */
    private static void told(Person patient) {
        DSL.query("update carnet.obligation set done = created where patient_id = ?", id(patient))
                .execute();
    }

    private static int count(String table, String condition, Object... values) {
        return DSL.resultQuery("select count(*) from " + table + " where " + condition, values)
                .fetchSingle(0, Integer.class);
    }

    @Test
    void holderOpposesThenChangesHisMindThenClosesAndReopens() {
        Scene.led(HUGO, "NOTIFIED", Instant.now());
        String hugo = token("hugo", HUGO);

        assertThat(state(perform(hugo, "oppose", HUGO).json())).isEqualTo("OPPOSED");
        assertThat(state(perform(hugo, "activate", HUGO).json())).isEqualTo("OPENED_ACTIVATED");
        assertThat(perform(hugo, "close", HUGO).json().path("active").asBoolean(true))
                .isFalse();
        Answer reopened = perform(hugo, "reopen", HUGO);

        assertThat(reopened.json().path("active").asBoolean()).isTrue();
        assertThat(state(reopened.json())).isEqualTo("OPENED_ACTIVATED");
        assertThat(traced(HUGO)).endsWith("R13.opposed", "R16.activated", "R20.closed", "R24.reopened");
    }

    @Test
    void closedRecordIsShutAndReopenedByAProfessionalWithTheConsentBox() {
        Person patient = Scene.patient();
        authorise("dr-martin", DR_MARTIN, patient);
        String document = published(patient, document());
        String martin = token("dr-martin", patient);
        Answer closed = perform(
                operator(patient),
                "close",
                patient,
                "motive",
                new CodeType("patient-demande"),
                "reason",
                new StringType("par courrier"));

        assertThat(extension(closed.json(), "dmp-fermeture", "raisonFermeture")
                        .path("valueString")
                        .asText())
                .isEqualTo("par courrier");
        assertThat(issues(SERVER.send(martin, Call.get(document)))).containsExactly("error R21");
        assertThat(issues(perform(martin, "reopen", patient))).containsExactly("error R25");
        assertThat(issues(perform(martin, "reopen", patient, "consent", new BooleanType(false))))
                .containsExactly("error R25");
        Answer reopened = perform(martin, "reopen", patient, "consent", new BooleanType(true));
        assertThat(reopened.status()).isEqualTo(200);
        assertThat(reopened.json().toString()).doesNotContain("record-state", "dmp-fermeture", "consentCollectedBy");
        assertThat(found(martin, "DocumentReference?status=current&" + Scene.of(patient)))
                .containsExactly(document);
        assertThat(count(
                        "hfj_res_ver",
                        "res_text_vc like '%consentCollectedBy%' and res_text_vc like ?",
                        "%" + patient.ins().value() + "%"))
                .isEqualTo(1);
        assertThat(traced(patient)).containsExactly("R20.closed", "R25.reactivated");
    }

    @Test
    void requestedDeletionIsMetAndLeavesTracesWithoutTitles() {
        Person patient = Scene.patient();
        authorise("dr-martin", DR_MARTIN, patient);
        String document = published(patient, document());
        String id = id(patient);
        String documentId = document.replace("DocumentReference/", "");
        String content = DSL.resultQuery("select content_id from carnet.registry where id = ?", documentId)
                .fetchSingle(0, String.class);
        perform(operator(patient), "close", patient);
        perform(operator(patient), "request-deletion", patient);
        told(patient);
        Scene.clock("advance=P80D");
        assertThat(state(patient)).isEqualTo("CLOSED");
        assertThat(count("carnet.content", "id = ?", content)).isEqualTo(1);
        assertThat(count("carnet.unique_id", "id = ?", documentId)).isEqualTo(1);

        Scene.clock("advance=P13D");

        assertThat(state(patient)).isEqualTo("DESTROYED");
        assertThat(count("carnet.content", "id = ?", content)).isZero();
        assertThat(count("carnet.registry", "patient_id = ?", id)).isZero();
        assertThat(count("carnet.unique_id", "id = ?", documentId)).isZero();
        assertThat(count("hfj_resource", "fhir_id = ?", documentId)).isZero();
        assertThat(count(
                        "hfj_res_ver",
                        "res_text_vc like ? and res_type in ('DocumentReference', 'List')",
                        "%Patient/" + id + "\"%"))
                .isZero();
        assertThat(traced(patient)).containsExactly("R20.closed", "R23.requested", "R23.destroyed");
        assertThat(issues(perform(token("dr-martin", patient), "reopen", patient, "consent", new BooleanType(true))))
                .containsExactly("error R13");
        assertThat(perform(operator(patient), "reopen", patient).status()).isEqualTo(200);
        authorise("dr-martin", DR_MARTIN, patient);
        assertThat(found(token("dr-martin", patient), "DocumentReference?status=current&" + Scene.of(patient)))
                .isEmpty();
        assertThat(SERVER.send(token("dr-martin", patient), Call.get(document)).status())
                .isEqualTo(404);
        assertThat(count("carnet.trace", "record_patient = ? and lines::text like ?", id, "%" + document + "%"))
                .isPositive();
        assertThat(count("carnet.tombstone", "id = ?", documentId)).isEqualTo(1);
        assertThat(owed(patient)).contains("HOLDER_OF_RECORD R23");
        // what was destroyed can be deposited anew
        assertThat(published(patient, document())).isNotEqualTo(document);
    }

    @Test
    void afterTenYearsReopeningGivesAnEmptySpaceEvenBeforeTheJobRan() {
        Person patient = Scene.patient();
        authorise("dr-martin", DR_MARTIN, patient);
        published(patient, document());
        perform(operator(patient), "close", patient);
        // as if closed ten years and a day ago, and no job had run since
        Instant closed = Instant.now().minus(3660, ChronoUnit.DAYS);
        Scene.led(patient, "CLOSED", closed);

        assertThat(issues(SERVER.send(
                        token("dr-martin", patient),
                        Call.get("DocumentReference?status=current&" + Scene.of(patient)))))
                .containsExactly("error R13");
        assertThat(perform(operator(patient), "reopen", patient).status()).isEqualTo(200);

        authorise("dr-martin", DR_MARTIN, patient);
        assertThat(found(token("dr-martin", patient), "DocumentReference?status=current&" + Scene.of(patient)))
                .isEmpty();
        assertThat(traced(patient)).containsExactly("R20.closed", "R22.destroyed", "R24.reopened");
    }

    @Test
    void silenceClosesASuspendedRecordAndAnObjectionDoesNot() {
        Person silent = Scene.patient();
        Person objecting = Scene.patient();
        List.of(silent, objecting).forEach(patient -> perform(operator(patient), "suspend", patient));
        told(silent);
        perform(operator(objecting), "oppose", objecting);

        Scene.clock("advance=P43D");

        assertThat(state(silent)).isEqualTo("CLOSED");
        assertThat(owed(silent)).containsExactly("HOLDER_OF_RECORD R26");
        assertThat(state(objecting)).isEqualTo("SUSPENDED");
        assertThat(state(perform(operator(objecting), "resume", objecting).json()))
                .isEqualTo("OPENED_ACTIVATED");
    }

    @Test
    void sixWeeksRunFromTheDayOnWhichTheInformationWasSent() {
        Person patient = Scene.patient("NONE", Instant.now());
        var sent = new DateTimeType(Instant.now().minus(41, ChronoUnit.DAYS).toString());
        assertThat(state(perform(operator(patient), "inform", patient, "sent", sent)
                        .json()))
                .isEqualTo("NOTIFIED");

        Scene.clock("advance=P2D");

        assertThat(traced(patient)).containsExactly("R11.informed", "R12.opened");
        assertThat(owed(patient)).containsExactly("HOLDER_OF_RECORD R12");
        assertThat(state(patient)).isEqualTo("OPENED_AUTO");
    }

    @Test
    void nodesThatRunTheJobAtOnceDoItOnce() throws Exception {
        Person patient = Scene.patient("NOTIFIED", Instant.now().minus(50, ChronoUnit.DAYS));
        var jobs = SERVER.beans(DueJob.class);

        AtOnce.answers(4, index -> {
            jobs.forEach(job -> job.run(Instant.now()));
            return index;
        });
        jobs.forEach(job -> job.run(Instant.now()));

        assertThat(traced(patient)).containsExactly("R12.opened");
    }

    @Test
    void ofTwoWhoCloseAtOnceOneIsTooLate() throws Exception {
        Person patient = Scene.patient();
        String operator = operator(patient);

        List<Integer> statuses =
                AtOnce.answers(2, index -> perform(operator, "close", patient).status());

        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
        assertThat(traced(patient)).containsExactly("R20.closed");
    }

    @Test
    void refusalsSayTheirRuleAndChangeNothing() {
        Person patient = Scene.patient();
        String operator = operator(patient);

        assertThat(issues(perform(operator, "reopen", patient))).containsExactly("error R10");
        assertThat(perform(operator, "reopen", patient).status()).isEqualTo(422);
        assertThat(issues(perform(token("auditor", patient), "close", patient))).containsExactly("error R10");
        assertThat(issues(perform(token("dr-martin", patient), "close", patient)))
                .containsExactly("error R10");
        assertThat(issues(perform(SERVER.token("bruno"), "reopen", EMMA))).containsExactly("error R148");
        assertThat(issues(perform(operator(Scene.stranger()), "close", Scene.stranger())))
                .containsExactly("error R13");
        assertThat(state(patient)).isEqualTo("OPENED_ACTIVATED");
    }

    @Test
    void stateIsNotWrittenByRegisteringOrCorrecting() {
        Person open = Scene.patient();
        Person fresh = Scene.stranger();
        String operator = SERVER.token("operator");

        Answer closing = SERVER.send(operator, Scene.registration(open, "CLOSED", Instant.now()));
        Answer opened = SERVER.send(operator, Scene.registration(fresh, "OPENED_ACTIVATED", Instant.now()));

        assertThat(closing.status()).isEqualTo(422);
        assertThat(issues(closing)).containsExactly("error record-state-by-operation Patient.extension");
        assertThat(closing.sentence()).contains("$close", "$reopen");
        assertThat(issues(opened)).containsExactly("error record-state-by-operation Patient.extension");
        assertThat(state(open)).isEqualTo("OPENED_ACTIVATED");
        assertThat(SERVER.send(
                                operator,
                                Call.get("Patient?identifier="
                                        + Call.escaped(fresh.ins().token())))
                        .total())
                .isZero();
    }

    @Test
    void correctionLeavesTheRecordAsItIs() {
        Person patient = Scene.patient("NONE", Instant.now());
        String operator = operator(patient);
        perform(operator, "inform", patient);
        perform(operator, "activate", patient);
        perform(operator, "close", patient, "reason", new StringType("par courrier"));

        Answer corrected = SERVER.send(operator, Registration.of(patient, DR_MARTIN));

        assertThat(corrected.status()).isEqualTo(200);
        Answer told = SERVER.send(
                operator,
                Call.get("Patient?identifier=" + Call.escaped(patient.ins().token())));
        JsonNode answer = told.matches().findFirst().orElseThrow();
        assertThat(state(answer)).isEqualTo("CLOSED");
        assertThat(extension(answer, "dmp-fermeture", "raisonFermeture")
                        .path("valueString")
                        .asText())
                .isEqualTo("par courrier");
        assertThat(perform(operator, "reopen", patient).status()).isEqualTo(200);
        assertThat(state(patient)).isEqualTo("OPENED_ACTIVATED");
    }

    @Test
    void registrationMayNoteTheInformationButNotInAdvance() {
        Person informed = Scene.stranger();
        Person later = Scene.stranger();
        String operator = SERVER.token("operator");
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);

        assertThat(SERVER.send(operator, Scene.registration(informed, "NOTIFIED", yesterday))
                        .status())
                .isEqualTo(201);
        assertThat(issues(SERVER.send(
                        operator,
                        Scene.registration(later, "NOTIFIED", Instant.now().plus(1, ChronoUnit.DAYS)))))
                .containsExactly("error record-state-since Patient.extension");
        assertThat(state(informed)).isEqualTo("NOTIFIED");
    }

    @Test
    void malformedCallsAreRefusedByName() {
        Person patient = Scene.patient();
        String operator = operator(patient);
        var future = new DateTimeType(Instant.now().plus(2, ChronoUnit.DAYS).toString());

        assertThat(perform(operator, "close", patient, "consent", new BooleanType(true))
                        .status())
                .isEqualTo(400);
        assertThat(perform(operator, "close", patient, "motive", new StringType("x"))
                        .status())
                .isEqualTo(422);
        Person uninformed = Scene.patient("NONE", Instant.now());
        assertThat(perform(operator(uninformed), "inform", uninformed, "sent", future)
                        .status())
                .isEqualTo(422);
        assertThat(SERVER.send(operator, Call.write("POST", "Patient/$close", new Parameters()))
                        .status())
                .isEqualTo(422);
        assertThat(SERVER.send(operator, Call.get("Patient/$close")).status()).isEqualTo(405);
        assertThat(SERVER.send(operator, Scene.operation("close?x=1", patient)).status())
                .isEqualTo(400);
        assertThat(SERVER.send(operator, Call.write("POST", "Patient/x/$close", new Parameters()))
                        .status())
                .isEqualTo(405);
        assertThat(state(patient)).isEqualTo("OPENED_ACTIVATED");
    }
}
