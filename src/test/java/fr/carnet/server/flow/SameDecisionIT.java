package fr.carnet.server.flow;

import static fr.carnet.server.flow.Vendor.HOSPITAL;
import static fr.carnet.server.flow.Vendor.HOSPITAL_SIGNS;
import static fr.carnet.server.flow.Vendor.endpoint;
import static fr.carnet.server.flow.Vendor.issued;
import static fr.carnet.server.flow.Vendor.now;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.cli.client.Person;
import fr.carnet.token.establishment.AirAssertion;
import fr.carnet.token.vihf.Vihf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jooq.Record;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same request of the same professional, whichever way he came: one decision, and traces that differ by way and software. */
class SameDecisionIT {

    private static final Vendor SOFTWARE = Vendor.hospital();
    private static final Set<String> OF_THE_REQUEST =
            Set.of("seq", "id", "recorded_at", "token_id", "correlation_id", "delivered", "lines");
    private static final Set<String> OF_THE_CHAIN = Set.of("prev_hash", "hash", "chain", "chain_seq", "digest");
    private static final Set<String> OF_THE_WAY = Set.of("authentication", "software");

    @Test
    @Tag("R71")
    void consultationIsPermittedToThemAll() {
        Person patient = Scene.patient();
        Scene.published(patient, Scene.document());
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);

        List<HttpResponse<String>> answers = List.of(psc(patient), air(patient), reinforced(patient)).stream()
                .map(token -> SOFTWARE.read(token, documents(patient)))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(answers.stream().map(SameDecisionIT::ids).distinct()).hasSize(1);
        assertThat(answers.stream().map(SameDecisionIT::effects).distinct()).hasSize(1);
        equivalent(answers, "DIRECTE", "INDIRECTE_RENFORCEE", "INDIRECTE_RENFORCEE");
    }

    @Test
    @Tag("R71")
    void consultationWithoutConsentIsRefusedToThemAll() {
        Person patient = Scene.patient();
        Scene.published(patient, Scene.document());

        List<HttpResponse<String>> answers = List.of(psc(patient), air(patient), reinforced(patient)).stream()
                .map(token -> SOFTWARE.read(token, documents(patient)))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(403));
        assertThat(answers.stream().map(SameDecisionIT::rule)).containsOnly("R36");
        equivalent(answers, "DIRECTE", "INDIRECTE_RENFORCEE", "INDIRECTE_RENFORCEE");
    }

    @Test
    @Tag("R71")
    void depositIsPermittedToWhoMayFeed() {
        Person patient = Scene.patient();

        List<HttpResponse<String>> answers = List.of(psc(patient), plain(patient)).stream()
                .map(token -> SOFTWARE.transaction(token, lot(patient)))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(answers.stream().map(SameDecisionIT::effects).distinct()).hasSize(1);
        equivalent(answers, "DIRECTE", "INDIRECTE");
    }

    private static void equivalent(List<HttpResponse<String>> answers, String... modes) {
        List<Record> traces = answers.stream().map(Vendor::trace).toList();
        assertThat(traces.stream().map(trace -> trace.get("authentication", String.class)))
                .containsExactly(modes);
        assertThat(traces.stream().map(SameDecisionIT::shared).distinct()).hasSize(1);
    }

    /** What must not depend on the way in. */
    private static Map<String, String> shared(Record trace) {
        Map<String, String> shared = new TreeMap<>();
        trace.intoMap().forEach((column, value) -> shared.put(column, String.valueOf(value)));
        shared.keySet().removeAll(OF_THE_REQUEST);
        shared.keySet().removeAll(OF_THE_CHAIN);
        shared.keySet().removeAll(OF_THE_WAY);
        assertThat(shared).containsKeys("caller_subject", "structure", "rule_id", "record_patient", "query");
        return shared;
    }

    /** Of the lines of the trace, what happened; the documents deposited are others each time. */
    private static List<String> effects(HttpResponse<String> answer) {
        try {
            JsonNode lines = new ObjectMapper().readTree(Vendor.trace(answer).get("lines", String.class));
            return StreamSupport.stream(lines.spliterator(), false)
                    .map(line -> line.path("effect").asText() + " "
                            + line.path("ref").asText().replaceFirst("/.*", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(HttpResponse<String> answer) {
        return Vendor.json(answer).findPath("entry").findValuesAsText("fullUrl");
    }

    private static String rule(HttpResponse<String> answer) {
        return Vendor.json(answer).at("/issue/0/details/coding/0/code").asText();
    }

    private static String psc(Person patient) {
        return issued(SOFTWARE.exchanged(
                Vendor.psc("dr-leroy"), "person_id", patient.ins().cx()));
    }

    private static String air(Person patient) {
        return issued(SOFTWARE.air(AirAssertion.of(HOSPITAL, endpoint(), now())
                .with("extensions.ihe_iua.person_id", patient.ins().cx())
                .signedBy(HOSPITAL_SIGNS)));
    }

    private static String reinforced(Person patient) {
        return issued(SOFTWARE.vihf(vihf(patient).reinforced("CONF_EXI_PGSSIS").signedBy(HOSPITAL_SIGNS)));
    }

    private static String plain(Person patient) {
        return issued(SOFTWARE.vihf(vihf(patient).signedBy(HOSPITAL_SIGNS)));
    }

    private static Vihf vihf(Person patient) {
        return Vihf.of(HOSPITAL, HOSPITAL_SIGNS, now())
                .with(Vihf.PATIENT, patient.ins().cx().replace("&", "&amp;"));
    }

    private static String documents(Person patient) {
        return "DocumentReference?status=current&" + Scene.of(patient);
    }

    private static String lot(Person patient) {
        return Vendor.SERVER
                .bean(FhirContext.class)
                .newJsonParser()
                .encodeResourceToString(Scene.lot(patient, Scene.LEROY, Scene.document()));
    }
}
