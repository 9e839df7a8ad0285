package fr.carnet.fulltext;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * What the index keeps of a document.
 *
 * @param document FHIR id
 * @param version of the resource
 * @param patient FHIR id
 * @param keys who may see it
 * @param date as its metadata tell it
 * @param title as its metadata tell it; empty if it has none
 * @param labels titles of its sections and names of its codes
 * @param body its text
 */
public record IndexEntry(
        String document,
        long version,
        String patient,
        Set<String> keys,
        Instant date,
        String title,
        String labels,
        String body) {

    /** @throws NullPointerException if a component is missing */
    public IndexEntry {
        Objects.requireNonNull(document);
        Objects.requireNonNull(patient);
        keys = Set.copyOf(keys);
        Objects.requireNonNull(date);
        title = storable(title);
        labels = storable(labels);
        body = storable(body);
    }

    /** Without what a database refuses, and without the characters that mark an excerpt. */
    private static String storable(String text) {
        return text.replaceAll("[\u0000\uE000\uE001]", " ");
    }

    /** Its size in characters, about. */
    int size() {
        return title.length() + labels.length() + body.length();
    }
}
