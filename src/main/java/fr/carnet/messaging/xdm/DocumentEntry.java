package fr.carnet.messaging.xdm;

import fr.carnet.shared.Ins;
import fr.carnet.validation.Concept;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * XDS metadata of one document (IHE ITI TF-3 4.2.3.2; DocumentEntry).
 *
 * @param uniqueId OID, or {@code root^extension}
 * @param mimeType media type
 * @param hash SHA-1 of the raw bytes, 40 lower-case hexadecimal digits
 * @param size number of raw bytes
 * @param title title, as its reader sees it
 * @param language e.g. {@code fr-FR}
 * @param created to the second
 * @param serviceStart when the documented act began, to the second
 * @param serviceStop when it ended, to the second
 * @param documentClass class (TRE_A03)
 * @param type document type
 * @param format technical format
 * @param facilityType kind of facility
 * @param practiceSetting frame of exercise
 * @param confidentiality N, R or V, and visibility labels
 * @param events documented acts
 * @param patient whom it is about
 * @param authors persons and devices
 */
public record DocumentEntry(
        String uniqueId,
        String mimeType,
        String hash,
        long size,
        String title,
        String language,
        Instant created,
        Optional<Instant> serviceStart,
        Optional<Instant> serviceStop,
        Concept documentClass,
        Concept type,
        Concept format,
        Optional<Concept> facilityType,
        Optional<Concept> practiceSetting,
        List<Concept> confidentiality,
        List<Concept> events,
        Ins patient,
        List<EntryAuthor> authors) {

    /** @throws NullPointerException if a component is missing */
    public DocumentEntry {
        Objects.requireNonNull(uniqueId);
        Objects.requireNonNull(mimeType);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(title);
        Objects.requireNonNull(language);
        Objects.requireNonNull(created);
        Objects.requireNonNull(serviceStart);
        Objects.requireNonNull(serviceStop);
        Objects.requireNonNull(documentClass);
        Objects.requireNonNull(type);
        Objects.requireNonNull(format);
        Objects.requireNonNull(facilityType);
        Objects.requireNonNull(practiceSetting);
        confidentiality = List.copyOf(confidentiality);
        events = List.copyOf(events);
        Objects.requireNonNull(patient);
        authors = List.copyOf(authors);
    }

    /** Personal data stays out of logs: identifier and type only. */
    @Override
    public String toString() {
        return "DocumentEntry[" + uniqueId + " " + type.code() + "]";
    }
}
