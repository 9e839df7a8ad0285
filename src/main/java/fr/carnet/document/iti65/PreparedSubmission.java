package fr.carnet.document.iti65;

import fr.carnet.document.Deposit;
import fr.carnet.document.iti65.SubmissionTable.Stored;
import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.shared.Digest;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import fr.carnet.validation.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A submission that is ready to be judged, then stored. Made and used within one request; warnings are added to it on the
 * way and told in the answer.
 */
public final class PreparedSubmission {

    private static final String KEY = PreparedSubmission.class.getName();

    private static final String ENTRY = "Bundle.entry[";

    private final Submission submission;
    private final String patient;
    private final Deposit deposit;
    private final List<PreparedDocument> documents;
    private final List<PreparedFolder> folders;
    private final Optional<Stored> earlier;
    private final boolean documentAgain;
    private final Map<Integer, List<Issue>> warnings = new HashMap<>();

    /**
     * @param patient FHIR id
     * @param earlier submission with the same uniqueId
     * @param documentAgain its one document was published before, by the same depositor (ITI-105)
     */
    PreparedSubmission(
            Submission submission,
            String patient,
            Deposit deposit,
            List<PreparedDocument> documents,
            List<PreparedFolder> folders,
            Optional<Stored> earlier,
            boolean documentAgain) {
        this.submission = submission;
        this.patient = patient;
        this.deposit = deposit;
        this.documents = List.copyOf(documents);
        this.folders = List.copyOf(folders);
        this.earlier = earlier;
        this.documentAgain = documentAgain;
    }

    /**
     * R124: this very lot was accepted before. What it refers to has changed since, by itself for one: what it replaces is
     * superseded now.
     */
    public boolean isRepetition() {
        return documentAgain || earlier.filter(this::isSame).isPresent();
    }

    /** Same depositor, same documents. */
    boolean isSame(Stored other) {
        return other.depositor().equals(depositor()) && other.digest().equals(digest());
    }

    /** The submission with the same uniqueId that was stored when this one came. */
    Optional<Stored> earlier() {
        return earlier;
    }

    /** What is kept of it, to know it again. */
    Stored stored(String answer) {
        return new Stored(depositor(), digest(), answer);
    }

    private String depositor() {
        Depositor depositor = deposit.depositor();
        return depositor.subject() + "@"
                + depositor.structure().map(StructureId::value).orElse("-");
    }

    /** Digest of what the lot holds: identifier and hash of each document, content of each stored folder. */
    private String digest() {
        String content = Stream.concat(
                        submission.documents().stream()
                                .map(d -> d.reference().getMasterIdentifier().getValue() + " " + d.hash()),
                        submission.folders().stream()
                                .filter(folder -> folder.update().isPresent())
                                .map(PreparedSubmission::told))
                .sorted()
                .collect(Collectors.joining("\n"));
        return Digest.SHA_256.hex(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String told(Submission.Folder folder) {
        return folder.update() + " " + folder.list().getStatus() + " "
                + folder.list().getEntry().stream()
                        .map(entry -> entry.getItem().getReference())
                        .toList();
    }

    /** Folders in the order of the Bundle. */
    public List<PreparedFolder> folders() {
        return folders;
    }

    String patient() {
        return patient;
    }

    Deposit deposit() {
        return deposit;
    }

    /** Documents in the order of the Bundle. */
    public List<PreparedDocument> documents() {
        return documents;
    }

    /** Documents in an order in which each comes after those that it names; there is one, as none leads back to itself. */
    List<PreparedDocument> targetsFirst() {
        Map<String, PreparedDocument> ordered = new LinkedHashMap<>();
        documents.forEach(document -> place(document, ordered));
        return List.copyOf(ordered.values());
    }

    private void place(PreparedDocument document, Map<String, PreparedDocument> ordered) {
        if (!ordered.containsKey(document.fullUrl())) {
            document.siblings()
                    .flatMap(url -> documents.stream().filter(d -> d.fullUrl().equals(url)))
                    .forEach(sibling -> place(sibling, ordered));
            ordered.put(document.fullUrl(), document);
        }
    }

    /** Stored documents and lists that the lot and its folders list, by the FHIRPath of the entry. */
    public Map<String, Reference> listed() {
        Map<String, Reference> listed = new LinkedHashMap<>();
        listed(submission.setIndex(), submission.set(), listed);
        submission.folders().forEach(folder -> listed(folder.index(), folder.list(), listed));
        return listed;
    }

    private void listed(int index, ListResource list, Map<String, Reference> listed) {
        for (int i = 0; i < list.getEntry().size(); i++) {
            Reference item = list.getEntry().get(i).getItem();
            if (!item.getReference().contains(":") && !isUpdated(item.getReference())) {
                listed.put(ENTRY + index + "].resource.entry[" + i + "].item", item);
            }
        }
    }

    /** Whom the lot is meant for beside the record, in the extension of MHD or of PDSm. */
    public List<Reference> recipients() {
        return Stream.of(ProfileUris.INTENDED_RECIPIENT, ProfileUris.PDSM_INTENDED_RECIPIENT)
                .flatMap(url -> submission.set().getExtensionsByUrl(url).stream())
                .map(Extension::getValue)
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    /** What the SubmissionSet contains, to which its references lead. */
    public List<Resource> contained() {
        return submission.set().getContained();
    }

    /** FHIRPath of the SubmissionSet. */
    public String path() {
        return ENTRY + submission.setIndex() + "].resource";
    }

    /** True of a folder of which the lot brings a new version: it is judged as such. */
    private boolean isUpdated(String reference) {
        return folders.stream()
                .flatMap(folder -> folder.submitted().update().stream())
                .flatMap(update -> update.id().stream())
                .anyMatch(id -> reference.equals("List/" + id));
    }

    /**
     * Ids of the stored documents that it replaces or lists, in one order for all: locked in it, no two submissions wait
     * for each other, and no listed document is masked before its list can be found.
     */
    SortedSet<String> touched() {
        SortedSet<String> ids = new TreeSet<>();
        documents.forEach(document -> document.replaces().ifPresent(replaced -> ids.add(replaced.id())));
        listed().values().forEach(item -> ids.add(item.getReferenceElement().getIdPart()));
        return ids;
    }

    /** FHIRPaths of the PATCH entries that supersede a document which no other entry replaces. */
    public List<String> unmatchedPatches() {
        Set<String> replaced = documents.stream()
                .flatMap(document -> document.replaces().stream())
                .map(PreparedDocument.Replaced::id)
                .collect(Collectors.toSet());
        return submission.supersessions().stream()
                .filter(patch -> !replaced.contains(patch.documentId()))
                .map(patch -> ENTRY + patch.index() + "].resource")
                .toList();
    }

    /** Adds a warning to the answer of the entry that its expression names; of the first one if it names none. */
    public void warn(Issue warning) {
        int entry = warning.expression()
                .filter(e -> e.startsWith(ENTRY))
                .map(e -> Integer.parseInt(e.substring(ENTRY.length(), e.indexOf(']'))))
                .orElse(0);
        warnings.computeIfAbsent(entry, e -> new ArrayList<>()).add(warning);
    }

    /** What is accepted although it does not keep its profiles claims none, once it is stored. */
    void unclaimTolerated() {
        documents.stream()
                .filter(document -> tolerates(document.entry()))
                .forEach(document -> unclaim(document.resource()));
        folders.stream()
                .map(PreparedFolder::submitted)
                .filter(folder -> tolerates(folder.index()))
                .forEach(folder -> unclaim(folder.list()));
        if (tolerates(submission.setIndex())) {
            unclaim(submission.set());
        }
    }

    private boolean tolerates(int entry) {
        return warnings(entry).stream()
                .anyMatch(issue -> Received.toleranceOf(issue).isPresent()
                        && issue.expression().filter(e -> e.startsWith(ENTRY)).isPresent());
    }

    private static void unclaim(Resource resource) {
        resource.getMeta().getProfile().clear();
    }

    Submission submission() {
        return submission;
    }

    /** Warnings of all entries. */
    List<Issue> warnings() {
        return warnings.values().stream().flatMap(List::stream).toList();
    }

    List<Issue> warnings(int entry) {
        return warnings.getOrDefault(entry, List.of());
    }

    /** Leaves it with the request, for the provider. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    static PreparedSubmission of(Map<Object, Object> userData) {
        if (userData.get(KEY) instanceof PreparedSubmission prepared) {
            return prepared;
        }
        throw new IllegalStateException("submission was not judged");
    }
}
