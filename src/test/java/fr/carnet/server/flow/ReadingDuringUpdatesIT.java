package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Visibility;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers while the holder masks and unmasks: a document, and the lot that lists it, is there whole or not at all. */
class ReadingDuringUpdatesIT {

    private static final int ROUNDS = 10;
    /** Phases of a round: shown, being masked, masked, being shown. */
    private static final int PHASES = 4;

    private static final int MASKED = 2;

    private static String consent;
    private static String alice;
    private static String martin;
    private static String nurse;

    private double drops;

    @BeforeAll
    static void people() {
        consent = Scene.authorise("nurse-petit", Scene.NURSE_PETIT, ALICE);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        alice = token("alice", ALICE);
        martin = token("dr-martin", ALICE);
        nurse = token("nurse-petit", ALICE);
    }

    @AfterAll
    static void leave() {
        Scene.SERVER.send(nurse, Choices.ending(consent));
    }

    @BeforeEach
    void count() {
        drops = drops();
    }

    @AfterEach
    void sqlAndPolicyAgreed() {
        assertThat(drops()).isEqualTo(drops);
    }

    private static double drops() {
        return Scene.SERVER
                .bean(MeterRegistry.class)
                .get("carnet.sieve.drops")
                .counter()
                .count();
    }

    /** What one reader asks again and again, and what a whole answer to it contains. */
    private record Reading(Call call, String whole) {

        /** True when the document shows; fails when it does in part. */
        boolean shows(String token) {
            Answer answer = Scene.SERVER.send(token, call);
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            if (answer.status() == 404) {
                assertThat(answer.codes()).containsExactly("not-found");
                return false;
            }
            assertThat(answer.status()).as(body).isEqualTo(200);
            boolean shows = body.contains(whole);
            if (answer.total() >= 0) {
                boolean counted = call.path().contains("_summary=count");
                assertThat(answer.total()).isEqualTo(shows ? 1 : 0);
                assertThat(answer.matches().count()).isEqualTo(shows && !counted ? 1 : 0);
            } else {
                assertThat(shows).as(body).isTrue();
            }
            return shows;
        }
    }

    private static List<Reading> readings(Document document, Bundle lot, List<String> created) {
        String search = "DocumentReference?" + Scene.of(ALICE) + "&" + Scene.identifier(document.id());
        String lots = "List?status=current&code=submissionset&" + Scene.of(ALICE) + "&identifier="
                + Call.escaped(CodeSystems.URI + "|"
                        + Scene.set(lot).getIdentifierFirstRep().getValue());
        String bytes = new String(document.content(), StandardCharsets.US_ASCII);
        String base64 = java.util.Base64.getEncoder().encodeToString(document.content());
        String unique = document.id().urn();
        return List.of(
                new Reading(Call.get(search), unique),
                new Reading(Call.get(search + "&_summary=count"), "\"total\":1"),
                new Reading(Call.get(created.get(1)), unique),
                new Reading(Call.get(lots), created.get(1)),
                new Reading(Call.get(created.get(0)), created.get(1)),
                new Reading(Call.get(created.get(2), "application/pdf"), bytes),
                new Reading(Call.get(created.get(2)), base64));
    }

    @Channel(72)
    @Test
    void maskedDocumentIsThereWhollyOrNotAtAll() throws Exception {
        Document document = document();
        Bundle lot = lot(ALICE, document);
        List<String> created = Scene.post(martin, lot).createdInTransaction().toList();
        List<Reading> readings = readings(document, lot, created);
        var phase = new AtomicInteger();
        var over = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(readings.size() + 1);
        try {
            List<Future<int[]>> seen = new ArrayList<>();
            readings.forEach(reading -> seen.add(readers.submit(() -> watch(reading, phase, over))));
            Future<Integer> author = readers.submit(() -> alwaysShown(readings, over));
            for (int round = 0; round < ROUNDS; round++) {
                update(Choices.masking(created.get(1)), phase);
                assertThat(readings).noneMatch(reading -> reading.shows(nurse));
                update(Choices.unmasking(created.get(1)), phase);
                assertThat(readings).allMatch(reading -> reading.shows(nurse));
            }
            over.set(true);
            for (Future<int[]> reader : seen) {
                assertThat(reader.get()).doesNotContain(0);
            }
            assertThat(author.get()).isPositive();
        } finally {
            over.set(true);
            readers.shutdownNow();
        }
    }

    private static void update(Call call, AtomicInteger phase) {
        phase.incrementAndGet();
        assertThat(Scene.SERVER.send(alice, call).status()).isEqualTo(200);
        phase.incrementAndGet();
    }

    /** How often the nurse saw the document, and how often not; in a phase that did not end meanwhile there is no doubt. */
    private static int[] watch(Reading reading, AtomicInteger phase, AtomicBoolean over) {
        int[] seen = new int[2];
        while (!over.get()) {
            int before = phase.get();
            boolean shows = reading.shows(nurse);
            if (phase.get() == before && before % 2 == 0) {
                assertThat(shows).isEqualTo(before % PHASES != MASKED);
            }
            seen[shows ? 0 : 1]++;
        }
        return seen;
    }

    private static int alwaysShown(List<Reading> readings, AtomicBoolean over) {
        int reads = 0;
        while (!over.get()) {
            assertThat(readings).allMatch(reading -> reading.shows(martin));
            reads++;
        }
        return reads;
    }

    @Channel(72)
    @Test
    void lotGoesWithTheLastOfItsDocumentsWhenTheyAreMaskedAtOnce() throws Exception {
        Document first = document();
        Bundle lot = lot(ALICE, first);
        Bundle second = lot(ALICE, document());
        Scene.set(lot).addEntry(Scene.set(second).getEntryFirstRep());
        second.getEntry().stream().skip(1).forEach(lot::addEntry);
        List<String> created = Scene.post(martin, lot).createdInTransaction().toList();
        Reading found = readings(first, lot, created).get(3);
        List<String> documents = List.of(created.get(1), created.get(3));
        for (int round = 0; round < ROUNDS; round++) {
            assertDone(AtOnce.answers(2, i -> Scene.SERVER.send(alice, Choices.masking(documents.get(i)))));
            assertThat(found.shows(nurse)).as("round " + round).isFalse();
            assertDone(AtOnce.answers(2, i -> Scene.SERVER.send(alice, Choices.unmasking(documents.get(i)))));
            assertThat(found.shows(nurse)).as("round " + round).isTrue();
        }
        assertEqualResources(List.of(created.get(0)));
    }

    @Channel(72)
    @Test
    void lotThatListsADocumentWhileItIsMaskedShowsItNot() throws Exception {
        List<String> lots = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String old = Scene.published(ALICE, document());
            Bundle lot = Scene.edited(
                    lot(ALICE, document()),
                    d -> d.addSecurityLabel(
                            new CodeableConcept(new Coding(Visibility.SYSTEM, Visibility.MASQUE_PS.name(), null))));
            Scene.set(lot).addEntry().setItem(new Reference(old));
            List<Answer> answers = AtOnce.answers(
                    2, i -> i == 0 ? Scene.post(martin, lot) : Scene.SERVER.send(alice, Choices.masking(old)));
            assertDone(answers);
            lots.add(answers.get(0).createdInTransaction().findFirst().orElseThrow());
        }
        assertEqualResources(lots);
    }

    private static void assertDone(List<Answer> answers) {
        assertThat(answers.stream().map(Answer::status)).containsOnly(200);
    }

    private static void assertEqualResources(List<String> references) {
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContainAnyElementsOf(
                        references.stream().map(r -> r.replaceAll(".*/", "")).toList());
    }
}
