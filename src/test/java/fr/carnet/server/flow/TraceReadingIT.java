package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads which traces: of a record, of a window, his own, one alone. */
class TraceReadingIT {

    private static final String HOSPITAL = "1990000010";
    private static final Person PATIENT = Scene.patient();
    private static final String OF = Scene.of(PATIENT);
    private static final String HOLDER =
            token("alice", PATIENT, "subject", PATIENT.ins().value());
    private static final String AUDITOR = SERVER.token("auditor");
    private static final String SINCE = "&date=ge2020-01-01";
    private static String open;
    private static String masked;

    @BeforeAll
    static void publishAndRead() {
        open = published(PATIENT, document());
        masked = published(PATIENT, document());
        SERVER.send(token("dr-martin", PATIENT), Choices.masking(masked));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, PATIENT);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, PATIENT);
        SERVER.send(token("dr-leroy", PATIENT), Call.get(open));
        SERVER.send(token("dr-leroy", PATIENT), Call.get(masked));
        SERVER.send(SERVER.token("dr-leroy"), Call.get(masked));
        SERVER.send(token("nurse-petit", PATIENT), Call.get("DocumentReference?status=current&" + OF));
    }

    private static String agent(String system, String value) {
        return "agent.identifier=" + Call.escaped(system + "|" + value);
    }

    private static String body(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Answer found(String token, String query) {
        Answer answer = SERVER.send(token, Call.get("AuditEvent?" + query));
        assertThat(answer.status()).as(body(answer)).isEqualTo(200);
        return answer;
    }

    @Test
    void holderFindsWhoReadADocument() {
        Answer readers = found(HOLDER, OF + "&action=R&entity=" + open);

        assertThat(readers.total()).isOne();
        assertThat(body(readers)).contains("Leroy").doesNotContain("\"profile\"", "network\":{\"address\":\"127");
    }

    @Test
    @Channel(18)
    void hiddenDocumentIsNotFoundThroughItsTraces() {
        String hidden = published(
                "dr-martin", PATIENT, Scene.edited(Scene.lot(PATIENT, document()), TraceReadingIT::invisible));

        assertThat(found(AUDITOR, OF + "&entity=" + hidden).total()).isPositive();
        for (String query : List.of("&entity=" + hidden, "&entity=" + hidden + "," + hidden + "x")) {
            assertThat(found(HOLDER, OF + query).total()).isZero();
        }
        String id = found(AUDITOR, OF + "&entity=" + hidden)
                .matches()
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        assertThat(found(HOLDER, OF + "&_id=" + id).total()).isZero();
        Answer absent = SERVER.send(HOLDER, Call.get("AuditEvent/6f1d3c1e-0000-4000-8000-000000000000"));
        Answer concealed = SERVER.send(HOLDER, Call.get("AuditEvent/" + id));
        assertThat(concealed.status()).isEqualTo(404).isEqualTo(absent.status());
        assertThat(body(concealed).replaceAll("correlation-id[^\"]*", ""))
                .isEqualTo(body(absent).replaceAll("correlation-id[^\"]*", ""));
        assertThat(SERVER.send(AUDITOR, Call.get("AuditEvent/" + id)).status()).isEqualTo(200);
    }

    private static void invisible(DocumentReference reference) {
        reference.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null)));
    }

    @Test
    void traceOfAnotherRecordIsAbsent() {
        String own = found(HOLDER, OF + "&_count=1")
                .matches()
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        assertThat(SERVER.send(HOLDER, Call.get("AuditEvent/" + own)).status()).isEqualTo(200);
        assertThat(SERVER.send(SERVER.token("bruno"), Call.get("AuditEvent/" + own))
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.send(SERVER.token("operator"), Call.get("AuditEvent/" + own))
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.send(SERVER.token("dr-martin"), Call.get("AuditEvent/" + own))
                        .status())
                .isIn(200, 404);
    }

    @Test
    void professionalReadsHisOwnAccesses() {
        String leroy = SERVER.token("dr-leroy");
        String self = agent(IdNatPs.SYSTEM, Scene.DR_LEROY);

        Answer own = found(leroy, self + "&entity=" + open);
        assertThat(own.total()).isOne();
        assertThat(body(own)).contains(Scene.DR_LEROY, open).doesNotContain(Scene.DR_MARTIN, "\"name\":\"Compte");
        assertThat(found(leroy, self + "&" + OF + "&action=R").total()).isOne();
        assertThat(found(leroy, self + "&entity=" + masked).total()).isZero();
        assertThat(own.codes()).isEmpty();
    }

    @Test
    @Channel(18)
    void whatWasAbsentToHimStaysSo() {
        Answer own = found(SERVER.token("dr-leroy"), agent(IdNatPs.SYSTEM, Scene.DR_LEROY) + "&outcome=4&_count=500");

        own.matches()
                .filter(event -> event.path("outcomeDesc").isMissingNode())
                .forEach(event -> assertThat(event.toString()).doesNotContain("Patient/", "DocumentReference/"));
        assertThat(own.total()).isGreaterThanOrEqualTo(2);
        assertThat(body(own)).doesNotContain(masked, "Patient/", "R105", "R108");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "patient=1",
                "agent.identifier=urn%3Aoid%3A1.2.250.1.71.4.2.1%7C899700100011",
                "agent.identifier=899700100029",
                "agent.identifier=urn%3Aoid%3A1.2.250.1.71.4.2.1%7C899700100029%2Curn%3Aoid%3A1.2.250.1.71.4.2.1%7C899700100011"
            })
    void professionalReadsNobodyElses(String query) {
        Answer refused = SERVER.send(SERVER.token("dr-leroy"), Call.get("AuditEvent?" + query));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.codes()).contains("R91");
    }

    @Test
    void establishmentReadsTheAccessesOfItsPeople() {
        String hospital = SERVER.token("hospital-automate");
        String own = agent(StructureId.SYSTEM, HOSPITAL);

        assertThat(body(found(hospital, own + "&" + agent(IdNatPs.SYSTEM, Scene.DR_LEROY) + "&entity=" + open)))
                .contains(Scene.DR_LEROY, open)
                .doesNotContain(Scene.DR_MARTIN);
        assertThat(found(hospital, own + "&" + agent(IdNatPs.SYSTEM, Scene.DR_MARTIN))
                        .total())
                .isZero();
        assertThat(SERVER.send(hospital, Call.get("AuditEvent?" + agent(StructureId.SYSTEM, "10B0000001")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void auditorReadsAWindowWithoutAPatient() {
        Answer open = SERVER.send(AUDITOR, Call.get("AuditEvent?outcome=4"));
        assertThat(open.status()).isEqualTo(400);
        assertThat(open.codes()).contains("window-required");

        Answer refused = found(AUDITOR, "outcome=4&_count=5" + SINCE);
        assertThat(refused.total()).isGreaterThanOrEqualTo(3);
        String next = StreamSupport.stream(refused.json().path("link").spliterator(), false)
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .findFirst()
                .orElseThrow();
        assertThat(next).doesNotContain(PATIENT.ins().value());
        assertThat(found(AUDITOR, next.replaceFirst("[^?]*\\?", "")).total()).isGreaterThanOrEqualTo(refused.total());
    }

    @Test
    void readingTracesIsTraced() {
        long before = found(AUDITOR, OF + "&subtype=ITI-81").total();
        found(HOLDER, OF);
        String id = found(HOLDER, OF + "&_count=1")
                .matches()
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        SERVER.send(HOLDER, Call.get("AuditEvent/" + id));

        Answer after = found(AUDITOR, OF + "&subtype=READ_TRACES");
        assertThat(after.total()).isGreaterThanOrEqualTo((int) before + 3);
        found(SERVER.token("dr-martin"), agent(IdNatPs.SYSTEM, Scene.DR_MARTIN));
        assertThat(found(AUDITOR, "subtype=READ_OWN_TRACES" + SINCE).total()).isPositive();
        assertThat(found(AUDITOR, OF + "&subtype=READ_OWN_TRACES").total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST AuditEvent", "PUT AuditEvent/1", "PATCH AuditEvent/1", "DELETE AuditEvent/1"})
    void tracesAreNeverWritten(String line) {
        String[] words = line.split(" ", -1);
        byte[] body = "{\"resourceType\":\"AuditEvent\"}".getBytes(StandardCharsets.UTF_8);

        Answer refused = SERVER.send(AUDITOR, Call.write(words[0], words[1], "application/fhir+json", body));

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.codes()).contains("traces-immutable");
    }

    @Test
    void profileIsClaimedByWhatKeepsIt() {
        List<JsonNode> events = found(AUDITOR, OF + "&_count=200").matches().toList();
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            boolean permitted = event.path("outcome").asText().equals("0");
            Optional<String> claimed =
                    Optional.ofNullable(event.at("/meta/profile/0").textValue());
            if (!permitted) {
                assertThat(claimed).isEmpty();
            }
        });
        assertThat(new TreeSet<>(events.stream()
                        .flatMap(event ->
                                Stream.ofNullable(event.at("/meta/profile/0").textValue()))
                        .map(profile -> profile.replaceFirst(".*/", ""))
                        .toList()))
                .contains("IHE.MHD.ProvideBundle.Audit.Recipient", "IHE.BasicAudit.PatientCreate");
    }
}
