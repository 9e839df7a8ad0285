package fr.carnet.fulltext.elastic;

import fr.carnet.fulltext.IndexEntry;
import java.util.List;

/**
 * An entry as Elasticsearch stores it; its id is that of the document, its version that of the resource.
 *
 * @param patient FHIR id
 * @param keys who may see the document
 * @param date milliseconds since 1970
 * @param title of the document
 * @param labels of its sections and codes
 * @param body its text
 */
record StoredText(String patient, List<String> keys, long date, String title, String labels, String body) {

    static StoredText of(IndexEntry entry) {
        return new StoredText(
                entry.patient(),
                List.copyOf(entry.keys()),
                entry.date().toEpochMilli(),
                entry.title(),
                entry.labels(),
                entry.body());
    }
}
