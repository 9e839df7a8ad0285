package fr.carnet.messaging.notice;

import fr.carnet.messaging.notice.Preference.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody is told at once.
 *
 * @param id from which its Message-ID follows
 * @param patient FHIR id of the patient of whose record it tells
 * @param professional idNat_PS of whom it is for; empty: the holder
 * @param sentences what it says
 * @param channel how it leaves
 * @param made when it was made
 */
record Notice(
        UUID id,
        String patient,
        Optional<String> professional,
        List<Sentence> sentences,
        Channel channel,
        Instant made) {

    Notice {
        Objects.requireNonNull(id);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(professional);
        sentences = List.copyOf(sentences);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(made);
    }

    boolean isUrgent() {
        return sentences.contains(Sentence.EMERGENCY) || sentences.contains(Sentence.PATIENT_IN_EMERGENCY);
    }

    boolean isPrompt() {
        return sentences.stream().anyMatch(Sentence::isPrompt);
    }

    /** Personal data stays out of logs: the id only. */
    @Override
    public String toString() {
        return "Notice[" + id + "]";
    }
}
