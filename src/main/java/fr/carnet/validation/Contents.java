package fr.carnet.validation;

import fr.carnet.shared.Digest;
import fr.carnet.validation.Entries.Entry;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Puts each DocumentReference together with its content, a Binary or a FHIR document, and compares what is said of the bytes
 * with the bytes.
 *
 * <p>Nothing is ever fetched: an {@code attachment.url} that is no entry of the Bundle is refused.
 */
final class Contents {

    private static final String URL_RULE = "constr-bind-attachmenturl";

    private final Map<String, Entry<? extends Resource>> byFullUrl = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();
    private final int maxBytes;
    private final Findings findings;

    Contents(Entries entries, int maxBytes, Findings findings) {
        this.maxBytes = maxBytes;
        this.findings = findings;
        entries.binaries().forEach(b -> byFullUrl.putIfAbsent(b.fullUrl(), b));
        entries.fhirDocuments().forEach(b -> byFullUrl.putIfAbsent(b.fullUrl(), b));
    }

    /**
     * What a DocumentReference describes.
     *
     * @param index entry of it
     * @param binary its bytes
     * @param fhirDocument the FHIR document that the bytes encode
     */
    record Content(int index, Binary binary, Optional<Bundle> fhirDocument) {}

    /** True if the content of the metadata is a FHIR document. */
    boolean isFhirDocument(DocumentReference document) {
        if (!document.hasContent()) {
            return false;
        }
        String url = document.getContentFirstRep().getAttachment().getUrl();
        return byFullUrl.containsKey(url) && byFullUrl.get(url).resource() instanceof Bundle;
    }

    /** The document of the metadata; empty, with a finding, when it cannot be told. */
    Optional<Content> of(Entry<DocumentReference> entry) {
        if (entry.resource().getContent().size() != 1) {
            return Optional.empty();
        }
        Attachment attachment = entry.resource().getContentFirstRep().getAttachment();
        String path = entry.path() + ".content[0].attachment";
        if (!attachment.hasUrl()) {
            return Optional.empty();
        }
        Entry<? extends Resource> found = byFullUrl.get(attachment.getUrl());
        if (found == null) {
            unresolved(attachment, path);
            return Optional.empty();
        }
        if (!used.add(found.index())) {
            findings.error(path + ".url", URL_RULE, "binary-used-twice");
        }
        return found.resource() instanceof Bundle document
                ? fhirDocument(attachment, document, found.index(), path)
                : binary(attachment, (Binary) found.resource(), found, path);
    }

    /** Reports the contents that no metadata names. */
    void reportUnused() {
        byFullUrl.values().stream()
                .filter(content -> !used.contains(content.index()))
                .sorted((one, other) -> Integer.compare(one.index(), other.index()))
                .forEach(content -> findings.error(content.path(), "XDSMissingDocumentMetadata", "binary-orphan"));
    }

    /** MHD announces by size and hash what a server would have to fetch or to make later. */
    private void unresolved(Attachment attachment, String path) {
        String url = attachment.getUrl();
        boolean delayed = attachment.hasSize() && attachment.getSize() == 0;
        boolean elsewhere = url.contains("://") || url.startsWith("//");
        if (delayed) {
            findings.error(path, URL_RULE, "delayed-assembly-refused");
        } else if (elsewhere && !attachment.hasSize() && !attachment.hasHash()) {
            findings.error(path, URL_RULE, "on-demand-refused");
        } else if (elsewhere) {
            findings.error(path + ".url", URL_RULE, "attachment-url-outside");
        } else {
            findings.error(path + ".url", "XDSMissingDocument", "document-missing");
        }
    }

    private Optional<Content> fhirDocument(Attachment attachment, Bundle document, int index, String path) {
        String stated = attachment.hasContentType() ? attachment.getContentType() : "";
        Optional<byte[]> bytes = FhirDocuments.bytes(document, stated);
        if (bytes.isEmpty()) {
            findings.error(path + ".contentType", URL_RULE, "fhir-document-content-type", stated);
            return Optional.empty();
        }
        if (isTooLarge(bytes.get(), "Bundle.entry[" + index + "].resource")) {
            return Optional.empty();
        }
        boolean measured = (attachment.hasSize() && attachment.getSize() != bytes.get().length)
                || (attachment.hasHash() && !Arrays.equals(attachment.getHash(), Digest.SHA_1.of(bytes.get())));
        if (measured) {
            findings.warn(path, "fhir-document", "fhir-document-measured");
        }
        Binary binary = new Binary().setContentType(stated).setData(bytes.get());
        return Optional.of(new Content(index, binary, Optional.of(document)));
    }

    private Optional<Content> binary(Attachment attachment, Binary binary, Entry<?> entry, String path) {
        byte[] bytes = binary.getData();
        if (bytes == null || bytes.length == 0) {
            findings.error(entry.path() + ".data", "XDSMissingDocument", "document-empty");
            return Optional.empty();
        }
        if (isTooLarge(bytes, entry.path() + ".data")) {
            return Optional.empty();
        }
        mediaType(attachment, binary, path);
        if (attachment.hasContentType()) {
            MediaKind.check(entry.path() + ".data", attachment.getContentType(), bytes, findings);
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
        return Optional.of(new Content(entry.index(), binary, Optional.empty()));
    }

    private boolean isTooLarge(byte[] bytes, String path) {
        if (bytes.length > maxBytes) {
            findings.error(
                    path, "limits", "document-too-large", Integer.toString(bytes.length), Integer.toString(maxBytes));
        }
        return bytes.length > maxBytes;
    }

    private void mediaType(Attachment attachment, Binary binary, String path) {
        String stated = attachment.hasContentType() ? attachment.getContentType() : "";
        String sent = binary.hasContentType() ? binary.getContentType() : "";
        if (!MediaTypes.bare(stated).equalsIgnoreCase(MediaTypes.bare(sent))) {
            findings.error(path + ".contentType", URL_RULE, "content-type-differs", stated, sent);
        }
    }

    private void hash(Attachment attachment, byte[] bytes, String path) {
        if (!attachment.hasHash()) {
            return;
        }
        byte[] computed = Digest.SHA_1.of(bytes);
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
}
