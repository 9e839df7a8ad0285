package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * The entries of a Bundle, sorted by what they carry (MHD Provide Bundle: the slicing is closed).
 *
 * <p>Taken: one SubmissionSet, folders, DocumentReferences and Binaries by POST, Parameters by PATCH. A Patient is
 * refused whatever the method: identities are registered by the operator only (R8).
 */
final class Entries {

    private static final String RULE = "mhd-provide-bundle";
    private static final Set<String> URL_SCHEMES = Set.of("urn:uuid:", "urn:oid:", "http://", "https://");
    private static final Pattern DOCUMENT_URL = Pattern.compile("DocumentReference/[A-Za-z0-9.-]{1,64}");

    private final Findings findings;
    private final List<Entry<ListResource>> sets = new ArrayList<>();
    private final List<Entry<ListResource>> folders = new ArrayList<>();
    private final List<Entry<DocumentReference>> documents = new ArrayList<>();
    private final List<Entry<Binary>> binaries = new ArrayList<>();
    private final List<Entry<Parameters>> patches = new ArrayList<>();
    private final Map<String, Integer> indexByFullUrl = new HashMap<>();

    /**
     * An entry.
     *
     * @param index place in the Bundle
     * @param fullUrl empty when it has none
     * @param url of its request
     * @param resource what it carries
     */
    record Entry<T extends Resource>(int index, String fullUrl, String url, T resource) {

        String path() {
            return "Bundle.entry[" + index + "].resource";
        }
    }

    Entries(Bundle bundle, Findings findings) {
        this.findings = findings;
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            sort(i, bundle.getEntry().get(i));
        }
    }

    List<Entry<ListResource>> sets() {
        return sets;
    }

    List<Entry<ListResource>> folders() {
        return folders;
    }

    List<Entry<DocumentReference>> documents() {
        return documents;
    }

    List<Entry<Binary>> binaries() {
        return binaries;
    }

    List<Entry<Parameters>> patches() {
        return patches;
    }

    Map<String, Integer> indexByFullUrl() {
        return indexByFullUrl;
    }

    private void sort(int index, BundleEntryComponent entry) {
        String path = "Bundle.entry[" + index + "]";
        String fullUrl = entry.hasFullUrl() ? entry.getFullUrl() : "";
        String url = entry.getRequest().hasUrl() ? entry.getRequest().getUrl() : "";
        Resource resource = entry.getResource();
        if (resource instanceof ListResource list) {
            posted(index, path, entry);
            sortList(new Entry<>(index, fullUrl, url, list));
        } else if (resource instanceof DocumentReference document) {
            posted(index, path, entry);
            documents.add(new Entry<>(index, fullUrl, url, document));
        } else if (resource instanceof Binary binary) {
            posted(index, path, entry);
            binaries.add(new Entry<>(index, fullUrl, url, binary));
        } else if (resource instanceof Parameters parameters) {
            patched(path, entry.getRequest());
            patches.add(new Entry<>(index, fullUrl, url, parameters));
        } else {
            refuse(path, entry);
        }
    }

    private void sortList(Entry<ListResource> list) {
        if (list.resource().getCode().hasCoding(CodeSystems.MHD_LIST_TYPES, "submissionset")) {
            sets.add(list);
        } else if (list.resource().getCode().hasCoding(CodeSystems.MHD_LIST_TYPES, "folder")) {
            folders.add(list);
        } else {
            findings.error(list.path() + ".code", RULE, "list-kind-unknown");
        }
    }

    private void refuse(String path, BundleEntryComponent entry) {
        if (entry.getResource() == null) {
            String method = entry.getRequest().hasMethod()
                    ? entry.getRequest().getMethod().toCode()
                    : "-";
            findings.error(path + ".request.method", RULE, "method-not-allowed", method, "POST, PATCH");
        } else if (entry.getResource() instanceof Patient) {
            findings.error(path + ".resource", RULE, "patient-entry-refused");
        } else if (entry.getResource() instanceof Bundle) {
            findings.error(path + ".resource", "FHIRDocumentNotSupported", "fhir-document-not-supported");
        } else {
            findings.error(
                    path + ".resource",
                    RULE,
                    "entry-not-allowed",
                    entry.getResource().fhirType());
        }
    }

    private void posted(int index, String path, BundleEntryComponent entry) {
        BundleEntryRequestComponent request = entry.getRequest();
        String type = entry.getResource().fhirType();
        method(path, request, HTTPVerb.POST);
        if (!request.hasUrl() || !request.getUrl().equals(type)) {
            url(path, request, type);
        }
        unconditional(path, request);
        fullUrl(index, path, entry);
    }

    private void patched(String path, BundleEntryRequestComponent request) {
        method(path, request, HTTPVerb.PATCH);
        if (!request.hasUrl() || !DOCUMENT_URL.matcher(request.getUrl()).matches()) {
            url(path, request, "DocumentReference/{id}");
        }
        unconditional(path, request);
    }

    private void method(String path, BundleEntryRequestComponent request, HTTPVerb expected) {
        if (request.getMethod() != expected) {
            String found = request.hasMethod() ? request.getMethod().toCode() : "-";
            findings.error(path + ".request.method", RULE, "method-not-allowed", found, expected.toCode());
        }
    }

    private void url(String path, BundleEntryRequestComponent request, String expected) {
        String found = request.hasUrl() ? request.getUrl() : "";
        if (found.contains("$")) {
            findings.error(path + ".request.url", RULE, "operation-refused");
        } else if (found.contains("?")) {
            findings.error(path + ".request.url", RULE, "conditional-refused");
        } else {
            findings.error(path + ".request.url", RULE, "request-url", expected);
        }
    }

    private void unconditional(String path, BundleEntryRequestComponent request) {
        if (request.hasIfNoneExist()
                || request.hasIfMatch()
                || request.hasIfNoneMatch()
                || request.hasIfModifiedSince()) {
            findings.error(path + ".request", RULE, "conditional-refused");
        }
    }

    private void fullUrl(int index, String path, BundleEntryComponent entry) {
        String fullUrl = entry.hasFullUrl() ? entry.getFullUrl() : "";
        if (fullUrl.isEmpty()) {
            findings.error(path + ".fullUrl", RULE, "element-missing", "fullUrl");
        } else if (URL_SCHEMES.stream().noneMatch(fullUrl::startsWith)) {
            findings.error(path + ".fullUrl", RULE, "full-url-invalid");
        } else if (indexByFullUrl.putIfAbsent(fullUrl, index) != null) {
            findings.error(path + ".fullUrl", RULE, "full-url-repeated");
        }
    }
}
