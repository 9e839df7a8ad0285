package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document.Kind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statement is the truth: what it states answers, and whatever else FHIR or HAPI knows is refused. The questions come from
 * the statement as served, and from all that R4 defines.
 */
@Tag("R87")
class CapabilityIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Consents CONSENTS = new Consents();
    private static final Statement STATEMENT = Statement.asServed();
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final Set<String> REFUSED = Set.of("interaction-not-served");

    /** Who may search each type. */
    private static final Map<String, String> SEARCHERS = Map.of(
            "Consent", "dominique", "CareTeam", "dominique", "RelatedPerson", "dominique", "AuditEvent", "dominique");

    /** Values of the parameters that take only some. */
    private static final Map<String, String> VALUES = Map.of(
            "DocumentReference status", "current",
            "List status", "current",
            "Consent status", "active",
            "Consent category", "block",
            "Communication status", "completed",
            "DocumentReference isArchived", "true",
            "List isArchived", "false");

    /** What HAPI can do on top of what R4 defines. */
    private static final List<String> OF_HAPI = List.of(
            "meta",
            "meta-add",
            "meta-delete",
            "expunge",
            "reindex",
            "reindex-terminology",
            "get-resource-counts",
            "graphql",
            "export",
            "export-poll-status",
            "binary-access-read",
            "binary-access-write",
            "diff",
            "delete-expunge",
            "apply-codesystem-delta-add",
            "hapi.fhir.bulk-import",
            "hapi.fhir.replace-references",
            "mdm-submit",
            "submit-data",
            "invalidate-expansion",
            "process-message");

    private static String martin;
    private static Published document;
    private static String patient;

    @BeforeAll
    static void publish() {
        CONSENTS.declare(Published.DOMINIQUE, "dr-martin", "899700100011");
        martin = SERVER.token("dr-martin");
        document = Published.of(Published.DOMINIQUE, Kind.CONSULTATION);
        Reply read = RawHttp.get(martin, document.path());
        patient = read.json().at("/subject/reference").asText().replace("Patient/", "");
    }

    @AfterAll
    static void endConsents() {
        CONSENTS.close();
    }

    static Stream<String> types() {
        return STATEMENT.types().stream().sorted();
    }

    @Test
    void statementNamesServerVersionAndStandards() {
        var told = STATEMENT.told();

        assertThat(told.getImplementation().getUrl()).isEqualTo(SERVER.root() + "/fhir");
        assertThat(told.getSoftware().getVersion()).isNotBlank();
        assertThat(told.getInstantiates())
                .extracting(url -> url.getValue())
                .contains(
                        "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentRecipient",
                        "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentResponder");
    }

    /** Every interaction that FHIR has, on every type that FHIR has: served if stated, refused if not. */
    @Test
    void interactionsAreThoseOfTheStatement() {
        Map<String, Boolean> differing = new TreeMap<>();
        for (String type : Statement.FHIR.getResourceTypes()) {
            Set<String> stated = STATEMENT.interactions(type);
            interactions(type).forEach((interaction, ask) -> {
                Reply reply = RawHttp.send(martin, ask);
                // a type that nobody serves is unknown, whatever is asked of it; a condition is refused as a parameter
                boolean unknown = (stated.isEmpty() && reply.status() == 404)
                        || (interaction.contains("+") && reply.codes().contains("unknown-parameter"));
                boolean served = isServed(reply) && !unknown;
                boolean said = Set.of(interaction.split("[+]")).stream().allMatch(stated::contains);
                if (served != said) {
                    differing.put(type + " " + interaction, served);
                }
            });
        }
        assertThat(differing)
                .as("served but not stated: true; stated but not served: false")
                .isEmpty();
    }

    private static Map<String, Ask> interactions(String type) {
        String resource = "{\"resourceType\":\"%s\"}".formatted(type);
        String withId = "{\"resourceType\":\"%s\",\"id\":\"none\"}".formatted(type);
        String one = type + "/none";
        String some = type + "?identifier=urn:oid:1.2.250.1.213.1.4.10%7C284057505601204";
        boolean conditional = STATEMENT.interactions(type).contains("conditional");
        Map<String, Ask> asks = new LinkedHashMap<>();
        asks.put("read", Ask.get(one));
        asks.put("vread", Ask.get(one + "/_history/1"));
        asks.put("history-instance", Ask.get(one + "/_history"));
        asks.put("history-type", Ask.get(type + "/_history"));
        asks.put("search-type", Ask.get(type));
        asks.put("delete", Ask.of("DELETE", one));
        asks.put("delete+conditional-delete", Ask.of("DELETE", some));
        asks.put("create", Ask.of("POST", type).body("application/fhir+json", resource));
        asks.put(
                "create+conditional-create",
                Ask.of("POST", type).body("application/fhir+json", resource).with("If-None-Exist", "identifier=x|y"));
        asks.put("patch", Ask.of("PATCH", one).body(JSON_PATCH, "[]"));
        asks.put("patch+conditional", Ask.of("PATCH", some).body(JSON_PATCH, "[]"));
        // where updates are conditional, that is the form in which they are served
        asks.put(
                conditional ? "update+conditional" : "update",
                conditional
                        ? Ask.of("PUT", some).body("application/fhir+json", resource)
                        : Ask.of("PUT", one).body("application/fhir+json", withId));
        if (!conditional) {
            asks.put("update+conditional", Ask.of("PUT", some).body("application/fhir+json", resource));
        }
        return asks;
    }

    @Test
    void systemInteractionsAreThoseOfTheStatement() {
        Map<String, Ask> asks = Map.of(
                "transaction", bundle("transaction"),
                "history-system", Ask.get("_history"),
                "search-system", Ask.get("?_id=1"),
                "search-system ", Ask.of("POST", "_search").body("application/x-www-form-urlencoded", "_id=1"),
                "pages", Ask.get("?_getpages=x&_getpagesoffset=0"));
        Set<String> served = asks.entrySet().stream()
                .filter(ask -> isServed(RawHttp.send(martin, ask.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        assertThat(served).isEqualTo(STATEMENT.systemInteractions());
        Reply batch = RawHttp.send(martin, bundle("batch"));
        assertThat(batch.status()).as(batch.body()).isBetween(400, 422);
        assertThat(batch.body()).contains("Bundle.type");
    }

    private static Ask bundle(String type) {
        return Ask.of("POST", "")
                .body("application/fhir+json", "{\"resourceType\":\"Bundle\",\"type\":\"%s\"}".formatted(type));
    }

    private static boolean isServed(Reply reply) {
        return reply.status() != 405 && reply.codes().stream().noneMatch(REFUSED::contains);
    }

    /** Each parameter alone, by GET and by form. */
    @ParameterizedTest
    @MethodSource("types")
    void statedParametersAreUnderstood(String type) {
        Map<String, String> refused = new TreeMap<>();
        for (var parameter : STATEMENT.parameters(type)) {
            String query = query(type, parameter);
            for (Ask ask : List.of(Ask.get(query), Ask.form(query))) {
                Reply reply = RawHttp.send(searcher(type), ask);
                if (reply.status() != 200 || reply.total() < 0) {
                    refused.put(ask.method() + " " + query, reply.status() + " " + reply.codes());
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    private static String query(String type, CapabilityStatementRestResourceSearchParamComponent parameter) {
        String name = parameter.getName();
        String ins = Call.escaped(Published.DOMINIQUE.ins().token());
        if (type.equals("Patient")) {
            return "Patient?" + name + "=" + ins;
        }
        if (name.equals("patient.identifier")) {
            return type + "?patient.identifier=" + ins + kind(type);
        }
        if (name.equals("patient") || (name.equals("code") && type.equals("List"))) {
            return type + "?patient=" + patient + kind(type);
        }
        String value = VALUES.getOrDefault(
                type + " " + name,
                switch (parameter.getType()) {
                    case DATE -> "ge2026-01-01";
                    case TOKEN -> "urn:oid:1.2.3%7Cx";
                    case REFERENCE -> "Practitioner/none";
                    default -> "x";
                });
        return type + "?patient=" + patient + kind(type) + "&" + name + "=" + value;
    }

    /** A search of lists says which kind it is after (ITI-66). */
    private static String kind(String type) {
        return type.equals("List") ? "&code=submissionset" : "";
    }

    private static String searcher(String type) {
        String actor = SEARCHERS.getOrDefault(type, "dr-martin");
        return actor.equals("dr-martin") ? martin : SERVER.token(actor);
    }

    /** What R4 defines for a type, and what any server might take beside it. */
    @ParameterizedTest
    @MethodSource("types")
    void otherParametersAreRefusedByName(String type) {
        Set<String> known = STATEMENT.parameters(type).stream()
                .map(parameter -> parameter.getName())
                .collect(Collectors.toSet());
        boolean searched = STATEMENT.interactions(type).contains("search-type");
        Set<String> others = new TreeSet<>(Set.of(
                "_id",
                "_lastUpdated",
                "_tag",
                "_profile",
                "_security",
                "_source",
                "_list",
                "_query",
                "_filter",
                "_content",
                "_text",
                "_type",
                "_has:Patient:subject:name",
                "_contained",
                "subject.name"));
        Statement.FHIR
                .getResourceDefinition(type)
                .getSearchParams()
                .forEach(parameter -> others.add(parameter.getName()));
        others.removeAll(known);
        Map<String, String> taken = new TreeMap<>();
        for (String other : others) {
            String path = searched ? type + "?" : type + "/none?";
            String subject = searched && !type.equals("Patient") ? "patient=" + patient + "&" : "";
            Reply reply = RawHttp.get(searcher(type), path + subject + other + "=x");
            boolean named = reply.status() == 400 && reply.codes().contains("unknown-parameter");
            // a search by name is another interaction
            if (!named && !(other.equals("_query") && !isServed(reply))) {
                taken.put(other, reply.status() + " " + reply.codes());
            }
        }
        assertThat(taken).isEmpty();
    }

    /** Includes that are stated are followed, all others refused. */
    @ParameterizedTest
    @MethodSource("types")
    void includesAreThoseOfTheStatement(String type) {
        if (!STATEMENT.interactions(type).contains("search-type")) {
            return;
        }
        var resource = STATEMENT.of(type).orElseThrow();
        BiFunction<String, String, Reply> asked = (parameter, value) -> RawHttp.get(
                searcher(type),
                type
                        + (type.equals("Patient")
                                ? "?identifier="
                                        + Call.escaped(Published.DOMINIQUE.ins().token())
                                : "?patient=" + patient + kind(type))
                        + "&" + parameter + "=" + value);
        resource.getSearchInclude().forEach(value -> assertThat(
                        asked.apply("_include", value.getValue()).status())
                .as(value.getValue())
                .isEqualTo(200));
        resource.getSearchRevInclude().forEach(value -> assertThat(
                        asked.apply("_revinclude", value.getValue()).status())
                .as(value.getValue())
                .isEqualTo(200));
        for (String value : List.of(type + ":subject", type + ":patient", type + ":*", "*", "Provenance:target")) {
            for (String parameter : List.of("_include", "_revinclude", "_include:iterate")) {
                assertThat(asked.apply(parameter, value).status())
                        .as("%s %s=%s", type, parameter, value)
                        .isEqualTo(400);
            }
        }
    }

    /** Stated operations answer where their definitions say; they and all others are refused everywhere else. */
    @Test
    void operationsAreThoseOfTheStatement() throws IOException {
        Set<String> all = new TreeSet<>(OF_HAPI);
        all.addAll(operationsOfFhir());
        types().forEach(type -> all.addAll(STATEMENT.operations(type)));
        Map<String, Boolean> differing = new TreeMap<>();
        for (String type : STATEMENT.types()) {
            for (String operation : all) {
                boolean stated = STATEMENT.operations(type).contains(operation);
                boolean ofOne = stated && STATEMENT.isOfOne(type, operation);
                boolean ofType = stated && STATEMENT.isOfType(type, operation);
                // what only reads is asked by GET as well
                boolean byGet = stated && Set.of("ihe-pix", "overview").contains(operation);
                compare(type + "/$" + operation, "POST", ofType, differing);
                compare(type + "/$" + operation, "GET", ofType && byGet, differing);
                compare(type + "/none/$" + operation, "POST", ofOne, differing);
                compare(type + "/none/$" + operation, "GET", ofOne && byGet, differing);
            }
        }
        all.forEach(operation -> compare("$" + operation, "POST", false, differing));
        assertThat(differing)
                .as("served but not stated: true; stated but not served: false")
                .isEmpty();
    }

    private static void compare(String path, String method, boolean stated, Map<String, Boolean> differing) {
        Ask ask = method.equals("GET")
                ? Ask.get(path)
                : Ask.of(method, path).body("application/fhir+json", "{\"resourceType\":\"Parameters\"}");
        boolean served = isServed(RawHttp.send(martin, ask));
        if (served != stated) {
            differing.put(method + " " + path, served);
        }
    }

    private static Set<String> operationsOfFhir() throws IOException {
        try (Reader in = new InputStreamReader(
                CapabilityIT.class.getResourceAsStream("/org/hl7/fhir/r4/model/profile/profiles-resources.xml"),
                StandardCharsets.UTF_8)) {
            return Statement.FHIR.newXmlParser().parseResource(Bundle.class, in).getEntry().stream()
                    .filter(entry -> entry.getResource() instanceof OperationDefinition)
                    .map(entry -> ((OperationDefinition) entry.getResource()).getCode())
                    .collect(Collectors.toSet());
        }
    }

    /** By header and by parameter. */
    @Test
    void formatsAreThoseOfTheStatement() {
        for (String format : STATEMENT.formats()) {
            for (Ask ask : List.of(
                    Ask.get(document.path()).with("Accept", format),
                    Ask.get(document.path() + "?_format=" + Call.escaped(format))
                            .with("Accept", "*/*"))) {
                Reply reply = RawHttp.send(martin, ask);
                assertThat(reply.status()).as(format).isEqualTo(200);
                assertThat(reply.headers().get("content-type").get(0)).startsWith(format);
            }
        }
        for (String other :
                List.of("text/turtle", "application/x-turtle", "ttl", "rdf", "application/fhir+ndjson", "text/html")) {
            for (Ask ask : List.of(
                    Ask.get(document.path()).with("Accept", other.contains("/") ? other : "*/*"),
                    Ask.get("metadata").with("Accept", other.contains("/") ? other : "*/*"),
                    Ask.get(document.path() + "?_format=" + Call.escaped(other)))) {
                Reply reply = RawHttp.send(martin, ask);
                assertThat(reply.status() == 406 || STATEMENT.formats().stream().anyMatch(isOf(reply)))
                        .as("%s: %s %s", other, reply.status(), reply.body())
                        .isTrue();
            }
        }
    }

    private static Predicate<String> isOf(Reply reply) {
        return format -> reply.headers().get("content-type").get(0).startsWith(format);
    }

    /** An empty patch is refused for what it says, one of another format for what it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json-patch+json",
                "application/xml-patch+xml",
                "application/fhir+json",
                "application/fhir+xml",
                "application/merge-patch+json",
                "application/json",
                "application/xml",
                "text/plain",
                "text/xml"
            })
    void patchFormatsAreThoseOfTheStatement(String format) {
        String body = format.contains("xml")
                ? "<Parameters xmlns=\"http://hl7.org/fhir\"/>"
                : "{\"resourceType\":\"Parameters\"}";
        Reply reply = RawHttp.send(martin, Ask.of("PATCH", document.path()).body(format, body));

        assertThat(reply.status() != 415)
                .as("%s: %s %s", format, reply.status(), reply.body())
                .isEqualTo(STATEMENT.patchFormats().contains(format));
    }

    @Test
    void patchFormatsOfTheStatementAreAllTried() {
        assertThat(List.of(
                        "application/json-patch+json",
                        "application/xml-patch+xml",
                        "application/fhir+json",
                        "application/fhir+xml"))
                .containsAll(STATEMENT.patchFormats());
    }
}
