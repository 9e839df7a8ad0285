package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.FhirJson;
import fr.carnet.server.cli.client.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Channels besides reading and searching, and everybody who is not entitled, whatever the reason. */
class LeakIT {

    private static final String SOURCE = "urn:uuid:9f6c1d3e-2b47-4c58-8a10-5d7e3f904b21";
    private static final RunningServer SERVER = RunningServer.get();
    private static final Person ALICE = Publication.ALICE;
    private static final Person CHLOE = Published.CHLOE;
    private static final String FHIR_JSON = "application/fhir+json";
    private static final String FHIR_XML = "application/fhir+xml";
    private static final Consents CONSENTS = new Consents();

    private static String martin;
    private static String nurse;
    private static Published ofAlice;
    private static Published ofChloe;
    private static Published masked;

    @BeforeAll
    static void publish() {
        for (Person patient : List.of(ALICE, CHLOE, Published.DOMINIQUE, Published.NESSI)) {
            CONSENTS.declare(patient, "dr-martin", "899700100011");
        }
        CONSENTS.declare(Published.DOMINIQUE, "nurse-petit", "899700100037");
        martin = SERVER.token("dr-martin");
        nurse = SERVER.token("nurse-petit");
        ofAlice = Published.of(ALICE, Kind.CONSULTATION);
        ofChloe = Published.of(CHLOE, Kind.CONSULTATION, bundle -> Published.document(bundle)
                .addSecurityLabel(Published.label("INVISIBLE_REPRESENTANTS_LEGAUX")));
        masked = Published.of(Published.DOMINIQUE, Kind.CONSULTATION);
        SERVER.index();
        assertThat(SERVER.send(SERVER.token("dominique"), Choices.masking(masked.path()))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void endConsents() {
        CONSENTS.close();
    }

    // everybody

    @Channel({1, 3, 5, 10, 15, 17, 21, 23, 24, 25})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "midwife",
                "dr-blocked",
                "secretary",
                "bruno",
                "operator",
                "auditor",
                "hospital-automate",
                "insurance",
                "insurer"
            })
    void whoIsNotEntitledFindsNothing(String actor) {
        blind(SERVER.token(actor), ofAlice, ALICE);
        sees(SERVER.token("alice"), ofAlice, ALICE);
        sees(martin, ofAlice, ALICE);
    }

    @Channel({1, 3, 5, 10, 15, 17, 21, 23, 24, 25})
    @Test
    void representativeFindsNothingOfASecretConnection() {
        blind(SERVER.token("chloe-mother"), ofChloe, CHLOE);
        sees(martin, ofChloe, CHLOE);
    }

    private static List<Function<Published, Ask>> asks(Person patient) {
        Function<Published, String> search =
                d -> "DocumentReference?_id=" + d.id() + "&" + Published.of(patient) + "&_count=5";
        Function<Published, String> words = d -> "DocumentReference?text="
                + (d.text().isEmpty() ? "Ornithorynque" : d.text()) + "&" + Published.of(patient);
        Function<Published, String> lots = d -> "List?_id=" + d.list() + "&" + Published.of(patient);
        return List.of(
                d -> Ask.get(d.path()),
                d -> Ask.get("List/" + d.list()),
                d -> Ask.get("Binary/" + d.binary()),
                d -> Ask.get(search.apply(d)),
                d -> Ask.form(search.apply(d)),
                d -> Ask.get(search.apply(d) + "&_summary=count"),
                d -> Ask.get(words.apply(d)),
                d -> Ask.form(words.apply(d)),
                d -> Ask.get(words.apply(d) + "&_summary=count"),
                d -> Ask.get(lots.apply(d)),
                d -> Ask.form(lots.apply(d)));
    }

    private static void blind(String token, Published hidden, Person patient) {
        for (Function<Published, Ask> ask : asks(patient)) {
            for (String type : List.of(FHIR_JSON, FHIR_XML)) {
                Reply told = Twins.same(token, hidden, type, d -> ask.apply(d).with("Accept", type));
                assertThat(told.body()).doesNotContain(hidden.uniqueId(), hidden.text(), hidden.family());
            }
        }
        Twins.same(token, hidden, "HEAD", d -> Ask.of("HEAD", d.path()));
        assertThat(overview(token, patient)).doesNotContain(hidden.id(), hidden.uniqueId(), hidden.family());
    }

    private static String overview(String token, Person patient) {
        Reply told = RawHttp.get(token, "Patient/$overview?_count=50&" + Published.of(patient));
        assertThat(told.status()).as(told.body()).isIn(200, 403);
        return told.body();
    }

    private static void sees(String token, Published document, Person patient) {
        for (Function<Published, Ask> ask : asks(patient)) {
            for (String type : List.of(FHIR_JSON, FHIR_XML)) {
                Reply told = RawHttp.send(token, ask.apply(document).with("Accept", type));
                assertThat(told.status()).as(told.body()).isEqualTo(200);
                if (told.total() >= 0) {
                    assertThat(told.total()).isEqualTo(1);
                }
            }
        }
        assertThat(overview(token, patient)).contains(document.id(), document.uniqueId());
    }

    // the same work for hidden and absent

    private static final class Statements implements ExecuteListener {
        private static final long serialVersionUID = 1L;
        private final transient Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void executeStart(ExecuteContext context) {
            // not what the server does beside
            if (Thread.currentThread().getName().startsWith("http-")) {
                heard.add(String.valueOf(context.sql()).replaceAll("\\s+", " "));
            }
        }
    }

    @Channel(37)
    @Test
    void hiddenAndAbsentCostTheSameStatements() {
        String named = SERVER.token(
                "nurse-petit",
                java.util.Map.of("patient", Published.DOMINIQUE.ins().value()));
        for (Function<Published, Ask> ask : asks(Published.DOMINIQUE)) {
            List<String> hidden = statements(named, ask.apply(masked));
            assertThat(hidden).isNotEmpty().isEqualTo(statements(named, ask.apply(Published.never())));
        }
    }

    private static List<String> statements(String token, Ask ask) {
        var statements = new Statements();
        var configuration = (DefaultConfiguration) SERVER.bean(DSLContext.class).configuration();
        ExecuteListenerProvider[] before = configuration.executeListenerProviders();
        configuration.setExecuteListener(statements);
        try {
            RawHttp.send(token, ask);
        } finally {
            configuration.setExecuteListenerProvider(before);
        }
        return List.copyOf(statements.heard);
    }

    // writes as reads

    @Channel(57)
    @Test
    void conditionalReferenceFindsNothing() {
        for (String base :
                List.of("DocumentReference?identifier=urn:ietf:rfc:3986|", "DocumentReference?identifier=")) {
            Function<Published, Ask> ask = d -> naming(new Reference(base + d.uniqueId()));
            Twins.same(nurse, masked, base, ask);
            assertThat(RawHttp.send(martin, ask.apply(masked)).status()).isEqualTo(422);
        }
    }

    private static Ask naming(Reference target) {
        Bundle bundle =
                Published.Draft.of(Published.DOMINIQUE, Kind.CONSULTATION).bundle();
        Published.document(bundle)
                .addRelatesTo()
                .setCode(DocumentRelationshipType.APPENDS)
                .setTarget(target);
        return post(bundle);
    }

    private static Ask post(Bundle bundle) {
        return Ask.of("POST", SERVER.root() + "/fhir").body(FHIR_JSON, FhirJson.text(bundle));
    }

    @Channel({12, 58})
    @Test
    void lotOfOnesOwnDoesNotBringAHiddenDocumentIn() {
        Function<Published, Ask> ask = d -> {
            Bundle bundle =
                    Published.Draft.of(Published.DOMINIQUE, Kind.CONSULTATION).bundle();
            Published.list(bundle).addEntry().setItem(new Reference(d.path()));
            return post(bundle);
        };
        assertThat(Twins.same(nurse, masked, "entry", ask).status()).isGreaterThanOrEqualTo(400);
        assertThat(RawHttp.send(martin, ask.apply(masked)).status()).isEqualTo(200);
    }

    /** That a uniqueId is taken shows by specification; nothing else does. */
    @Channel(60)
    @Test
    void takenUniqueIdTellsNothingOfItsDocument() {
        Bundle bundle = Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
        Published.document(bundle).getMasterIdentifier().setValue(masked.uniqueId());
        Reply refused = RawHttp.send(martin, post(bundle));
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.codes()).containsExactly("R124");
        assertThat(refused.body() + refused.headers())
                .doesNotContain(
                        masked.id(),
                        masked.list(),
                        masked.binary(),
                        masked.family(),
                        Published.DOMINIQUE.ins().value());
    }

    @Channel(65)
    @Test
    void nothingIsFetchedFromElsewhere() throws IOException {
        try (var elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            elsewhere.setSoTimeout(500);
            Bundle bundle =
                    Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
            Published.document(bundle)
                    .getContentFirstRep()
                    .getAttachment()
                    .setUrl("http://localhost:" + elsewhere.getLocalPort() + "/document.pdf");
            assertThat(RawHttp.send(martin, post(bundle)).status()).isEqualTo(422);
            org.assertj.core.api.Assertions.assertThatThrownBy(elsewhere::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
        Bundle inside = Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
        assertThat(RawHttp.send(martin, post(inside)).status()).isEqualTo(200);
    }

    @Channel(66)
    @Test
    void whatAWriteReturnsIsReadWithTheCallersRights() {
        String patch = "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"current\"}]";
        for (String prefer : List.of("return=representation", "return=minimal", "return=OperationOutcome")) {
            Function<Published, Ask> ask =
                    d -> Ask.of("PATCH", d.path()).with("Prefer", prefer).body("application/json-patch+json", patch);
            assertThat(Twins.same(nurse, masked, prefer, ask).status()).isEqualTo(404);
            assertThat(RawHttp.send(martin, ask.apply(masked)).status()).isEqualTo(200);
            Reply stored = RawHttp.send(
                    martin,
                    post(Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle())
                            .with("Prefer", prefer));
            assertThat(stored.status()).isEqualTo(200);
            assertThat(stored.json().findValues("resource")).isEmpty();
        }
    }

    // between two requests

    @Channel(35)
    @Test
    void sameSearchByAnotherIsAnotherAnswer() {
        String search =
                "DocumentReference?" + Published.of(Published.DOMINIQUE) + "&_id=" + masked.id() + "&status=current";
        for (int round = 0; round < 3; round++) {
            assertThat(RawHttp.get(martin, search).total()).isEqualTo(1);
            assertThat(RawHttp.get(nurse, search).total()).isZero();
        }
    }

    @Channel(36)
    @Test
    void aBlockClosesTheSecondPage() {
        Published.of(Published.DOMINIQUE, Kind.CONSULTATION);
        Consents once = new Consents();
        once.declare(Published.DOMINIQUE, "midwife", "899700100078");
        String midwife = SERVER.token("midwife");
        String next = RawHttp.get(
                        midwife, "DocumentReference?" + Published.of(Published.DOMINIQUE) + "&status=current&_count=1")
                .link("next");
        assertThat(RawHttp.get(midwife, next).status()).isEqualTo(200);
        String holder = SERVER.token("dominique");
        String block = SERVER.send(holder, Choices.block(Published.DOMINIQUE, "899700100078"))
                .created()
                .orElseThrow();
        Reply refused = RawHttp.get(midwife, next);
        assertThat(refused.codes()).containsExactly("R44");
        assertThat(SERVER.send(holder, Choices.ending(block)).status()).isEqualTo(200);
        assertThat(RawHttp.get(midwife, next).status()).isEqualTo(200);
        once.endLast();
    }

    @Channel(22)
    @Test
    void narrativeAndTagsAreNotShown() {
        Published tagged = Published.of(Published.DOMINIQUE, Kind.CONSULTATION, bundle -> {
            var document = Published.document(bundle);
            document.getMeta()
                    .addTag(new Coding("urn:oid:1.2.250.1.999", "ETIQUETTE", null))
                    .setSource(SOURCE);
            document.getText()
                    .setStatus(Narrative.NarrativeStatus.ADDITIONAL)
                    .setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">NARRATION</div>");
            Published.list(bundle).getMeta().addTag(new Coding("urn:oid:1.2.250.1.999", "ETIQUETTE", null));
        });
        for (String path : List.of(
                tagged.path(),
                "List/" + tagged.list(),
                "DocumentReference?" + Published.of(Published.DOMINIQUE) + "&_id=" + tagged.id() + "&status=current")) {
            Reply shown = RawHttp.get(martin, path);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body()).contains(tagged.id()).doesNotContain("ETIQUETTE", "NARRATION", SOURCE);
        }
    }

    // what a document carries, and what is left at rest

    @Channel({11, 22})
    @Test
    void metaAndIdsOfAClientAreNotKept() {
        Published document = Published.of(Published.NESSI, Kind.CONSULTATION, bundle -> {
            var reference = Published.document(bundle);
            reference.setId("mine-0001");
            reference.getMeta().setSource("urn:carnet:okapi").addTag(new Coding("urn:carnet:okapi", "okapi", "okapi"));
            reference.getMeta().addSecurity(new Coding("urn:carnet:okapi", "okapi", "okapi"));
        });
        Reply read = RawHttp.get(martin, document.path());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).doesNotContain("okapi", "mine-0001");
        assertThat(document.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Channel(22)
    @Test
    void narrativeOfALotGoesWithItsHiddenDocument() {
        List<Published> pair = Published.pair(Published.DOMINIQUE, Kind.CONSULTATION, "Titre Okapi", "Note Okapi");
        Published told = Published.of(Published.DOMINIQUE, Kind.CONSULTATION, bundle -> {
            var text = new Narrative().setStatus(Narrative.NarrativeStatus.GENERATED);
            text.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">Okapi</div>");
            Published.list(bundle).setText(text);
            Published.list(bundle).addEntry().setItem(new Reference(pair.get(0).path()));
        });
        SERVER.send(SERVER.token("dominique"), Choices.masking(pair.get(0).path()));
        assertThat(RawHttp.get(martin, "List/" + told.list()).status()).isEqualTo(200);
        Reply cut = RawHttp.get(nurse, "List/" + told.list());
        assertThat(cut.status()).isEqualTo(200);
        assertThat(cut.body()).contains(told.id()).doesNotContain(pair.get(0).id(), "Okapi");
    }

    @Channel({28, 71})
    @Test
    void noIndexAndNoStoredSearchHoldsAnything() {
        RawHttp.get(martin, "DocumentReference?status=current&" + Published.of(Published.NESSI));
        JdbcTemplate owner = owner();
        for (String table : List.of("hfj_search", "hfj_search_result", "hfj_search_include")) {
            assertThat(rows(owner, "public." + table)).as(table).isZero();
        }
        List<String> indexes = owner.queryForList(
                "select table_name from information_schema.tables where table_schema = 'public'"
                        + " and table_name like 'hfj_spidx%'"
                        // hashes of parameters' names, not of values
                        + " and table_name <> 'hfj_spidx_identity'",
                String.class);
        assertThat(indexes).hasSizeGreaterThan(5).allSatisfy(table -> assertThat(rows(owner, "public." + table))
                .as(table)
                .isZero());
    }

    @Channel(71)
    @Test
    void textOfADocumentStandsInItsContentAndInTheIndexOnly() {
        // searched by nobody: words that are searched stand in the trace of the search
        Published unsearched = Published.of(Published.DOMINIQUE, Kind.CONSULTATION);
        SERVER.index();
        JdbcTemplate owner = owner();
        List<String> tables = owner.queryForList(
                "select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables"
                        + " where table_schema in ('public', 'carnet') and table_type = 'BASE TABLE'",
                String.class);
        assertThat(tables)
                .filteredOn(table -> holds(owner, table, unsearched.text())
                        || holds(
                                owner,
                                table,
                                java.util.HexFormat.of()
                                        .formatHex(unsearched
                                                .text()
                                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                .containsExactlyInAnyOrder("carnet.content", "carnet.document_text");
    }

    private static boolean holds(JdbcTemplate owner, String table, String word) {
        return Boolean.TRUE.equals(owner.queryForObject(
                "select exists (select from " + table + " row where position(? in row::text) > 0)",
                Boolean.class,
                word));
    }

    private static long rows(JdbcTemplate owner, String table) {
        return owner.queryForObject("select count(*) from " + table, Long.class);
    }

    @Channel(51)
    @Test
    void theDatabaseOfTheSandboxListensOnTheLoopbackOnly() {
        assertThat(owner().queryForObject("show listen_addresses", String.class))
                .isIn("localhost", "127.0.0.1");
    }

    private static JdbcTemplate owner() {
        DatabaseAccess access = SERVER.bean(DatabaseAccess.class);
        return new JdbcTemplate(new DriverManagerDataSource(
                access.url(), access.owner().username(), access.owner().password()));
    }

    /** The identifier of a hidden document is nobody's: neither by PATCH, nor by a relation. */
    @Channel({53, 56})
    @Test
    void relationByIdentifierFindsNothing() {
        Function<Published, Ask> ask = d -> naming(new Reference()
                .setIdentifier(new Identifier().setSystem("urn:ietf:rfc:3986").setValue(d.uniqueId())));
        Twins.same(nurse, masked, "relation", ask);
        assertThat(RawHttp.send(martin, ask.apply(masked)).status()).isEqualTo(200);
        Function<Published, Ask> patch = d -> Ask.of(
                        "PATCH", "DocumentReference?identifier=" + Call.escaped("urn:ietf:rfc:3986|" + d.uniqueId()))
                .with("If-Match", "W/\"99\"")
                .body("application/json-patch+json", "[{\"op\":\"remove\",\"path\":\"/nothing\"}]");
        assertThat(Twins.same(nurse, masked, "patch", patch).status()).isEqualTo(404);
    }
}
