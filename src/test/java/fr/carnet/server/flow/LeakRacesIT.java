package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.token;
import static fr.carnet.server.flow.Scene.worded;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What hides a document holds from its acknowledgement on, for every read that starts after it. */
class LeakRacesIT {

    private static final int READERS = 50;
    private static final int ROUNDS = 2;
    private static final int READS_AFTER = 2;

    private static String consent;
    private static String ofMartin;
    private static String alice;
    private static String martin;
    private static String nurse;

    @BeforeAll
    static void people() {
        consent = Scene.authorise("nurse-petit", Scene.NURSE_PETIT, ALICE);
        ofMartin = Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        alice = token("alice", ALICE);
        martin = token("dr-martin", ALICE);
        nurse = token("nurse-petit", ALICE);
    }

    @AfterAll
    static void leave() {
        Scene.SERVER.send(nurse, Choices.ending(consent));
        Scene.SERVER.send(martin, Choices.ending(ofMartin));
    }

    private static List<Call> reads(Person patient, List<String> created) {
        String id = created.get(1).substring(created.get(1).indexOf('/') + 1);
        return List.of(
                Call.get("DocumentReference?_id=" + id + "&" + Scene.of(patient)),
                Call.get("DocumentReference?_summary=count&_id=" + id + "&" + Scene.of(patient)),
                Call.get("DocumentReference?text=ornithorynque&_id=" + id + "&" + Scene.of(patient)),
                Call.get("DocumentReference?text=ornitho*&_summary=count&_id=" + id + "&" + Scene.of(patient)),
                Call.get(created.get(1)),
                Call.get(created.get(0)),
                Call.get(created.get(2), "application/pdf"));
    }

    private static boolean shows(String token, Call call) {
        Answer answer = Scene.SERVER.send(token, call);
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isIn(200, 403, 404);
        return answer.status() == 200 && answer.total() != 0;
    }

    @FaultTest(30)
    @Channel(72)
    @Test
    void noReadThatStartsAfterTheMaskShowsTheDocument() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> created = published(ALICE);
            hides(nurse, reads(ALICE, created), () -> Scene.SERVER.send(alice, Choices.masking(created.get(1))));
            assertThat(reads(ALICE, created)).allMatch(call -> shows(martin, call));
        }
        FaultReport.tell(
                30,
                "a mask while " + READERS + " read",
                ROUNDS * READERS * READS_AFTER,
                "reads that started after its acknowledgement",
                "none shows it");
    }

    @Channel({36, 72})
    @Test
    void noReadThatStartsAfterTheConsentHasEndedShowsTheDocument() throws Exception {
        Person patient = Scene.patient();
        String physio = token("physio", patient);
        List<String> created = published(patient);
        for (int round = 0; round < ROUNDS; round++) {
            String given = Scene.authorise("physio", Characters.idNatPs("physio"), patient);
            hides(physio, reads(patient, created), () -> Scene.SERVER.send(physio, Choices.ending(given)));
        }
    }

    @Channel({36, 72})
    @Test
    void noReadThatStartsAfterTheBlockShowsTheDocument() throws Exception {
        List<String> created = published(ALICE);
        for (int round = 0; round < ROUNDS; round++) {
            var block = new AtomicReference<String>();
            hides(nurse, reads(ALICE, created), () -> {
                Answer blocked = Scene.SERVER.send(alice, Choices.block(ALICE, Scene.NURSE_PETIT));
                block.set(blocked.created().orElseThrow());
                return blocked;
            });
            Scene.SERVER.send(alice, Choices.ending(block.get()));
        }
    }

    @Channel(72)
    @Test
    void noReadThatStartsAfterTheDeletionShowsTheDocument() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> created = published(ALICE);
            hides(nurse, reads(ALICE, created), () -> Scene.SERVER.send(martin, Choices.deletion(created.get(1))));
        }
    }

    private static List<String> published(Person patient) {
        List<String> created = post(
                        token("dr-martin", patient), lot(patient, worded(Scene.CONSULTATION, "Un ornithorynque.")))
                .createdInTransaction()
                .toList();
        Scene.indexed();
        return created;
    }

    private interface Hiding {
        Answer send();
    }

    /** Fifty read without pause while one hides; who starts after the acknowledgement sees nothing. */
    private static void hides(String reader, List<Call> reads, Hiding hiding) throws Exception {
        assertThat(reads).allMatch(call -> shows(reader, call));
        var acknowledged = new AtomicBoolean();
        var warm = new CountDownLatch(READERS);
        List<Integer> leaks = AtOnce.answers(READERS + 1, i -> {
            if (i == READERS) {
                warm.await();
                Answer done = hiding.send();
                acknowledged.set(true);
                assertThat(done.status()).as(done.sentence()).isIn(200, 201);
                return 0;
            }
            int after = 0;
            int leaked = 0;
            for (int n = 0; after < READS_AFTER; n++) {
                boolean startsAfter = acknowledged.get();
                boolean shown = shows(reader, reads.get((i + n) % reads.size()));
                warm.countDown();
                if (startsAfter) {
                    after++;
                    leaked += shown ? 1 : 0;
                }
            }
            return leaked;
        });
        assertThat(leaks).containsOnly(0);
    }

    @FaultTest(31)
    @Channel({59, 72})
    @Test
    void maskReplacementAndDeletionAtOnceEndInOneOrder() throws Exception {
        for (int round = 0; round < 3 * ROUNDS; round++) {
            List<String> old = published(ALICE);
            List<Answer> answers = AtOnce.answers(3, i -> switch (i) {
                case 0 -> Scene.SERVER.send(alice, Choices.masking(old.get(1)));
                case 1 -> post(martin, replacing(old.get(1), lot(ALICE, document())));
                default -> Scene.SERVER.send(martin, Choices.deletion(old.get(1)));
            });
            assertThat(answers.get(0).status()).isIn(200, 404);
            assertThat(answers.get(1).status()).isIn(200, 409, 422);
            assertThat(answers.get(2).status()).isIn(200, 409, 422);
            boolean masked = answers.get(0).status() == 200;
            boolean replaced = answers.get(1).status() == 200;
            boolean deleted = answers.get(2).status() == 200;
            assertThat(replaced && deleted).as("one of them came first").isFalse();
            assertThat(replaced || deleted).as("and it was done").isTrue();
            assertThat(shows(alice, Call.get(old.get(1)))).isEqualTo(!deleted);
            assertThat(shows(nurse, Call.get(old.get(1)))).isEqualTo(!deleted && !masked);
            if (replaced) {
                String fresh = answers.get(1).createdInTransaction().toList().get(1);
                int before = Scene.SERVER
                        .send(alice, Call.get(old.get(1)))
                        .json()
                        .at("/meta/versionId")
                        .asInt();
                assertThat(before).as("nothing is lost").isEqualTo(masked ? 3 : 2);
                boolean inherited = Scene.SERVER
                        .send(alice, Call.get(fresh))
                        .json()
                        .path("securityLabel")
                        .findValuesAsText("code")
                        .contains("MASQUE_PS");
                assertThat(shows(nurse, Call.get(fresh))).isEqualTo(!inherited);
            }
        }
        FaultReport.tell(
                31,
                "mask, replacement and deletion of one document at the same moment",
                3 * ROUNDS,
                "rounds",
                "each ends as if one came after the other");
    }
}
