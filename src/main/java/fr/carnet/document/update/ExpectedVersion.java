package fr.carnet.document.update;

import fr.carnet.shared.Fault;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DocumentReference;

/**
 * What {@code If-Match} says (RFC 9110, weak tags as FHIR writes them): {@code W/"3"}, several, or {@code *} for any.
 *
 * @param versions as numbers in text
 */
record ExpectedVersion(Set<String> versions) {

    private static final String ANY = "*";

    /** Reads the header; empty if there is none. */
    static Optional<ExpectedVersion> of(String header) {
        return Optional.ofNullable(header)
                .map(tags -> Arrays.stream(tags.split(",", -1))
                        .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
                        .collect(Collectors.toSet()))
                .map(ExpectedVersion::new);
    }

    /** @throws Fault 412 if the document has another version */
    void require(DocumentReference document) {
        if (!versions.contains(ANY)
                && !versions.contains(document.getIdElement().getVersionIdPart())) {
            throw Fault.of(412, "version-mismatch");
        }
    }
}
