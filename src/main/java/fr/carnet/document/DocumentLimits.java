package fr.carnet.document;

import fr.carnet.validation.SubmissionLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is taken of documents; told in the CapabilityStatement. A request carries a document in base64, a third larger: {@code
 * carnet.door.max-body} has to leave room for it.
 *
 * @param maxSize raw bytes of one document
 * @param maxEntries entries of one lot
 */
@ConfigurationProperties("carnet.documents")
public record DocumentLimits(
        @DefaultValue("20MB") DataSize maxSize,
        @DefaultValue("100") int maxEntries) {

    /** @throws IllegalArgumentException if nothing would be taken, or more than fits in memory */
    public DocumentLimits {
        if (maxSize.toBytes() < 1 || maxSize.toBytes() > Integer.MAX_VALUE || maxEntries < 1) {
            throw new IllegalArgumentException(
                    "carnet.documents.max-size and max-entries must be positive, below 2 GB");
        }
    }

    SubmissionLimits submission(boolean labelsTogether) {
        return new SubmissionLimits(maxEntries, (int) maxSize.toBytes(), labelsTogether);
    }
}
