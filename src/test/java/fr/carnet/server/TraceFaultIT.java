package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Registration;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** No trace, no data: every request leaves its trace, and none is answered without. */
class TraceFaultIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String OF_ALICE =
            "?patient.identifier=" + Call.escaped(Publication.ALICE.ins().token());
    private static final List<String> TABLES = List.of(
            "carnet.registry",
            "carnet.unique_id",
            "carnet.content",
            "carnet.submission",
            "carnet.trace",
            "carnet.patient_facts",
            "public.hfj_resource",
            "public.hfj_res_ver");

    private final JdbcTemplate owner = owner();
    private final String martin = SERVER.token("dr-martin");
    private final String alice = SERVER.token("alice");
    private final String secretary = SERVER.token("secretary");
    private final String operator = SERVER.token("operator");
    private Document document;
    private String reference;
    private String binary;

    private static JdbcTemplate owner() {
        DatabaseAccess access = SERVER.bean(DatabaseAccess.class);
        return new JdbcTemplate(new DriverManagerDataSource(
                access.url(), access.owner().username(), access.owner().password()));
    }

    @BeforeEach
    void publishOne() {
        document = Publication.document(400);
        Answer answer = SERVER.send(martin, Call.transaction(Publication.of(List.of(document))));
        reference = Publication.documents(answer).findFirst().orElseThrow();
        binary = answer.createdInTransaction()
                .filter(r -> r.startsWith("Binary/"))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void traceAgain() {
        owner.execute("grant insert on carnet.trace to carnet_app");
    }

    @FaultTest(9)
    @Test
    void withoutTraceNothingIsDisclosedNorStored() {
        Map<String, Long> before = counts();
        owner.execute("revoke insert on carnet.trace from carnet_app");

        requests().forEach((name, request) -> {
            Answer answer = request.send();
            String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
            assertThat(answer.status()).as(name).isEqualTo(503);
            assertThat(body)
                    .as(name)
                    .contains("OperationOutcome", "trace-unavailable", "correlation-id")
                    .doesNotContain(reference.substring(reference.indexOf('/') + 1))
                    .doesNotContain(document.id().oid())
                    .doesNotContain("%PDF");
        });
        assertThat(counts()).isEqualTo(before);

        traceAgain();
        Map<String, Integer> statuses = new LinkedHashMap<>();
        requests().forEach((name, request) -> statuses.put(name, request.send().status()));
        assertThat(statuses)
                .containsEntry("search", 200)
                .containsEntry("read", 200)
                .containsEntry("content", 200)
                .containsEntry("mask", 200)
                .containsEntry("unmask", 200)
                .containsEntry("publish", 200)
                .containsEntry("register", 200)
                .containsEntry("refused", 403)
                .containsEntry("unknown parameter", 400)
                .containsEntry("no token", 401);
        FaultReport.tell(
                9,
                "INSERT on carnet.trace revoked from the serving role",
                statuses.size(),
                "requests of every kind answered 503",
                "nothing disclosed, no row in any table; the same requests are served once it is granted again");
    }

    @Test
    void everyRequestLeavesOneTrace() {
        requests().forEach((name, request) -> {
            long before = count("carnet.trace");
            int status = request.send().status();
            assertThat(count("carnet.trace") - before).as(name).isOne();
            assertThat(last("http_status")).as(name).isEqualTo(Integer.toString(status));
        });
    }

    /** The second document bears the id of a stored one: found out when the first is stored already. */
    @Test
    void failureAfterStorageLeavesNeitherDocumentNorTraceOfIt() {
        Map<String, Long> before = counts();
        Document fresh = Publication.document(400);
        Document again = new Document(
                document.id(),
                Document.Kind.CONSULTATION,
                OffsetDateTime.now(ZoneOffset.UTC),
                Publication.document(400).content());

        Answer answer = SERVER.send(martin, Call.transaction(Publication.of(List.of(fresh, again))));

        assertThat(answer.names("R124"))
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isTrue();
        Map<String, Long> after = counts();
        assertThat(after.remove("carnet.trace")).isEqualTo(before.remove("carnet.trace") + 1);
        assertThat(after).isEqualTo(before);
        assertThat(last("outcome")).isEqualTo("REFUSED");
        assertThat(last("lines::text")).isEqualTo("[]");
        assertThat(search(fresh).total()).isZero();
        assertThat(search(document).total()).isOne();
    }

    private Answer search(Document wanted) {
        return SERVER.send(
                alice,
                Call.get("DocumentReference" + OF_ALICE + "&identifier="
                        + Call.escaped("urn:ietf:rfc:3986|" + wanted.id().urn())));
    }

    private interface Request {
        Answer send();
    }

    /** Of every kind, allowed and refused. */
    private Map<String, Request> requests() {
        Bundle lot = Publication.of(List.of(Publication.document(400)));
        Map<String, Request> requests = new LinkedHashMap<>();
        requests.put("search", () -> SERVER.send(alice, Call.get("DocumentReference" + OF_ALICE)));
        requests.put("lots", () -> SERVER.send(alice, Call.get("List" + OF_ALICE)));
        requests.put("count", () -> SERVER.send(alice, Call.get("List" + OF_ALICE + "&_summary=count")));
        requests.put("read", () -> SERVER.send(alice, Call.get(reference)));
        requests.put("xml", () -> SERVER.send(alice, Call.get(reference, "application/fhir+xml")));
        requests.put("content", () -> SERVER.send(alice, Call.get(binary, "application/pdf")));
        requests.put("traces", () -> SERVER.send(alice, Call.get("AuditEvent" + OF_ALICE)));
        requests.put(
                "status",
                () -> SERVER.send(
                        martin,
                        Call.get("Patient?identifier="
                                + Call.escaped(Publication.ALICE.ins().token()))));
        requests.put("mask", () -> SERVER.send(alice, Choices.masking(reference)));
        requests.put("unmask", () -> SERVER.send(alice, Choices.unmasking(reference)));
        requests.put("publish", () -> SERVER.send(martin, Call.transaction(lot)));
        requests.put(
                "register",
                () -> SERVER.send(operator, Registration.of(Publication.ALICE, Depositor.DR_MARTIN.idNatPs())));
        requests.put("refused", () -> SERVER.send(secretary, Call.get("DocumentReference" + OF_ALICE)));
        requests.put("hidden", () -> SERVER.send(secretary, Call.get(reference)));
        requests.put(
                "refused deposit",
                () -> SERVER.send(operator, Call.transaction(Publication.of(List.of(Publication.document(400))))));
        requests.put("absent", () -> SERVER.send(alice, Call.get("DocumentReference/none")));
        requests.put("unknown parameter", () -> SERVER.send(alice, Call.get("DocumentReference" + OF_ALICE + "&x=1")));
        requests.put("no patient", () -> SERVER.send(alice, Call.get("DocumentReference?status=current")));
        requests.put("unknown type", () -> SERVER.send(alice, Call.get("Observation?patient=x")));
        requests.put("not served", () -> SERVER.send(alice, Call.get("DocumentReference/_history")));
        requests.put("unknown path", () -> SERVER.send(alice, Call.get("nowhere/at/all")));
        requests.put(
                "no resource",
                () -> SERVER.send(
                        martin,
                        Call.write(
                                "POST",
                                "",
                                "application/fhir+json",
                                "{\"resourceType\":".getBytes(StandardCharsets.UTF_8))));
        requests.put("no token", () -> SERVER.send("none", Call.get("DocumentReference" + OF_ALICE)));
        return requests;
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        TABLES.forEach(table -> counts.put(table, count(table)));
        return counts;
    }

    private long count(String table) {
        return owner.queryForObject("select count(*) from " + table, Long.class);
    }

    private String last(String column) {
        return owner.queryForObject("select " + column + " from carnet.trace order by seq desc limit 1", String.class);
    }
}
