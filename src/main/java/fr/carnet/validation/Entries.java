package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
 * <p>Taken: one SubmissionSet, folders, DocumentReferences, Binaries and FHIR documents by POST, folders that are stored
 * already by PUT, Parameters by PATCH. A Patient is refused whatever the method: identities are registered by the operator
 * only (R8), and nothing is read within a submission.
 */
final class Entries {

    private static final String RULE = "mhd-provide-bundle";
    private static final Set<String> URL_SCHEMES = Set.of("urn:uuid:", "urn:oid:", "http://", "https://");
    private static final Pattern DOCUMENT_URL = Pattern.compile("DocumentReference/[A-Za-z0-9.-]{1,64}");
    private static final Pattern LIST_URL = Pattern.compile("List/([A-Za-z0-9.-]{1,64})");
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?(\\d{1,9})\"?");

    private final Findings findings;
    private final List<Entry<ListResource>> sets = new ArrayList<>();
    private final List<Entry<ListResource>> folders = new ArrayList<>();
    private final List<Entry<DocumentReference>> documents = new ArrayList<>();
    private final List<Entry<Binary>> binaries = new ArrayList<>();
    private final List<Entry<Bundle>> fhirDocuments = new ArrayList<>();
    private final List<Entry<Parameters>> patches = new ArrayList<>();
    private final Map<Integer, Update> updates = new HashMap<>();
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

    /**
     * A new version of a stored folder.
     *
     * @param id FHIR id; empty when its uniqueId names it
     * @param version of {@code If-Match}
     */
    record Update(Optional<String> id, Optional<Integer> version) {}

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

    List<Entry<Bundle>> fhirDocuments() {
        return fhirDocuments;
    }

    /** Entries that are new versions of stored folders. */
    Map<Integer, Update> updates() {
        return updates;
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
            sortList(path, entry, new Entry<>(index, fullUrl, url, list));
        } else if (resource instanceof DocumentReference document) {
            posted(index, path, entry);
            documents.add(new Entry<>(index, fullUrl, url, document));
        } else if (resource instanceof Binary binary) {
            posted(index, path, entry);
            binaries.add(new Entry<>(index, fullUrl, url, binary));
        } else if (resource instanceof Bundle document) {
            posted(index, path, entry);
            fhirDocuments.add(new Entry<>(index, fullUrl, url, document));
        } else if (resource instanceof Parameters parameters) {
            patched(path, entry.getRequest());
            patches.add(new Entry<>(index, fullUrl, url, parameters));
        } else {
            refuse(path, entry);
        }
    }

    private void sortList(String path, BundleEntryComponent entry, Entry<ListResource> list) {
        boolean folder = list.resource().getCode().hasCoding(CodeSystems.MHD_LIST_TYPES, "folder");
        if (folder && entry.getRequest().getMethod() == HTTPVerb.PUT) {
            put(path, entry, list);
        } else {
            posted(list.index(), path, entry);
        }
        if (list.resource().getCode().hasCoding(CodeSystems.MHD_LIST_TYPES, "submissionset")) {
            sets.add(list);
        } else if (folder) {
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
            if (entry.getRequest().hasUrl() && entry.getRequest().getUrl().startsWith("Patient")) {
                findings.error(path + ".request", RULE, "patient-entry-refused");
            } else {
                findings.error(path + ".request.method", RULE, "method-not-allowed", method, "POST, PUT, PATCH");
            }
        } else if (entry.getResource() instanceof Patient) {
            findings.error(path + ".resource", RULE, "patient-entry-refused");
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

    /** A stored folder, by its id or, as MHD's example has it, by the uniqueId in the resource. */
    private void put(String path, BundleEntryComponent entry, Entry<ListResource> list) {
        BundleEntryRequestComponent request = entry.getRequest();
        Matcher byId = LIST_URL.matcher(list.url());
        if (!byId.matches() && !list.url().equals("List")) {
            url(path, request, "List/{id}");
            return;
        }
        Optional<Integer> version = version(path, request);
        if (request.hasIfNoneExist() || request.hasIfNoneMatch() || request.hasIfModifiedSince()) {
            findings.error(path + ".request", RULE, "conditional-refused");
        }
        if (!list.fullUrl().isEmpty()) {
            fullUrl(list.index(), path, entry);
        }
        Optional<String> id = byId.matches() ? Optional.of(byId.group(1)) : Optional.empty();
        if (id.isEmpty() && UniqueIds.of(list.resource()).isEmpty()) {
            findings.error(list.path() + ".identifier", RULE, "folder-unnamed");
        }
        updates.put(list.index(), new Update(id, version));
    }

    private Optional<Integer> version(String path, BundleEntryRequestComponent request) {
        if (!request.hasIfMatch()) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(request.getIfMatch());
        if (!version.matches()) {
            findings.error(path + ".request.ifMatch", RULE, "if-match-form");
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(version.group(1)));
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
