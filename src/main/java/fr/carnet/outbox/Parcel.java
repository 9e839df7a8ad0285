package fr.carnet.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An entry of the outbox in the hands of a courier.
 *
 * @param id stays the same from one attempt to the next
 * @param channel who carries it
 * @param subject reference of whom it concerns, e.g. {@code Patient/…}
 * @param payload what the courier asked to be given
 * @param triedFrom from when on its age counts towards giving up
 * @param attempt 1 at the first
 */
public record Parcel(UUID id, String channel, String subject, String payload, Instant triedFrom, int attempt) {

    /** @throws NullPointerException if a component is missing */
    public Parcel {
        Objects.requireNonNull(id);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(payload);
        Objects.requireNonNull(triedFrom);
    }

    /**
     * The Message-ID of RFC 5322, with its brackets: the same at every attempt, so that a receiver tells a repetition.
     *
     * @param domain of the sender
     */
    public String messageId(String domain) {
        return "<" + id + "@" + domain + ">";
    }

    /** Personal data stays out of logs: id and channel only. */
    @Override
    public String toString() {
        return "Parcel[" + channel + " " + id + "]";
    }
}
