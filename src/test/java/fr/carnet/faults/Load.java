package fr.carnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.Site.Sent;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Some publish without pause, in turn on every node that is there, and read what they published. */
final class Load {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Site site;
    private final Person person;
    private final List<Node> nodes;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final ExecutorService people;
    private volatile boolean over;

    Load(Site site, List<Node> nodes, int publishers, Person person) {
        this.site = site;
        this.nodes = new CopyOnWriteArrayList<>(nodes);
        this.person = person;
        people = Executors.newFixedThreadPool(publishers);
        for (int i = 0; i < publishers; i++) {
            int which = i;
            people.execute(() -> publish(which));
        }
    }

    private void publish(int which) {
        for (int round = which; !over && !nodes.isEmpty(); round++) {
            List<Node> there = List.copyOf(nodes);
            if (!there.isEmpty()) {
                Node node = there.get(round % there.size());
                Sent one = site.publish(node, person);
                sent.add(one);
                if (one.answer().isEmpty()) {
                    // a client whose connection failed goes elsewhere
                    without(node);
                } else if (round % 4 == 0) {
                    search(node);
                }
            }
        }
    }

    private void search(Node node) {
        Optional<Answer> found = node.trySend(
                site.issuer.martin(),
                Call.get("DocumentReference?_count=5&patient.identifier="
                        + Call.escaped(person.ins().token())));
        found.filter(answer -> answer.status() < 500)
                .ifPresent(answer -> assertThat(answer.total()).isPositive());
    }

    /** Nobody goes there any more. */
    void without(Node node) {
        nodes.remove(node);
    }

    /** Everything that was sent so far. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    int acknowledged() {
        return (int) sent.stream().filter(Sent::isAcknowledged).count();
    }

    void awaitAcknowledged(int number) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (acknowledged() < number) {
            assertThat(Instant.now()).as("%d publications", number).isBefore(latest);
            Thread.sleep(20);
        }
    }

    /** Waits for what is under way. */
    void end() throws InterruptedException {
        over = true;
        people.shutdown();
        assertThat(people.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }
}
