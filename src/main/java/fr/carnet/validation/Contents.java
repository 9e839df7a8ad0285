package fr.carnet.validation;

import fr.carnet.validation.Entries.Entry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;

/**
 * Puts each DocumentReference together with its Binary and compares what is said of the bytes with the bytes.
 *
 * <p>Nothing is ever fetched: an {@code attachment.url} that is no entry of the Bundle is refused.
 */
final class Contents {

    private static final String URL_RULE = "constr-bind-attachmenturl";

    private final Map<String, Entry<Binary>> byFullUrl = new HashMap<>();
    private final List<Entry<Binary>> binaries;
    private final Set<Integer> used = new HashSet<>();
    private final int maxBytes;
    private final Findings findings;

    Contents(List<Entry<Binary>> binaries, int maxBytes, Findings findings) {
        this.binaries = binaries;
        this.maxBytes = maxBytes;
        this.findings = findings;
        binaries.forEach(b -> byFullUrl.putIfAbsent(b.fullUrl(), b));
    }

    /** The document of the metadata; empty, with a finding, when it cannot be told. */
    Optional<Entry<Binary>> of(Entry<DocumentReference> entry) {
        if (entry.resource().getContent().size() != 1) {
            return Optional.empty();
        }
        Attachment attachment = entry.resource().getContentFirstRep().getAttachment();
        String path = entry.path() + ".content[0].attachment";
        if (!attachment.hasUrl()) {
            return Optional.empty();
        }
        Entry<Binary> binary = byFullUrl.get(attachment.getUrl());
        if (binary == null) {
            unresolved(attachment.getUrl(), path + ".url");
            return Optional.empty();
        }
        if (!used.add(binary.index())) {
            findings.error(path + ".url", URL_RULE, "binary-used-twice");
        }
        return compare(attachment, binary, path) ? Optional.of(binary) : Optional.empty();
    }

    /** Reports the Binaries that no metadata names. */
    void reportUnused() {
        for (Entry<Binary> binary : binaries) {
            if (!used.contains(binary.index())) {
                findings.error(binary.path(), "XDSMissingDocumentMetadata", "binary-orphan");
            }
        }
    }

    private void unresolved(String url, String path) {
        boolean elsewhere = url.contains("://") || url.startsWith("//");
        if (elsewhere) {
            findings.error(path, URL_RULE, "attachment-url-outside");
        } else {
            findings.error(path, "XDSMissingDocument", "document-missing");
        }
    }

    private boolean compare(Attachment attachment, Entry<Binary> binary, String path) {
        byte[] bytes = binary.resource().getData();
        if (bytes == null || bytes.length == 0) {
            findings.error(binary.path() + ".data", "XDSMissingDocument", "document-empty");
            return false;
        }
        if (bytes.length > maxBytes) {
            findings.error(
                    binary.path() + ".data",
                    "limits",
                    "document-too-large",
                    Integer.toString(bytes.length),
                    Integer.toString(maxBytes));
            return false;
        }
        mediaType(attachment, binary, path);
        if (attachment.hasContentType()) {
            MediaKind.check(binary.path() + ".data", attachment.getContentType(), bytes, findings);
        }
        if (attachment.hasSize() && attachment.getSize() != bytes.length) {
            findings.error(
                    path + ".size",
                    "XDSNonIdenticalSize",
                    "size-differs",
                    Integer.toString(attachment.getSize()),
                    Integer.toString(bytes.length));
        }
        hash(attachment, bytes, path);
        return true;
    }

    private void mediaType(Attachment attachment, Entry<Binary> binary, String path) {
        String stated = attachment.hasContentType() ? attachment.getContentType() : "";
        String sent = binary.resource().hasContentType() ? binary.resource().getContentType() : "";
        if (!MediaTypes.bare(stated).equalsIgnoreCase(MediaTypes.bare(sent))) {
            findings.error(path + ".contentType", URL_RULE, "content-type-differs", stated, sent);
        }
    }

    private void hash(Attachment attachment, byte[] bytes, String path) {
        if (!attachment.hasHash()) {
            return;
        }
        byte[] computed = sha1(bytes);
        if (!Arrays.equals(attachment.getHash(), computed)) {
            Base64.Encoder base64 = Base64.getEncoder();
            findings.error(
                    path + ".hash",
                    "XDSNonIdenticalHash",
                    "hash-differs",
                    base64.encodeToString(attachment.getHash()),
                    base64.encodeToString(computed));
        }
    }

    /** SHA-1, the hash that FHIR fixes for attachments: it tells an accident, it protects from nobody. */
    static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
