package fr.carnet.messaging.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;

/**
 * A message that may be written.
 *
 * @param fromPatient true when it comes from the patient's side
 * @param sender who wrote it, on the patient's side; the party's reference otherwise
 * @param text plain text
 * @param enclosures files, looked at
 * @param answers id of the message that it answers; empty for a first one
 * @param sent when
 */
public record Post(
        boolean fromPatient,
        Optional<Reference> sender,
        String text,
        List<Enclosure> enclosures,
        Optional<String> answers,
        Instant sent) {

    /** @throws NullPointerException if a component is missing */
    public Post {
        Objects.requireNonNull(sender);
        Objects.requireNonNull(text);
        enclosures = List.copyOf(enclosures);
        Objects.requireNonNull(answers);
        Objects.requireNonNull(sent);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Post[" + enclosures.size() + " enclosures]";
    }
}
