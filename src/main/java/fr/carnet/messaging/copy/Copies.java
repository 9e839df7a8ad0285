package fr.carnet.messaging.copy;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.ContentStore;
import fr.carnet.document.Registry;
import fr.carnet.outbox.Outbox;
import fr.carnet.outbox.Parcel;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.CodeSystems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Copies that are owed, and what they are of when they leave. Takes part in the transaction of whoever asks. */
@Component
public class Copies {

    private static final String PATIENT = "Patient/";

    private final Outbox outbox;
    private final PatientRecords records;
    private final Registry registry;
    private final ContentStore contents;

    Copies(Outbox outbox, PatientRecords records, Registry registry, ContentStore contents) {
        this.outbox = outbox;
        this.records = records;
        this.registry = registry;
        this.contents = contents;
    }

    /** Keeps a copy that is owed of a document that is being deposited. */
    public void owe(CopyRecipient recipient, String patient, Copy copy, Instant now) {
        outbox.add(recipient.channel(), PATIENT + patient, copy.payload(), now, now);
    }

    /** What is about to leave, as it is now; empty once record or document are gone. */
    public Optional<Leaving> leaving(Parcel parcel) {
        Copy copy = Copy.of(parcel.payload());
        String id = parcel.subject().substring(PATIENT.length());
        return records.byId(id, copy.depositor()).flatMap(patient -> Optional.ofNullable(
                        registry.facts(Set.of(copy.document())).get(copy.document()))
                .map(facts -> new Leaving(copy, patient, facts, title(copy), uniqueId(copy))));
    }

    private Optional<String> uniqueId(Copy copy) {
        return Optional.ofNullable(registry.uniqueIds(Set.of(copy.document())).get(copy.document()))
                .filter(value -> value.startsWith("urn:"))
                .map(value -> CodeSystems.URI + "|" + value);
    }

    private String title(Copy copy) {
        return registry.titles(Set.of(copy.document())).getOrDefault(copy.document(), "");
    }

    /** The content of a copy; empty if it is gone. */
    public Optional<Content> content(Copy copy) {
        return contents.open(copy.content()).map(stored -> {
            try (InputStream bytes = stored.bytes()) {
                return new Content(stored.mediaType(), bytes.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("content not read", e);
            }
        });
    }

    /**
     * A copy that is about to leave.
     *
     * @param copy as it was asked for
     * @param patient facts of the record, as of now
     * @param document facts of the document, as of now
     * @param title of the document; may be empty
     * @param uniqueId {@code system|value}; empty where its metadata do not say the system
     */
    public record Leaving(
            Copy copy, PatientFacts patient, DocumentFacts document, String title, Optional<String> uniqueId) {

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Leaving[" + copy + "]";
        }
    }

    /** Media type and bytes of a document. */
    public static final class Content {

        private final String mediaType;
        private final byte[] bytes;

        Content(String mediaType, byte[] bytes) {
            this.mediaType = mediaType;
            this.bytes = bytes.clone();
        }

        /** As deposited. */
        public String mediaType() {
            return mediaType;
        }

        /** A copy of the raw bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }
}
