package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.FhirJson;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** What is off is off: what the server really registers is on this list, and what is not on it does not exist. */
class SurfaceIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Pattern INTERNAL = Pattern.compile(
            "HAPI-\\d|[a-z]+\\.[a-z]+\\.[a-z.]+[A-Z]\\w+|Exception|\\tat |(?i)select .* from|hibernate|postgres|tomcat|spring");

    private static final Consents CONSENTS = new Consents();

    private static String martin;
    private static Published document;
    private static String patient;

    @BeforeAll
    static void publish() {
        CONSENTS.declare(Published.NESSI, "dr-martin", "899700100011");
        martin = SERVER.token("dr-martin");
        document = Published.of(Published.NESSI, Kind.CONSULTATION);
        Reply read = RawHttp.get(martin, document.path());
        assertThat(read.status()).isEqualTo(200);
        patient = read.json().at("/subject/reference").asText().replace("Patient/", "");
    }

    @AfterAll
    static void endConsents() {
        CONSENTS.close();
    }

    /** What is served at all: a line of {@code leaks/surface.txt} each, or the build fails. */
    @Channel({4, 29, 41, 42, 48, 49, 50, 63})
    @Test
    void onlyWhatIsListedIsRegistered() throws IOException {
        RestfulServer server = SERVER.bean(RestfulServer.class);
        Stream<String> fhir = Stream.concat(
                        server.getResourceBindings().stream().flatMap(r -> r.getMethodBindings().stream()),
                        server.getServerBindings().stream())
                .map(binding -> "fhir " + named(binding));
        ServletContext servlets = SERVER.bean(ServletContext.class);
        Stream<String> registered = Stream.concat(
                servlets.getServletRegistrations().values().stream()
                        .flatMap(servlet -> servlet.getMappings().stream().map(path -> "servlet " + path)),
                servlets.getFilterRegistrations().values().stream()
                        .flatMap(filter -> filter.getUrlPatternMappings().stream()
                                .map(path -> "filter " + filter.getName() + " " + path)));
        Stream<String> controllers = SERVER.beans(AbstractHandlerMethodMapping.class).stream()
                .flatMap(mapping -> ((AbstractHandlerMethodMapping<?>) mapping).getHandlerMethods().keySet().stream())
                .map(mapping -> "controller " + mapping);
        Stream<String> resources = SERVER.beans(SimpleUrlHandlerMapping.class).stream()
                .flatMap(mapping -> mapping.getUrlMap().keySet().stream())
                .map(path -> "resources " + path);
        Stream<String> management =
                SERVER.bean(PathMappedEndpoints.class).stream().map(endpoint -> "management " + endpoint.getRootPath());
        Set<String> served = Stream.of(fhir, registered, controllers, resources, management)
                .flatMap(lines -> lines)
                .collect(Collectors.toCollection(TreeSet::new));
        Files.write(Path.of("target", "surface.received.txt"), served);
        try (var allowed = SurfaceIT.class.getResourceAsStream("/leaks/surface.txt")) {
            assertThat(served)
                    .as("see target/surface.received.txt")
                    .containsExactlyElementsOf(new String(allowed.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .toList());
        }
        assertThat(server.getPagingProvider())
                .as("no stored search behind page links")
                .isNull();
    }

    private static String named(BaseMethodBinding binding) {
        String type = binding.getResourceName() == null ? "server" : binding.getResourceName();
        String what = binding instanceof OperationMethodBinding operation
                ? operation.getName()
                : binding.getRestOperationType().name();
        return type + " " + what;
    }

    @Channel({2, 4, 16, 17, 18, 29, 39, 40, 41, 42, 43, 44, 46, 47})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/{patient}/_history/1",
                "Patient/{patient}/$ihe-pix",
                "Patient/{patient}/$everything",
                "Patient/$everything",
                "Patient/{patient}/DocumentReference",
                "Patient/{patient}/_history",
                "DocumentReference/{id}/_history",
                "DocumentReference/{id}/_history/1",
                "DocumentReference/_history",
                "_history",
                "DocumentReference/{id}/$meta",
                "DocumentReference/$meta",
                "$meta",
                "DocumentReference/{id}/$binary-access-read?path=DocumentReference.content.attachment",
                "DocumentReference/{id}/$graphql?query={id}",
                "$graphql?query={id}",
                "$export",
                "Patient/$export",
                "Group/x/$export",
                "$export-poll-status",
                "$get-resource-counts",
                "DocumentReference/{id}/$validate",
                "DocumentReference/{id}/$diff",
                "DocumentReference/{id}/$document",
                "DocumentReference/$docref",
                "DocumentReference/$lastn",
                "DocumentReference/$suggest-keywords",
                "Patient/{patient}/$summary",
                "$reindex-dryrun",
                "Subscription",
                "Subscription/1",
                "SearchParameter",
                "StructureDefinition",
                "CodeSystem",
                "Provenance",
                "Practitioner",
                "Bundle",
                "Basic/1",
                "Consent",
                "Consent/1",
                "CareTeam",
                "CareTeam/1",
                "CareTeam/1/_history",
                "RelatedPerson",
                "RelatedPerson/1",
                "RelatedPerson/1/_history/1",
                "Binary",
                "AuditEvent/1",
                "?_type=DocumentReference",
                "?_getpages=x",
                "OperationDefinition/x",
                "DocumentReference?_query=x",
                "DocumentReference?_getpages=x",
                "List/{list}/_history",
                "Binary/{binary}/_history/1"
            })
    void noOtherReadExists(String path) {
        Reply reply = RawHttp.get(martin, filled(path));
        assertThat(reply.status()).as(reply.body()).isIn(400, 404, 405);
        plain(reply);
    }

    @Channel({11, 17, 41, 42, 43, 45, 46, 53, 55, 63, 64})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST DocumentReference",
                "POST List",
                "POST Binary",
                "POST Patient",
                "POST AuditEvent",
                "POST Subscription",
                "POST SearchParameter",
                "POST StructureDefinition",
                "POST Basic",
                "POST $expunge",
                "POST DocumentReference/$expunge",
                "POST DocumentReference/{id}/$expunge",
                "POST DocumentReference/{id}/$meta-add",
                "POST DocumentReference/{id}/$meta-delete",
                "POST DocumentReference/$validate",
                "POST $graphql",
                "POST $export",
                "POST $reindex",
                "POST $merge",
                "POST $mark-all-resources-for-reindexing",
                "POST _search",
                "PUT DocumentReference/mine-0001",
                "PUT DocumentReference/{id}",
                "PUT DocumentReference?identifier=x",
                "PUT List/{list}",
                "PUT Binary/{binary}",
                "PUT Patient/mine-0001",
                "PUT Consent/mine-0001",
                "PUT CareTeam/mine-0001",
                "PUT CareTeam?patient=x",
                "PATCH CareTeam/1",
                "DELETE CareTeam/1",
                "PUT RelatedPerson/mine-0001",
                "PATCH RelatedPerson/1",
                "DELETE RelatedPerson/1",
                "PATCH List/{list}",
                "PATCH Patient/{patient}",
                "PATCH Binary/{binary}",
                "DELETE DocumentReference/{id}",
                "DELETE DocumentReference?identifier=x",
                "DELETE List/{list}",
                "DELETE Binary/{binary}",
                "DELETE Consent/1",
                "DELETE Patient/{patient}",
                "OPTIONS DocumentReference",
                "TRACE DocumentReference/{id}"
            })
    void noOtherWriteExists(String line) {
        String verb = line.substring(0, line.indexOf(' '));
        String path = filled(line.substring(line.indexOf(' ') + 1));
        String type = path.split("[/?$]", 2)[0];
        String body = type.isEmpty() || path.contains("$")
                ? "{\"resourceType\":\"Parameters\"}"
                : "{\"resourceType\":\"" + type + "\"}";
        Ask ask = Ask.of(verb, path)
                .body(verb.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json", body);
        Reply reply = RawHttp.send(martin, verb.equals("TRACE") ? Ask.of(verb, path) : ask);
        assertThat(reply.status()).as(reply.body()).isIn(400, 403, 404, 405, 422);
        plain(reply);
        assertThat(RawHttp.get(martin, document.path()).status()).isEqualTo(200);
    }

    @Channel({6, 12, 13, 14, 19, 26, 28, 30})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "_has:List:item:title=x",
                "_filter=type eq x",
                "_content=x",
                "_text=x",
                "_list=x",
                "_type=DocumentReference",
                "_contained=true",
                "_tag=x",
                "_security=x",
                "_profile=x",
                "_source=x",
                "_since=2020",
                "_at=2020",
                "_fhirpath=x",
                "_graph=x",
                "_cursor=x",
                "custodian=x",
                "description=x",
                "subject=x",
                "subject:Patient.name=x",
                "patient.name=x",
                "patient.birthdate=1979",
                "patient:missing=true",
                "location=x",
                "contenttype=x",
                "language=fr",
                "item=x",
                "_after=x",
                "_before=x",
                "relation=x"
            })
    void unknownParametersAreRefusedByName(String parameter) {
        String name = parameter.substring(0, parameter.indexOf('='));
        String path = "DocumentReference?" + Published.of(Published.NESSI) + "&status=current&" + Call.escaped(name)
                + "=" + Call.escaped(parameter.substring(name.length() + 1));
        for (Ask ask : List.of(Ask.get(path), Ask.form(path))) {
            Reply refused = RawHttp.send(martin, ask);
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.codes()).containsExactly("unknown-parameter");
            assertThat(refused.sentence()).contains(name.split(":", 2)[0]);
            plain(refused);
        }
    }

    @Channel({12, 13, 14})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "_include=DocumentReference:subject",
                "_include=DocumentReference:patient",
                "_include=DocumentReference:author",
                "_include=DocumentReference:related",
                "_include=*",
                "_include=List:item",
                "_include:iterate=DocumentReference:relatesto",
                "_include:recurse=DocumentReference:relatesto",
                "_include=DocumentReference:relatesto:DocumentReference",
                "_revinclude=*",
                "_revinclude:iterate=List:item",
                "_revinclude=List:source",
                "_revinclude=AuditEvent:entity",
                "_revinclude=Consent:data"
            })
    void otherInclusionsAreRefusedByName(String parameter) {
        String name = parameter.substring(0, parameter.indexOf('='));
        String path = "DocumentReference?" + Published.of(Published.NESSI) + "&status=current&" + Call.escaped(name)
                + "=" + Call.escaped(parameter.substring(name.length() + 1));
        for (Ask ask : List.of(Ask.get(path), Ask.form(path))) {
            Reply refused = RawHttp.send(martin, ask);
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.codes()).containsExactly("unknown-include");
            assertThat(refused.sentence()).contains(name, "_revinclude=List:item");
            plain(refused);
        }
    }

    @Channel({27, 31})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "author:Practitioner.name=x",
                "type:above=x",
                "type:below=x",
                "type:in=x",
                "type:missing=true",
                "type:text=x",
                "type:of-type=x",
                "date:missing=true",
                "author.family:not=x",
                "author:not=x",
                "related:not=x",
                "relatesto:List=x",
                "_lastUpdated:missing=true",
                "author.family:text=x",
                "_id:missing=true",
                "identifier:of-type=x",
                "status:missing=true"
            })
    void unknownModifiersAreRefused(String parameter) {
        Reply refused = RawHttp.get(martin, "DocumentReference?" + Published.of(Published.NESSI) + "&" + parameter);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly("unknown-modifier");
        plain(refused);
    }

    @Test
    void whoIsLenientIsToldWhatWasIgnored() {
        String ofNessi = Published.of(Published.NESSI);
        String path = "DocumentReference?" + ofNessi + "&status=current&_content=x&_has:List:item:title=x";
        Reply found = RawHttp.send(martin, Ask.get(path).with("Prefer", "handling=lenient"));
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.total())
                .isEqualTo(RawHttp.get(martin, "DocumentReference?" + ofNessi + "&status=current")
                        .total());
        assertThat(found.body()).contains("parameter-ignored", "_content", "_has");
        assertThat(found.link("self")).doesNotContain("_content", "_has");
    }

    @Channel({6, 12, 13, 18, 26})
    @Test
    void otherTypesTakeNoUnknownParameterEither() {
        String ins = Call.escaped(Published.NESSI.ins().token());
        for (String path : List.of(
                "Patient?identifier=" + ins + "&family=x",
                "Patient?identifier=" + ins + "&_has:Consent:patient:status=active",
                "Patient?identifier=" + ins + "&_revinclude=DocumentReference:patient",
                "Patient/" + patient + "?identifier=" + ins,
                "Patient/" + patient + "?_revinclude=List:item",
                "Patient/$ihe-pix?sourceIdentifier=" + ins + "&identifier=x",
                "Patient/$overview?patient.identifier=" + ins + "&type=11488-4",
                "Patient/" + patient + "/$overview?_revinclude=List:item",
                document.path() + "?_summary=true",
                document.path() + "?colour=red",
                "DocumentReference/none?colour=red",
                "List/" + document.list() + "?colour=red",
                "Binary/" + document.binary() + "?colour=red",
                "Binary/" + document.binary() + "?_content=x",
                "List/" + document.list() + "?_include=List:item",
                "AuditEvent?" + Published.of(Published.NESSI) + "&colour=red",
                "AuditEvent/1?colour=red")) {
            Reply refused = RawHttp.get(martin, path);
            assertThat(refused.status()).as(path).isEqualTo(400);
            assertThat(refused.codes()).as(path).containsExactly("unknown-parameter");
            plain(refused);
        }
    }

    @Channel(8)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/DocumentReference/{id}",
                "DocumentReference//{id}",
                "DocumentReference/%2e/{id}",
                "DocumentReference/x/%2e%2e/{id}",
                "DocumentReference/../DocumentReference/{id}",
                "DocumentReference;x=y/{id}",
                "DocumentReference/{id};x=y",
                "DocumentReference%2F{id}",
                "DocumentReference/{id}%00",
                "DocumentReference/{id}/",
                "documentreference/{id}"
            })
    void crookedPathsLeadNowhereNew(String path) {
        String nurse = SERVER.token("nurse-petit");
        Reply reply = RawHttp.get(nurse, filled(path));
        assertThat(reply.status()).as(reply.body()).isIn(400, 404, 405);
        assertThat(reply.body()).doesNotContain("Exception", "\tat ", "<pre>");
        assertThat(RawHttp.get("", filled(path)).status()).isIn(400, 401);
    }

    @Channel(7)
    @Test
    void headersDoNotChangeVerbOrIdentity() {
        Ask ask = Ask.of("POST", document.path())
                .with("X-HTTP-Method-Override", "GET")
                .with("X-Security-Context", "{}");
        assertThat(RawHttp.send(martin, ask).status()).isIn(400, 404, 405);
        Ask deletes = Ask.get(document.path())
                .with("X-HTTP-Method-Override", "DELETE")
                .with("X-Method-Override", "DELETE");
        assertThat(RawHttp.send(martin, deletes).status()).isEqualTo(200);
        assertThat(RawHttp.get(martin, document.path()).status()).isEqualTo(200);
        Reply forwarded = RawHttp.send(
                martin,
                Ask.get("DocumentReference?" + Published.of(Published.NESSI) + "&status=current")
                        .with("X-Forwarded-Host", "evil.example")
                        .with("X-Forwarded-Proto", "https")
                        .with("X-Forwarded-User", "dr-martin"));
        assertThat(forwarded.link("self")).startsWith(SERVER.root() + "/fhir/");
        assertThat(RawHttp.send("", Ask.get(document.path()).with("X-Forwarded-User", "dr-martin"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tokensInTheUrlAreNoTokens() {
        assertThat(RawHttp.get("", document.path() + "?access_token=" + martin).status())
                .isEqualTo(401);
    }

    @Channel(52)
    @Test
    void conditionalCreationDoesNotExist() {
        Reply refused = RawHttp.send(
                martin,
                Ask.of("POST", "Consent")
                        .with("If-None-Exist", "identifier=x")
                        .body("application/fhir+json", "{\"resourceType\":\"Consent\"}"));
        assertThat(refused.status()).isEqualTo(405);
        plain(refused);
    }

    @Channel({43, 52, 61, 62})
    @Test
    void batchAndForeignEntriesAreRefused() {
        for (String type : List.of("batch", "collection", "document", "history")) {
            Bundle bundle =
                    Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
            bundle.setType(Bundle.BundleType.fromCode(type));
            refusedBundle(FhirJson.text(bundle));
        }
        for (String entry : List.of(
                "\"method\":\"GET\",\"url\":\"DocumentReference/" + document.id() + "\"",
                "\"method\":\"GET\",\"url\":\"DocumentReference/" + document.id() + "/$meta\"",
                "\"method\":\"DELETE\",\"url\":\"DocumentReference/" + document.id() + "\"",
                "\"method\":\"POST\",\"url\":\"DocumentReference/" + document.id() + "/$meta-add\"")) {
            refusedBundle(
                    "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":{" + entry + "}}]}");
        }
        Bundle conditional =
                Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
        conditional.getEntry().get(1).getRequest().setIfNoneExist("identifier=" + document.uniqueId());
        refusedBundle(FhirJson.text(conditional));
    }

    private static void refusedBundle(String bundle) {
        Reply refused =
                RawHttp.send(martin, Ask.of("POST", SERVER.root() + "/fhir").body("application/fhir+json", bundle));
        assertThat(refused.status()).as(refused.body()).isIn(400, 405, 422);
        plain(refused);
    }

    @Test
    void theCapabilityStatementTellsWhatIsServed() {
        for (String accept : List.of("application/fhir+json", "application/fhir+xml")) {
            Reply open = RawHttp.send("", Ask.get("metadata").with("Accept", accept));
            assertThat(open.status()).as(open.body()).isEqualTo(200);
        }
        Reply statement = RawHttp.send("", Ask.get("metadata"));
        Set<String> told = new TreeSet<>();
        statement.json().at("/rest/0/resource").forEach(r -> r.path("interaction")
                .forEach(i ->
                        told.add(r.path("type").asText() + " " + i.path("code").asText())));
        statement
                .json()
                .at("/rest/0/interaction")
                .forEach(i -> told.add("server " + i.path("code").asText()));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "AuditEvent read",
                        "AuditEvent search-type",
                        "Binary read",
                        "Bundle read",
                        "CareTeam create",
                        "CareTeam read",
                        "CareTeam search-type",
                        "CareTeam update",
                        "Communication create",
                        "Communication read",
                        "Communication search-type",
                        "Consent create",
                        "Consent patch",
                        "Consent search-type",
                        "DocumentReference create",
                        "DocumentReference patch",
                        "DocumentReference read",
                        "DocumentReference search-type",
                        "List read",
                        "List search-type",
                        "Patient read",
                        "Patient search-type",
                        "Patient update",
                        "RelatedPerson create",
                        "RelatedPerson read",
                        "RelatedPerson search-type",
                        "RelatedPerson update",
                        "server transaction");
        assertThat(statement.json().at("/rest/0/operation").isEmpty()).isTrue();
        Set<String> operations = new TreeSet<>();
        statement.json().at("/rest/0/resource").forEach(r -> r.path("operation")
                .forEach(o -> operations.add(
                        r.path("type").asText() + " " + o.path("definition").asText())));
        String validate = " http://hl7.org/fhir/OperationDefinition/Resource-validate";
        Set<String> validated = operations.stream()
                .filter(operation -> operation.endsWith(validate))
                .collect(Collectors.toSet());
        assertThat(validated.stream().map(operation -> operation.replace(validate, "")))
                .containsExactlyInAnyOrder(
                        "Bundle", "CareTeam", "Consent", "DocumentReference", "Patient", "RelatedPerson");
        operations.removeAll(validated);
        assertThat(operations)
                .containsExactlyInAnyOrder(Stream.of(
                                "Communication close-conversation",
                                "Communication mark-read",
                                "DocumentReference explain-access",
                                "DocumentReference who-can-read",
                                "Patient activate",
                                "Patient change-ins",
                                "Patient close",
                                "Patient explain-access",
                                "Patient export-record",
                                "Patient export-traces",
                                "Patient ihe-pix",
                                "Patient inform",
                                "Patient notice-preferences",
                                "Patient oppose",
                                "Patient overview",
                                "Patient reopen",
                                "Patient request-deletion",
                                "Patient resume",
                                "Patient suspend")
                        .map(operation -> operation.split(" ", 2))
                        .map(name -> name[0] + " https://carnet.example/fhir/OperationDefinition/"
                                + name[0].toLowerCase(Locale.ROOT) + "-" + name[1])
                        .toArray(String[]::new));
        assertThat(statement.body()).doesNotContain("HAPI", "$everything", "_has", "_include\"");
    }

    @Channel(67)
    @Test
    void everyErrorHasCodeSentenceAndCorrelationInTheReadersLanguage() {
        Map<Ask, String> asks = Map.of(
                Ask.get("DocumentReference/none"), martin,
                Ask.get("DocumentReference?zzz=1"), martin,
                Ask.get("Foo/1"), martin,
                Ask.get("DocumentReference/x"), "",
                Ask.get("DocumentReference/x").with("X-Try", "1"), "not.a.token",
                Ask.get("DocumentReference?" + Published.of(Published.NESSI)), SERVER.token("nurse-petit"),
                Ask.of("POST", "Consent").body("application/fhir+json", "{"), martin,
                Ask.of("POST", "Consent").body("text/plain", "x"), martin,
                Ask.of("PATCH", document.path()).body("application/json-patch+json", "[{\"op\":\"x\"}]"), martin,
                Ask.get(SERVER.root() + "/elsewhere"), "");
        asks.forEach((ask, token) -> {
            Reply french = RawHttp.send(token, ask);
            Reply english = RawHttp.send(token, ask.with("Accept-Language", "en-GB,en;q=0.9"));
            for (Reply reply : List.of(french, english)) {
                assertThat(reply.status()).as("%s %s", ask, reply.body()).isBetween(400, 499);
                plain(reply);
            }
            assertThat(english.codes()).isEqualTo(french.codes());
            assertThat(english.sentence()).as("%s", ask).isNotEqualTo(french.sentence());
        });
    }

    /** What the HTTP connector refuses by itself is bare too. */
    @Channel(67)
    @Test
    void theConnectorTellsNothingEither() throws IOException {
        for (String line : List.of(
                "GET /fhir/DocumentReference?x=<a> HTTP/1.1",
                "GET /fhir/DocumentReference/%zz HTTP/1.1",
                "FOO /fhir/metadata HTTP/1.1",
                "GET /fhir/DocumentReference HTTP/9.9")) {
            String answer = spoken(line);
            assertThat(answer).as(line).startsWith("HTTP/1.1 ").doesNotContain("200 ");
            assertThat(INTERNAL.matcher(answer).find())
                    .as("%s: %s", line, answer)
                    .isFalse();
        }
    }

    private static String spoken(String line) throws IOException {
        try (var socket = new Socket("localhost", SERVER.root().getPort())) {
            socket.setSoTimeout(10_000);
            String request = line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Tag("R87")
    @Channel({48, 49, 50})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/metrics",
                "/actuator/prometheus",
                "/actuator/loggers",
                "/actuator/httpexchanges",
                "/actuator/beans",
                "/actuator/threaddump",
                "/control/jobs",
                "/mcp/messages",
                "/swagger-ui/",
                "/fhir/swagger-ui/",
                "/fhir/api-docs",
                "/h2-console",
                "/error",
                "/"
            })
    void nothingStandsBesideTheBase(String path) {
        for (String token : List.of("", martin)) {
            Reply reply = RawHttp.get(token, SERVER.root() + path);
            assertThat(reply.status()).as(reply.body()).isIn(401, 403, 404);
            assertThat(INTERNAL.matcher(reply.body()).find()).as(reply.body()).isFalse();
        }
    }

    @Channel({35, 70})
    @Test
    void answersAreNotCachedNotSniffedAndNotShared() {
        for (String path : List.of(document.path(), "Binary/" + document.binary(), "DocumentReference/none")) {
            Reply reply =
                    RawHttp.send(martin, Ask.get(path).with("Accept", "*/*").with("Origin", "https://evil.example"));
            assertThat(reply.headers().get("cache-control")).as(path).containsExactly("no-store");
            assertThat(reply.headers().get("x-content-type-options")).containsExactly("nosniff");
            assertThat(reply.headers().keySet())
                    .doesNotContain("access-control-allow-origin", "server", "x-powered-by");
        }
    }

    private static String filled(String path) {
        return path.replace("{id}", document.id())
                .replace("{list}", document.list())
                .replace("{binary}", document.binary())
                .replace("{patient}", patient);
    }

    /** An OperationOutcome with a code, a sentence and a correlation id, and nothing of the inside. */
    private static void plain(Reply reply) {
        assertThat(reply.json().path("resourceType").asText()).as(reply.body()).isEqualTo("OperationOutcome");
        assertThat(reply.codes()).as(reply.body()).isNotEmpty().noneMatch(String::isBlank);
        assertThat(reply.sentence()).as(reply.body()).isNotBlank();
        String correlation = reply.headers().get("x-correlation-id").get(0);
        assertThat(reply.json().at("/issue/0/diagnostics").asText()).contains(correlation);
        assertThat(INTERNAL.matcher(reply.body()).find()).as(reply.body()).isFalse();
    }
}
