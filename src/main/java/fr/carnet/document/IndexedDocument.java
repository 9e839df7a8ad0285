package fr.carnet.document;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A document as whoever indexes its words takes it from the registry.
 *
 * @param id FHIR id
 * @param version of the resource
 * @param patient FHIR id
 * @param keys who may see it
 * @param title as its metadata tell it
 * @param content id of its content
 * @param date as its metadata tell it
 */
public record IndexedDocument(
        String id,
        long version,
        String patient,
        Set<String> keys,
        Optional<String> title,
        String content,
        Instant date) {}
