package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.FhirJson;
import fr.carnet.server.cli.client.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Narrative;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels that are no single request: beside the answer, in the database, between two callers. */
class LeakIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Person PATIENT = Published.DOMINIQUE;
    private static final Consents CONSENTS = new Consents();

    private static String author;
    private static String nurse;
    private static Published open;
    private static Published masked;

    @BeforeAll
    static void publish() {
        CONSENTS.declare(PATIENT, "dr-martin", "899700100011");
        CONSENTS.declare(PATIENT, "nurse-petit", "899700100037");
        author = SERVER.token("dr-martin");
        nurse = SERVER.token("nurse-petit");
        open = Published.of(PATIENT, Kind.CONSULTATION);
        masked = Published.of(PATIENT, Kind.CONSULTATION);
        assertThat(SERVER.send(SERVER.token("dominique"), Choices.masking(masked.path()))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void endConsents() {
        CONSENTS.close();
    }

    @Channel(22)
    @Test
    void narrativeAndTagsAreNotShown() {
        Published tagged = Published.of(PATIENT, Kind.CONSULTATION, bundle -> {
            var document = Published.document(bundle);
            document.getMeta()
                    .addTag(new Coding("urn:oid:1.2.250.1.999", "ETIQUETTE", null))
                    .setSource("urn:uuid:SOURCE");
            document.getText()
                    .setStatus(Narrative.NarrativeStatus.ADDITIONAL)
                    .setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">NARRATION</div>");
            Published.list(bundle).getMeta().addTag(new Coding("urn:oid:1.2.250.1.999", "ETIQUETTE", null));
        });
        for (String path : List.of(
                tagged.path(),
                "List/" + tagged.list(),
                "DocumentReference?" + Published.of(PATIENT) + "&_id=" + tagged.id() + "&status=current")) {
            Reply shown = RawHttp.get(author, path);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body()).contains(tagged.id()).doesNotContain("ETIQUETTE", "NARRATION", "urn:uuid:SOURCE");
        }
    }

    @Channel(35)
    @Test
    void sameSearchByAnotherIsAnotherAnswer() {
        String search = "DocumentReference?" + Published.of(PATIENT) + "&_id=" + masked.id() + "&status=current";
        for (int round = 0; round < 3; round++) {
            assertThat(RawHttp.get(author, search).total()).isEqualTo(1);
            assertThat(RawHttp.get(nurse, search).total()).isZero();
        }
    }

    @Channel(36)
    @Test
    void aBlockClosesTheSecondPage() {
        Published.of(PATIENT, Kind.CONSULTATION);
        Consents once = new Consents();
        once.declare(PATIENT, "midwife", "899700100078");
        String midwife = SERVER.token("midwife");
        String next = RawHttp.get(midwife, "DocumentReference?" + Published.of(PATIENT) + "&status=current&_count=1")
                .link("next");
        assertThat(RawHttp.get(midwife, next).status()).isEqualTo(200);
        String holder = SERVER.token("dominique");
        String block = SERVER.send(holder, Choices.block(PATIENT, "899700100078"))
                .created()
                .orElseThrow();
        Reply refused = RawHttp.get(midwife, next);
        assertThat(refused.codes()).containsExactly("R44");
        assertThat(SERVER.send(holder, Choices.ending(block)).status()).isEqualTo(200);
        assertThat(RawHttp.get(midwife, next).status()).isEqualTo(200);
        once.endLast();
    }

    @Channel(37)
    @Test
    void hiddenAndAbsentCostTheSameStatements() {
        for (List<String> paths : List.of(
                List.of(masked.path(), Published.never().path()),
                List.of(
                        "Binary/" + masked.binary(),
                        "Binary/" + Published.never().binary()),
                List.of("List/" + masked.list(), "List/" + Published.never().list()))) {
            String token = SERVER.token(
                    "nurse-petit", java.util.Map.of("patient", PATIENT.ins().value()));
            List<List<String>> statements =
                    paths.stream().map(path -> statements(token, path, 404)).toList();
            assertThat(statements.get(0)).isNotEmpty().isEqualTo(statements.get(1));
        }
        assertThat(statements(author, masked.path(), 200)).isNotEmpty();
    }

    /** SQL of one request, in order. */
    private static List<String> statements(String token, String path, int status) {
        List<String> statements = new ArrayList<>();
        var configuration = SERVER.bean(DSLContext.class).configuration();
        ExecuteListenerProvider[] before = configuration.executeListenerProviders();
        ExecuteListenerProvider[] with = java.util.Arrays.copyOf(before, before.length + 1);
        with[before.length] = new DefaultExecuteListenerProvider(new ExecuteListener() {
            private static final long serialVersionUID = 1L;

            @Override
            public void executeStart(ExecuteContext context) {
                statements.add(context.sql());
            }
        });
        configuration.set(with);
        try {
            assertThat(RawHttp.get(token, path).status()).as(path).isEqualTo(status);
        } finally {
            configuration.set(before);
        }
        return List.copyOf(statements);
    }

    @Channel(51)
    @Test
    void databaseKeepsNoTextOutsideTheContentAndListensToItsOwnMachineAlone() {
        DSLContext dsl = SERVER.bean(DSLContext.class);
        List<String> tables = dsl.resultQuery("""
                        select format('%I.%I', table_schema, table_name) from information_schema.tables
                        where table_schema in ('public', 'carnet') and table_type = 'BASE TABLE'
                        """).fetch(0, String.class);
        assertThat(tables).contains("carnet.registry", "public.hfj_resource");
        for (String table : tables) {
            int rows = dsl.resultQuery(
                            "select count(*) from " + table + " t where t::text like ?", "%" + open.text() + "%")
                    .fetchOptional(0, Integer.class)
                    .orElseThrow();
            assertThat(rows).as(table).isZero();
        }
        assertThat(dsl.resultQuery("show listen_addresses")
                        .fetchOptional(0, String.class)
                        .orElseThrow())
                .isIn("localhost", "127.0.0.1");
    }

    @Channel(71)
    @Test
    void noSearchIsStored() {
        RawHttp.get(author, "DocumentReference?" + Published.of(PATIENT) + "&status=current&_count=1");
        DSLContext dsl = SERVER.bean(DSLContext.class);
        for (String table : List.of("hfj_search", "hfj_search_result", "hfj_search_include", "hfj_spidx_string")) {
            assertThat(dsl.fetchCount(org.jooq.impl.DSL.table("public." + table)))
                    .as(table)
                    .isZero();
        }
    }

    @Channel(60)
    @Test
    void uniqueIdOfAHiddenDocumentIsRefusedLikeThatOfAVisibleOne() {
        List<Reply> refused = List.of(masked, open).stream()
                .map(taken -> {
                    Bundle bundle =
                            Published.Draft.of(PATIENT, Kind.CONSULTATION).bundle();
                    Published.document(bundle).getMasterIdentifier().setValue(taken.uniqueId());
                    Reply reply = submit(nurse, bundle);
                    assertThat(reply.body())
                            .doesNotContain(
                                    taken.id(), taken.family(), PATIENT.ins().value());
                    return reply;
                })
                .toList();
        assertThat(refused)
                .allMatch(reply -> reply.status() == 409 && reply.codes().equals(List.of("R124")));
        assertThat(refused.get(0).comparable(masked.words()))
                .isEqualTo(refused.get(1).comparable(open.words()));
    }

    @Channel(65)
    @Test
    void attachmentElsewhereIsRefusedAndNeverFetched() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            Bundle bundle = Published.Draft.of(PATIENT, Kind.CONSULTATION).bundle();
            Published.document(bundle)
                    .getContentFirstRep()
                    .getAttachment()
                    .setUrl("http://localhost:" + elsewhere.getAddress().getPort() + "/Binary/1");
            Reply reply = submit(author, bundle);
            assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        } finally {
            elsewhere.stop(0);
        }
        assertThat(asked.get()).isZero();
    }

    @Channel(66)
    @Test
    void aDepositIsAnsweredWithoutItsResources() {
        Bundle bundle = Published.Draft.of(PATIENT, Kind.CONSULTATION).bundle();
        Reply reply = RawHttp.send(
                author,
                Ask.of("POST", SERVER.root() + "/fhir")
                        .with("Prefer", "return=representation")
                        .body("application/fhir+json", FhirJson.text(bundle)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("entry")).isNotEmpty().allMatch(entry -> entry.path("resource")
                .isMissingNode());
    }

    private static Reply submit(String token, Bundle bundle) {
        return RawHttp.send(
                token, Ask.of("POST", SERVER.root() + "/fhir").body("application/fhir+json", FhirJson.text(bundle)));
    }
}
