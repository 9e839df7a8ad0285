package fr.carnet.trace;

import static fr.carnet.trace.Traces.AUDITOR;
import static fr.carnet.trace.Traces.COLLEAGUE;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.MACHINE;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.NORMAL;
import static fr.carnet.trace.Traces.REPRESENTATIVE;
import static fr.carnet.trace.Traces.SECRET;
import static fr.carnet.trace.Traces.absent;
import static fr.carnet.trace.Traces.line;
import static fr.carnet.trace.Traces.permitted;
import static fr.carnet.trace.Traces.refused;
import static fr.carnet.trace.Traces.request;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.Action;
import fr.carnet.shared.Caller;
import fr.carnet.shared.LinkSeal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every parameter, for every sort of viewer, over every sort of row: what SQL finds is what {@link EventOracle} finds in the
 * events that this viewer is shown, no more and no less.
 */
class TraceSearchIT {

    private static final String BASE = "https://dmp.example/fhir";
    private static final Map<String, String> KNOWN = Map.of("DocumentReference/7", "Synthèse", "List/3", "");
    private static final List<List<String>> NAMED = List.of(
            List.of(),
            List.of("DocumentReference/7"),
            List.of("DocumentReference/8"),
            List.of("DocumentReference/8", "DocumentReference/7", "Consent/1"),
            List.of("DocumentReference/7", "List/3", "List/4"),
            List.of("List/4", "DocumentReference/8"),
            List.of("Consent/1", "DocumentReference/7"),
            List.of("AuditEvent/1", "Patient/p1"));
    private static final List<TracedRequest> REQUESTS = List.of(
            request(Interaction.SEARCH, Action.SEARCH, "ITI-67"),
            request(Interaction.SEARCH, Action.CHECK_STATUS, "ITI-78"),
            request(Interaction.READ, Action.READ, "ITI-68"),
            request(Interaction.TRANSACTION, Action.DEPOSIT, "ITI-65"),
            request(Interaction.PATCH, Action.SHOW_TO_HOLDER, ""),
            ofPatient(Interaction.UPDATE, Optional.of(Action.REGISTER_PATIENT)),
            ofPatient(Interaction.OPERATION, Optional.of(Action.CLOSE)),
            unknown(Optional.empty()),
            unknown(Optional.of("ITI-71")),
            TracedRequest.decision(unknown(Optional.empty())));
    private static final List<TraceView> VIEWS = List.of(
            new TraceView(HOLDER, Optional.of("p1")),
            new TraceView(REPRESENTATIVE, Optional.of("p1")),
            new TraceView(AUDITOR, Optional.of("p1")),
            new TraceView(AUDITOR, Optional.empty()),
            new TraceView(DOCTOR, Optional.empty()),
            new TraceView(DOCTOR, Optional.of("p1")),
            new TraceView(MACHINE, Optional.empty()));

    private static TraceDatabase database;
    private static TraceReader reader;
    private static List<TraceEntry> everything;

    @BeforeAll
    static void start() throws Exception {
        database = new TraceDatabase();
        var store = new TraceStore(database.dsl());
        reader = new TraceReader(store, (view, references) -> KNOWN, BASE);
        everything = everySortOfRow();
        everything.forEach(store::append);
        everything.sort(Comparator.comparing(TraceEntry::recordedAt).reversed());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static TracedRequest ofPatient(Interaction interaction, Optional<Action> action) {
        return new TracedRequest(
                Optional.of(interaction),
                action,
                Optional.empty(),
                Optional.of("Patient"),
                Optional.empty(),
                interaction == Interaction.UPDATE ? Optional.of("2001:db8::7") : Optional.empty(),
                "c0ffee");
    }

    private static TracedRequest unknown(Optional<String> transaction) {
        return new TracedRequest(
                Optional.empty(),
                Optional.empty(),
                transaction,
                Optional.empty(),
                transaction.map(issue -> "actor=dr-martin"),
                Optional.of("192.0.2.7"),
                "c0ffee");
    }

    private static List<TraceEntry> everySortOfRow() {
        List<TraceEntry> entries = new ArrayList<>();
        List<Optional<Caller>> callers = Stream.of(DOCTOR, COLLEAGUE, HOLDER, REPRESENTATIVE, MACHINE, (Caller) null)
                .map(Optional::ofNullable)
                .toList();
        for (Optional<Caller> who : callers) {
            for (TracedRequest request : REQUESTS) {
                for (Verdict verdict : List.of(permitted(3), refused(), absent())) {
                    for (List<String> refs : NAMED) {
                        entries.add(row(entries.size(), who, request, verdict, refs));
                    }
                }
            }
        }
        return entries;
    }

    /** Patient and circumstances vary with the number. */
    private static TraceEntry row(
            int number, Optional<Caller> who, TracedRequest request, Verdict verdict, List<String> refs) {
        Optional<String> patient = request.isTokenIssue() || number % 7 == 0
                ? Optional.empty()
                : Optional.of(number % 5 == 0 ? "p2" : "p1");
        return TraceEntry.at(
                NOON.plusSeconds(number),
                patient,
                who.map(Who::of),
                request,
                number % 3 == 0 ? SECRET : NORMAL,
                under(verdict, request, number),
                request.isDecision()
                        ? List.of()
                        : refs.stream().map(ref -> line(ref)).toList());
    }

    /** Of what was permitted, by somebody's Consent, the same one or another. */
    private static Verdict under(Verdict verdict, TracedRequest request, int number) {
        boolean named = verdict.outcome() == Verdict.Outcome.PERMITTED && !request.isTokenIssue() && number % 2 == 0;
        return verdict.under(Optional.of(number % 4 == 0 ? "c1" : "c2").filter(any -> named));
    }

    static List<TraceView> views() {
        return VIEWS;
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyParameterFindsWhatTheShownEventsSay(TraceView view) {
        Map<String, AuditEvent> shown = shown(view);
        assertThat(shown).isNotEmpty();
        for (Map.Entry<String, List<String>> parameter : values(shown).entrySet()) {
            for (String value : parameter.getValue()) {
                agree(view, shown, Map.of(parameter.getKey(), value));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void parametersHoldTogether(TraceView view) {
        Map<String, AuditEvent> shown = shown(view);
        Map<String, List<String>> values = values(shown);
        List<String> names = List.copyOf(values.keySet());
        var random = new Random(5);
        for (int i = 0; i < 60; i++) {
            Map<String, String> query = new LinkedHashMap<>();
            for (int j = 0; j < 3; j++) {
                String name = names.get(random.nextInt(names.size()));
                List<String> some = values.get(name);
                query.put(name, some.get(random.nextInt(some.size())) + "," + some.get(random.nextInt(some.size())));
            }
            agree(view, shown, query);
        }
    }

    private static void agree(TraceView view, Map<String, AuditEvent> shown, Map<String, String> query) {
        Predicate<AuditEvent> wanted = query.entrySet().stream()
                .map(p -> EventOracle.of(p.getKey(), p.getValue()))
                .reduce(event -> true, Predicate::and);
        List<String> expected = shown.entrySet().stream()
                .filter(event -> wanted.test(event.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        var parameters = new LinkedHashMap<String, String[]>();
        query.forEach((name, value) -> parameters.put(name, new String[] {value}));
        parameters.put("_count", new String[] {"500"});
        var queries = new TraceQueries(new LinkSeal(new SecretKeySpec(new byte[16], "AES")));
        TraceReader.Page page = reader.page(new TraceReading(view, queries.parse(parameters)));
        assertThat(page.total()).as("%s %s", view.viewer(), query).isEqualTo(expected.size());
        assertThat(page.entries().stream().map(entry -> entry.id().toString()))
                .as("%s %s", view.viewer(), query)
                .isEqualTo(expected.stream().limit(500).toList());
    }

    /** What a viewer is shown, newest first, by the rules in memory alone. */
    private static Map<String, AuditEvent> shown(TraceView view) {
        var events = new AuditEvents(BASE, role -> Optional.empty());
        ShownTraces rules = ShownTraces.to(view, KNOWN);
        Map<String, AuditEvent> shown = new LinkedHashMap<>();
        everything.stream()
                .filter(entry -> isInScope(view, entry))
                .flatMap(entry -> rules.shown(entry).stream())
                .filter(entry -> view.patient().isEmpty() || entry.patient().equals(view.patient()))
                .forEach(entry -> shown.put(entry.id().toString(), events.of(entry, KNOWN)));
        return shown;
    }

    private static boolean isInScope(TraceView view, TraceEntry entry) {
        return switch (view.viewer().kind()) {
            case PROFESSIONAL ->
                entry.who()
                        .filter(who -> who.subject().equals(view.viewer().subject()))
                        .isPresent();
            case SYSTEM ->
                entry.who()
                        .filter(who -> who.kind() == DOCTOR.kind() || who.kind() == MACHINE.kind())
                        .isPresent();
            default -> true;
        };
    }

    /** Values that are there, values that are hidden from somebody, and values of nothing. */
    private static Map<String, List<String>> values(Map<String, AuditEvent> shown) {
        String one = shown.keySet().iterator().next();
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("_id", List.of(one, everything.get(0).id().toString(), "none"));
        values.put(
                "date",
                List.of(
                        "2026-11-21",
                        "ne2026-11-21",
                        "ge2026-11-21T12:05:00.123Z",
                        "gt2026-11-21T12:05:00Z",
                        "lt2026-11-21T12:05:00Z",
                        "le2026-11-21T12:05Z",
                        "sa2026-11-21T12:03:20.123Z",
                        "eb2026-11-21T12:03:20.123Z",
                        "2026-11-21T12:03:20.123Z"));
        values.put("_lastUpdated", List.of("ge2026-11-21T12:10:00Z"));
        values.put("agent", List.of("Patient/p1", "Patient/p2", BASE + "/Patient/p1", "Practitioner/1"));
        values.put(
                "agent.identifier",
                List.of(
                        "urn:oid:1.2.250.1.71.4.2.1|899900000001",
                        "899900000002",
                        "urn:oid:1.2.250.1.71.4.2.2|10B0000001",
                        "https://issuer.example|logiciel-med",
                        "https://issuer.example|899900000001",
                        "chloe-mother",
                        "279035121518989",
                        "|" + BASE,
                        "|chloe-mother"));
        values.put(
                "entity",
                List.of(
                        "Patient/p1",
                        "Patient/p2",
                        "DocumentReference/7",
                        "DocumentReference/8",
                        BASE + "/List/3",
                        "List/4",
                        "Consent/1",
                        "Consent/c1",
                        BASE + "/Consent/c2",
                        "AuditEvent/1",
                        "Consent/2"));
        values.put(
                "entity.identifier",
                List.of("c0ffee", "|c0ffee", "urn:oid:1.2.250.1.213.1.4.8|c0ffee", "decaf", "p1", "c1"));
        values.put(
                "address",
                List.of(
                        "192.0.2.7",
                        "192.0.2",
                        "192.0.2.70",
                        "198.51.100.1",
                        "2001:DB8::7",
                        "2001:db8",
                        "%",
                        "19__0",
                        BASE,
                        "HTTPS://dmp.",
                        "dmp.example"));
        values.put(
                "entity-type",
                List.of(
                        "1",
                        "2",
                        "http://terminology.hl7.org/CodeSystem/audit-entity-type|2",
                        "http://hl7.org/fhir/resource-types|DocumentReference",
                        "List",
                        "Consent",
                        "Patient",
                        "XrequestId",
                        "|1",
                        "%"));
        values.put("entity-role", List.of("1", "3", "4", "20", "24", "99", "x|4"));
        values.put(
                "subtype",
                List.of(
                        "search",
                        "http://hl7.org/fhir/restful-interaction|read",
                        "urn:ihe:event-type-code|ITI-65",
                        "ITI-71",
                        "AuthZ-Consent",
                        "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType|AuthZ-Consent",
                        "patch",
                        "CLOSE",
                        "https://carnet.example/fhir/CodeSystem/access-action|READ",
                        "x|READ"));
        values.put(
                "type",
                List.of(
                        "rest",
                        "110107",
                        "110113",
                        "http://dicom.nema.org/resources/ontology/DCM|110114",
                        "x|rest",
                        "1"));
        values.put("action", List.of("C", "R", "U", "D", "E", "http://hl7.org/fhir/audit-event-action|E", "x|E"));
        values.put("outcome", List.of("0", "4", "8", "http://terminology.hl7.org/CodeSystem/audit-event-outcome|4"));
        values.put("source", List.of(BASE, "https://other.example/fhir"));
        values.put("source.identifier", List.of(BASE, "|" + BASE, "x|" + BASE));
        return values;
    }
}
