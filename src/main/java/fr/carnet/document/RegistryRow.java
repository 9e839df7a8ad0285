package fr.carnet.document;

import fr.carnet.policy.DocumentFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One document, lot or folder as it comes back from the registry.
 *
 * @param id FHIR id
 * @param kind what it is
 * @param version of the resource
 * @param patient FHIR id of the patient
 * @param json the resource as it is sent, URLs relative to the base
 * @param facts of a document, for the second decision; empty for lots and folders
 * @param content id of its Binary; empty for lots and folders
 * @param title of a document, for the trace as the reader sees it
 * @param hash SHA-1 of the content, base64, for the trace
 * @param refersTo ids of the documents that a lot lists or a document relates to
 * @param date of the document or list, as its metadata tell it
 * @param position sort keys and id, from where a link to the next page leads on; empty for what is no match of a search
 */
public record RegistryRow(
        String id,
        Kind kind,
        long version,
        String patient,
        String json,
        Optional<DocumentFacts> facts,
        Optional<String> content,
        Optional<String> title,
        Optional<String> hash,
        List<String> refersTo,
        Instant date,
        List<String> position) {

    private static final Pattern LISTED_FOLDER = Pattern.compile("\"reference\":\"List/([A-Za-z0-9.-]{1,64})\"");

    /** {@code DocumentReference/id}. */
    public String reference() {
        return kind.resourceType() + "/" + id;
    }

    /** Ids of the folders that a lot lists. */
    public List<String> folders() {
        return kind == Kind.SUBMISSION_SET
                ? LISTED_FOLDER
                        .matcher(json)
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                : List.of();
    }

    /** True if its content is read as this, e.g. {@code Bundle/id} of a FHIR document. */
    public boolean isReadAs(String contentReference) {
        return json.contains("\"url\":\"" + contentReference + "\"");
    }

    /** What a row stands for. */
    public enum Kind {
        DOCUMENT("D", "DocumentReference"),
        SUBMISSION_SET("S", "List"),
        FOLDER("F", "List");

        private final String code;
        private final String resourceType;

        Kind(String code, String resourceType) {
            this.code = code;
            this.resourceType = resourceType;
        }

        String code() {
            return code;
        }

        /** FHIR type of the resource. */
        public String resourceType() {
            return resourceType;
        }

        static Kind of(String code) {
            return switch (code) {
                case "D" -> DOCUMENT;
                case "S" -> SUBMISSION_SET;
                default -> FOLDER;
            };
        }
    }
}
