package fr.carnet.trace;

import static fr.carnet.trace.Traces.AUDITOR;
import static fr.carnet.trace.Traces.DEPOSIT;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.MACHINE;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.NORMAL;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.REPRESENTATIVE;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.SECRET;
import static fr.carnet.trace.Traces.entry;
import static fr.carnet.trace.Traces.in;
import static fr.carnet.trace.Traces.permitted;
import static fr.carnet.trace.Traces.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Fault;
import fr.carnet.shared.LinkSeal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;

/** Every sort of entry in one record, read through HAPI by each sort of viewer. */
class AuditEventProviderIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String BASE = "https://dmp.example/fhir";
    private static final LinkSeal SEAL = new LinkSeal(new SecretKeySpec(new byte[16], "AES"));
    private static final Map<String, String> VISIBLE = Map.of("DocumentReference/7", "Synthèse", "List/3", "");
    private static final List<List<String>> NAMED = List.of(
            List.of(),
            List.of("DocumentReference/7"),
            List.of("DocumentReference/8"),
            List.of("DocumentReference/7", "DocumentReference/8"),
            List.of("List/4", "DocumentReference/8"),
            List.of("List/3"),
            List.of("Consent/1"),
            List.of("Consent/1", "DocumentReference/8"));

    private static TraceDatabase database;
    private static TraceStore store;
    private static List<TraceEntry> everything;

    @BeforeAll
    static void start() throws Exception {
        database = new TraceDatabase();
        store = new TraceStore(database.dsl());
        everything = everySortOfEntry();
        everything.forEach(store::append);
        everything.sort(Comparator.comparing(TraceEntry::recordedAt).reversed());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static List<TraceEntry> everySortOfEntry() {
        List<TraceEntry> entries = new ArrayList<>();
        for (Caller who : List.of(DOCTOR, HOLDER, REPRESENTATIVE, MACHINE)) {
            for (TracedRequest request : List.of(SEARCH, READ, DEPOSIT)) {
                for (Verdict verdict : List.of(permitted(9), refused())) {
                    for (Circumstances circumstances : List.of(NORMAL, SECRET)) {
                        for (List<String> refs : NAMED) {
                            entries.add(in(
                                    circumstances,
                                    entry(
                                            NOON.plusSeconds(entries.size()),
                                            who,
                                            request,
                                            verdict,
                                            refs.toArray(String[]::new))));
                        }
                    }
                }
            }
        }
        return entries;
    }

    static List<Caller> viewers() {
        return List.of(HOLDER, REPRESENTATIVE, AUDITOR);
    }

    @ParameterizedTest
    @MethodSource("viewers")
    void pagesTogetherGiveWhatTheRulesShowAndTheTotalIsTheirNumber(Caller viewer) throws Exception {
        var shown = ShownTraces.to(new TraceView(viewer, Optional.of("p1")), VISIBLE);
        List<String> expected = everything.stream()
                .flatMap(entry -> shown.shown(entry).stream())
                .map(entry -> entry.id().toString())
                .toList();
        List<String> read = new ArrayList<>();
        Bundle page = get(viewer, "patient=Patient/p1&_count=50");
        int pages = 1;
        while (true) {
            assertThat(page.getTotal()).isEqualTo(expected.size());
            page.getEntry().forEach(e -> read.add(e.getResource().getIdElement().getIdPart()));
            if (page.getLink("next") == null) {
                break;
            }
            page = get(viewer, page.getLink("next").getUrl().replaceFirst("[^?]*\\?", ""));
            pages++;
        }
        assertThat(read).isEqualTo(expected);
        assertThat(pages).isEqualTo((expected.size() + 49) / 50);
    }

    @Test
    void titlesAreForTheHolderHiddenReferencesForNobodyButTheAuditor() throws Exception {
        String holder = body(HOLDER, "patient=Patient/p1&_count=500").getContentAsString();
        String auditor = body(AUDITOR, "patient=Patient/p1&_count=500").getContentAsString();
        assertThat(holder).contains("Synth").doesNotContain("DocumentReference/8", "List/4", "192.0.2.7");
        assertThat(auditor).contains("DocumentReference/8").doesNotContain("Synth");
    }

    @Test
    void dateIsAWindowOfRecorded() throws Exception {
        Bundle page = get(AUDITOR, "patient=Patient/p1&date=ge2026-11-21T12:00:01Z&date=lt2026-11-21T12:00:03Z");
        assertThat(page.getEntry())
                .extracting(
                        e -> ((AuditEvent) e.getResource()).getRecordedElement().getValueAsString())
                .containsExactly("2026-11-21T12:00:02.123Z", "2026-11-21T12:00:01.123Z");
        assertThat(get(AUDITOR, "patient=Patient/p1&date=2026-11-20").getTotal())
                .isZero();
        assertThat(get(AUDITOR, "patient=Patient/p1&date=2026-11-21T12:00:01Z").getTotal())
                .isEqualTo(1);
    }

    @Test
    void recordMayBeNamedByMatricule() throws Exception {
        assertThat(get(AUDITOR, "patient.identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989")
                        .getTotal())
                .isEqualTo(everything.size());
    }

    @Test
    void countZeroAsksForTheTotal() throws Exception {
        Bundle page = get(AUDITOR, "patient=Patient/p1&_count=0");
        assertThat(page.getEntry()).isEmpty();
        assertThat(page.getTotal()).isEqualTo(everything.size());
    }

    @Test
    void withoutDecisionNothingIsServed() throws Exception {
        MockHttpServletResponse answer = body(null, "patient=Patient/p1");
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getContentAsString()).contains("OperationOutcome").doesNotContain("AuditEvent");
    }

    @Test
    void oneTraceIsReadByItsIdAsItIsShown() throws Exception {
        TraceEntry hidden = everything.stream()
                .filter(entry ->
                        entry.lines().stream().allMatch(line -> line.ref().equals("DocumentReference/8")))
                .filter(entry -> !entry.lines().isEmpty() && !entry.request().isSearch())
                .findFirst()
                .orElseThrow();
        assertThat(request(AUDITOR, "AuditEvent/" + hidden.id(), "").getStatus())
                .isEqualTo(200);
        for (String id : List.of(hidden.id().toString(), "6f1d3c1e-0000-4000-8000-000000000000", "1")) {
            assertThat(request(HOLDER, "AuditEvent/" + id, "").getStatus()).isNotEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_offset=-1",
                "_count=x",
                "date=yesterday",
                "patient=p1&patient=p2",
                "outcome=",
                "_count=1&_count=2",
                "_sealed=x",
                "patient.identifier=1"
            })
    void whatHasNoFormIsRefused(String query) {
        Map<String, String[]> parameters = Stream.of(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> new String[] {pair[1]}, (a, b) -> Stream.of(a, b)
                        .flatMap(Stream::of)
                        .toArray(String[]::new)));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> new TraceQueries(SEAL).parse(parameters))
                .satisfies(fault -> assertThat(fault.status()).isEqualTo(400));
    }

    @Test
    void linksOfASearchByAgentNameNobody() throws Exception {
        String body = body(HOLDER, "patient=Patient/p1&agent.identifier=899900000001&_count=5")
                .getContentAsString();
        Bundle page = FHIR.newJsonParser().parseResource(Bundle.class, body);
        String next = page.getLink("next").getUrl();
        assertThat(next).doesNotContain("899900000001");
        assertThat(get(HOLDER, next.replaceFirst("[^?]*\\?", "")).getTotal()).isEqualTo(page.getTotal());
    }

    private static Bundle get(Caller viewer, String query) throws Exception {
        MockHttpServletResponse answer = body(viewer, query);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        return FHIR.newJsonParser().parseResource(Bundle.class, answer.getContentAsString());
    }

    private static MockHttpServletResponse body(Caller viewer, String query) throws Exception {
        return request(viewer, "AuditEvent", query);
    }

    private static MockHttpServletResponse request(Caller viewer, String path, String query) throws Exception {
        RestfulServer server = new RestfulServer(FHIR);
        var reader = new TraceReader(
                store,
                (view, references) -> VISIBLE.entrySet().stream()
                        .filter(e -> references.contains(e.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                BASE);
        server.registerProvider(new AuditEventProvider(reader, BASE, SEAL, role -> Optional.empty()));
        server.registerInterceptor(new Permission(viewer));
        server.init(new MockServletConfig());
        var request = new MockHttpServletRequest("GET", "/fhir/" + path);
        request.setServletPath("/fhir");
        request.setPathInfo("/" + path);
        request.setQueryString(query);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            request.addParameter(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        var response = new MockHttpServletResponse();
        response.setCharacterEncoding("UTF-8");
        server.service(request, response);
        return response;
    }

    /** In the place of whoever judges. */
    @Interceptor
    public record Permission(Caller viewer) {

        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
        public void permit(RequestDetails request) {
            if (viewer != null) {
                new TraceReading(
                                new TraceView(viewer, Optional.of("p1")),
                                new TraceQueries(SEAL).parse(request.getParameters()))
                        .storeIn(request.getUserData());
            }
        }
    }
}
