package fr.carnet.document;

import static java.util.Collections.disjoint;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.document.RegistryRow.Kind;
import fr.carnet.policy.Action;
import fr.carnet.policy.Diversity;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.Policy;
import fr.carnet.policy.Situation;
import fr.carnet.policy.Situations;
import fr.carnet.policy.VisibilityKeys;
import fr.carnet.server.Publication;
import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.LinkSeal;
import fr.carnet.shared.Visibility;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What PostgreSQL finds by keys is what the policy permits, for each document of many: random documents in the real table,
 * random callers in random circumstances, patients with random choices.
 */
class AgreementIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();
    private static final List<String> PATIENTS = List.of("alice", "bruno", "chloe");
    /** Another one at each run; {@code -Dcarnet.seed=…} plays one again. */
    private static final long SEED =
            Optional.ofNullable(Long.getLong("carnet.seed")).orElseGet(() -> new Random().nextLong());

    private static final Random RANDOM = new Random(SEED);
    private static final int DOCUMENTS = 3_300;
    private static final int LISTS = 600;
    private static final int SITUATIONS = 800;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, DocumentFacts> FACTS = new LinkedHashMap<>();
    private static final Map<String, ListResource> LOTS = new LinkedHashMap<>();

    private final Registry registry = SERVER.bean(Registry.class);

    @BeforeAll
    static void fill() {
        System.out.println("agreement: -Dcarnet.seed=" + SEED);
        var projection = SERVER.bean(RegistryProjection.class);
        var made = new RandomShares(RANDOM, MATRIX);
        for (int i = 0; i < DOCUMENTS; i++) {
            DocumentReference document = made.document(PATIENTS.get(i % PATIENTS.size()));
            projection.write(document);
            FACTS.put(document.getIdElement().getIdPart(), DocumentResources.factsOf(document));
        }
        for (int i = 0; i < LISTS; i++) {
            String patient = PATIENTS.get(i % PATIENTS.size());
            ListResource list = made.list(
                    patient,
                    FACTS.entrySet().stream()
                            .filter(f -> f.getValue().patient().equals(patient))
                            .map(Map.Entry::getKey)
                            .toList());
            projection.write(list);
            LOTS.put(list.getIdElement().getIdPart(), list);
        }
    }

    @AfterAll
    static void empty() {
        SERVER.bean(DSLContext.class)
                .deleteFrom(RegistryTable.REGISTRY)
                .where(RegistryTable.PATIENT.in(PATIENTS))
                .execute();
    }

    @Test
    void everyFactOfADocumentIsVaried() {
        var diversity = new Diversity();
        FACTS.values().forEach(diversity::observe);

        assertThat(diversity.missing(DocumentFacts.class)).isEmpty();
    }

    @Test
    void sqlKeysAndPolicyAgreeOnEveryDocumentAndLot() throws Exception {
        var keysOf = new VisibilityKeys(SERVER.bean(Policy.class));
        Map<String, Set<String>> documentKeys = new HashMap<>();
        FACTS.forEach((id, facts) -> documentKeys.put(id, keysOf.keysOf(facts)));
        int seeing = 0;
        long visible = 0;
        int overdue = 0;
        var situations = new Situations(RANDOM);
        for (int i = 0; i < SITUATIONS; i++) {
            Situation situation = situations.situation(PATIENTS);
            Set<String> keys = situation.keys().all();
            Set<String> permitted = ofPatient(situation).entrySet().stream()
                    .filter(f -> situation.decide(Action.READ, f.getValue()).permitted())
                    .map(Map.Entry::getKey)
                    .collect(toSet());
            Set<String> meeting = ofPatient(situation).keySet().stream()
                    .filter(id -> !disjoint(documentKeys.get(id), keys))
                    .collect(toSet());

            Set<String> shown = shown(situation, permitted);
            assertThat(found(Kind.DOCUMENT, situation)).as("%s", situation).isEqualTo(shown);
            assertThat(meeting).as("%s", situation).isEqualTo(shown);
            lists(situation, permitted, shown);
            overdue += permitted.size() - shown.size();
            seeing += permitted.isEmpty() ? 0 : 1;
            visible += permitted.size();
        }
        System.out.printf(
                "agreement: %d documents, %d lists, %d callers of whom %d see something, %d permitted pairs of %d%n",
                FACTS.size(), LOTS.size(), SITUATIONS, seeing, visible, (long) SITUATIONS * FACTS.size() / 3);
        assertThat(FACTS).hasSizeGreaterThanOrEqualTo(3_000);
        assertThat(overdue).isPositive();
        assertThat(seeing).isBetween(SITUATIONS / 8, SITUATIONS / 2);
    }

    @Test
    void sieveNeverHadAnythingToDrop() {
        String search =
                "?patient.identifier=" + Call.escaped(Publication.ALICE.ins().token()) + "&_count=200";
        for (String actor : List.of("alice", "dr-martin", "nurse-petit", "dr-leroy", "pharmacist-roche")) {
            SERVER.send(SERVER.token(actor), Call.get("DocumentReference" + search));
            SERVER.send(SERVER.token(actor), Call.get("List" + search));
        }

        assertThat(SERVER.bean(MeterRegistry.class)
                        .get("carnet.sieve.drops")
                        .counter()
                        .count())
                .isZero();
    }

    /** Until the due job has taken the label away, SQL hides from the holder what the month has opened to him (R114). */
    private static Set<String> shown(Situation situation, Set<String> permitted) {
        boolean holders = EnumSet.of(CallerKind.HOLDER, CallerKind.REPRESENTATIVE)
                .contains(situation.caller().kind());
        return permitted.stream()
                .filter(id -> !holders || !FACTS.get(id).is(Visibility.INVISIBLE_PATIENT))
                .collect(toSet());
    }

    /** A lot shows with one of its documents, and then those alone; the holder's folder only to him and his. */
    private void lists(Situation situation, Set<String> permitted, Set<String> shown) throws Exception {
        var kinds = EnumSet.of(Kind.SUBMISSION_SET, Kind.FOLDER);
        RegistryPage page = search(kinds, situation);
        boolean holders = EnumSet.of(CallerKind.HOLDER, CallerKind.REPRESENTATIVE)
                .contains(situation.caller().kind());
        Set<String> expected = LOTS.entrySet().stream()
                .filter(e -> e.getValue()
                        .getSubject()
                        .getReferenceElement()
                        .getIdPart()
                        .equals(situation.patient().id()))
                .filter(e -> holders || !RandomShares.isHoldersFolder(e.getValue()))
                .filter(e -> !disjoint(DocumentResources.entries(e.getValue()), shown))
                .map(Map.Entry::getKey)
                .collect(toSet());
        assertThat(ids(page)).as("%s", situation).isEqualTo(expected);

        RegistryPage sieved = page.sieved(page.rows(), List.of(), permitted);
        var answer = new RegistryAnswer(SERVER.bean(LinkSeal.class));
        for (RegistryRow row : sieved.rows()) {
            JsonNode sent = JSON.readTree(answer.resource(sieved, row, "http://base"));
            Set<String> entries = sent.findValues("reference").stream()
                    .map(JsonNode::asText)
                    .filter(r -> r.startsWith("DocumentReference/"))
                    .map(r -> r.substring("DocumentReference/".length()))
                    .collect(toSet());
            assertThat(entries).isSubsetOf(permitted).isNotEmpty();
            assertThat(entries)
                    .containsAll(
                            row.refersTo().stream().filter(permitted::contains).toList());
        }
    }

    private Set<String> found(Kind kind, Situation situation) {
        return ids(search(EnumSet.of(kind), situation));
    }

    private RegistryPage search(Set<Kind> kinds, Situation situation) {
        var all = new RegistryQuery(
                kinds,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                new Paging(Paging.DEFAULT_ORDER, DOCUMENTS, 0, Optional.empty()),
                Set.of(),
                false,
                List.of(),
                List.of(),
                List.of());
        RegistryPage page = registry.search(all, situation.patient().id(), situation.keys());
        assertThat(page.total()).isEqualTo(page.rows().size());
        return page;
    }

    private static Set<String> ids(RegistryPage page) {
        return page.rows().stream().map(RegistryRow::id).collect(toSet());
    }

    private static Map<String, DocumentFacts> ofPatient(Situation situation) {
        Map<String, DocumentFacts> his = new HashMap<>(FACTS);
        his.values().removeIf(f -> !f.patient().equals(situation.patient().id()));
        return his;
    }
}
