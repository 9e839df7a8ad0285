package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import java.util.ArrayDeque;
import java.util.Deque;

/** Authorisations that a test class declares, ended when it closes. */
final class Consents implements AutoCloseable {

    private static final RunningServer SERVER = RunningServer.get();

    private record Declared(String actor, String consent) {}

    private final Deque<Declared> declared = new ArrayDeque<>();

    /** The professional declares that the patient lets him consult. */
    void declare(Person patient, String actor, String idNatPs) {
        Answer answer = SERVER.send(SERVER.token(actor), Choices.authorisation(patient, idNatPs));
        assertThat(answer.status()).as(answer.sentence()).isIn(200, 201);
        declared.push(new Declared(actor, answer.created().orElseThrow()));
    }

    /** Ends the last one. */
    void endLast() {
        Declared last = declared.pop();
        Answer answer = SERVER.send(SERVER.token(last.actor()), Choices.ending(last.consent()));
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(200);
    }

    @Override
    public void close() {
        while (!declared.isEmpty()) {
            endLast();
        }
    }
}
