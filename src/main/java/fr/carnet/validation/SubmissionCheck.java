package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import fr.carnet.validation.Submission.Folder;
import fr.carnet.validation.Submission.Supersession;
import fr.carnet.validation.Submission.Update;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Checks an ITI-65 Bundle against MHD, PDSm and the rules that need no store, and reads it into a {@link Submission}.
 *
 * <p>Every finding is reported at once. A resource is held to PDSm when it or the Bundle claims a PDSm profile, else to MHD
 * Comprehensive. Stateless: one instance serves all threads. What needs the store (the patient, uniqueIds already there,
 * replaced documents) and who may deposit is not asked here.
 */
public final class SubmissionCheck {

    private static final String RULE = "mhd-provide-bundle";

    private final CodeTables tables;
    private final SubmissionLimits limits;
    private final ProfileRules profiles;

    /** Checks by our own rules only, without profiles. */
    public SubmissionCheck(CodeTables tables, SubmissionLimits limits) {
        this(tables, limits, ProfileRules.none());
    }

    /** Checks with these tables, limits and profiles. */
    public SubmissionCheck(CodeTables tables, SubmissionLimits limits, ProfileRules profiles) {
        this.tables = tables;
        this.limits = limits;
        this.profiles = profiles;
    }

    /** Checks a parsed Bundle as written; never throws for bad input. */
    public SubmissionReport check(Bundle bundle) {
        return check(bundle, Level.STRICT);
    }

    /** Checks a parsed Bundle; never throws for bad input. */
    public SubmissionReport check(Bundle bundle, Level level) {
        Findings findings = new Findings(level);
        if (bundle.getEntry().size() > limits.maxEntries()) {
            findings.error(
                    "Bundle.entry",
                    "limits",
                    "too-many-entries",
                    Integer.toString(bundle.getEntry().size()),
                    Integer.toString(limits.maxEntries()));
            return new SubmissionReport(findings.list(), Set.of(), List.of(), Optional.empty());
        }
        envelope(bundle, findings);
        return check(bundle, Form.ofBundle(bundle), findings, () -> {});
    }

    /** Holds a resource to FHIR and to profiles, beside those that it claims. */
    void holdTo(Set<String> wanted, Resource resource, String path, Findings findings) {
        profiles.check(resource, path, wanted, findings);
    }

    /**
     * The same for a Bundle that was made of an ITI-105 DocumentReference.
     *
     * @param asSent holds what was sent to its profiles, after our own rules
     */
    SubmissionReport check(Bundle bundle, Form form, Findings findings, Runnable asSent) {
        Entries entries = new Entries(bundle, findings);
        Findings excess = new Findings();
        Bulk.check(entries, excess);
        if (excess.hasErrors()) {
            return new SubmissionReport(excess.list(), Set.of(), List.of(), Optional.empty());
        }
        return new Pass(form, entries, findings, asSent).report();
    }

    private static void envelope(Bundle bundle, Findings findings) {
        if (bundle.getType() != BundleType.TRANSACTION) {
            String found = bundle.hasType() ? bundle.getType().toCode() : "-";
            findings.error("Bundle.type", RULE, "value-unexpected", "Bundle.type", found, "transaction");
        }
        if (!ClaimedProfiles.claimsProvideBundle(bundle)) {
            findings.error("Bundle.meta.profile", RULE, "bundle-profile-missing");
        }
    }

    /** One check of one Bundle. */
    private final class Pass {

        private final Form form;
        private final Entries entries;
        private final Findings findings;
        private final Subjects subjects;
        private final Contents contents;
        private final Runnable asSent;

        Pass(Form form, Entries entries, Findings findings, Runnable asSent) {
            this.form = form;
            this.entries = entries;
            this.findings = findings;
            this.subjects = new Subjects(findings);
            this.contents = new Contents(entries, limits.maxDocumentBytes(), findings);
            this.asSent = asSent;
        }

        SubmissionReport report() {
            checkSets();
            entries.fhirDocuments().forEach(new FhirDocuments(findings)::check);
            List<SubmittedDocument> documents = entries.documents().stream()
                    .flatMap(d -> document(d).stream())
                    .toList();
            entries.folders().forEach(this::checkFolder);
            new LotRelations(documents, findings).check();
            contents.reportUnused();
            if (entries.documents().isEmpty()
                    && entries.folders().isEmpty()
                    && !entries.sets().isEmpty()) {
                findings.error("Bundle.entry", RULE, "nothing-published");
            }
            new UniqueIds(findings).check(entries);
            subjects.reportDifferent();
            List<Supersession> supersessions = new Supersessions(findings).check(entries);
            asSent.run();
            Optional<Submission> submission =
                    findings.hasErrors() ? Optional.empty() : Optional.of(submission(documents, supersessions));
            return new SubmissionReport(findings.list(), subjects.references(), documents, submission);
        }

        private void checkSets() {
            int count = entries.sets().size();
            if (count != 1) {
                findings.error("Bundle.entry", RULE, "one-submission-set", Integer.toString(count));
            }
            SubmissionSetRules rules = new SubmissionSetRules(tables, entries, findings);
            for (Entry<ListResource> set : entries.sets()) {
                Form own = form.heldTo(set.resource());
                rules.check(set, own);
                profile(set, own, ProfileUris.SUBMISSION_SET);
                subjects.read(set.path(), set.resource().getSubject());
            }
        }

        private void checkFolder(Entry<ListResource> folder) {
            Form own = form.heldTo(folder.resource());
            new FolderRules(entries, findings).check(folder, own);
            profile(folder, own, ProfileUris.FOLDER);
            subjects.read(folder.path(), folder.resource().getSubject());
        }

        /** What was made of a simplified publication claims a profile that it was held to as it was sent. */
        private void profile(Entry<? extends Resource> entry, Form own, String pdsmProfile) {
            if (!own.isSimplified()) {
                holdTo(own.isPdsm() ? Set.of(pdsmProfile) : Set.of(), entry.resource(), entry.path(), findings);
            }
        }

        /** MHD leaves size and hash out of a FHIR document, PDSm asks for them: they are the server's to say. */
        private static Entry<DocumentReference> measured(Entry<DocumentReference> entry) {
            DocumentReference document = entry.resource().copy();
            Attachment attachment = document.getContentFirstRep().getAttachment();
            if (!attachment.hasSize()) {
                attachment.setSize(0);
            }
            if (!attachment.hasHash()) {
                attachment.setHash(new byte[] {0});
            }
            return new Entry<>(entry.index(), entry.fullUrl(), entry.url(), document);
        }

        private Optional<SubmittedDocument> document(Entry<DocumentReference> entry) {
            Form own = form.heldTo(entry.resource());
            boolean fhirDocument = contents.isFhirDocument(entry.resource());
            new DocumentRules(tables, findings).check(entry, own, fhirDocument);
            new LabelRules(limits.maskedAndInvisibleTogether(), findings).check(entry);
            new RelationRules(findings).check(entry, own);
            profile(fhirDocument ? measured(entry) : entry, own, ProfileUris.DOCUMENT_REFERENCE);
            subjects.read(entry.path(), entry.resource().getSubject());
            PatientTraits traits = subjects.readSource(entry, own);
            return contents.of(entry)
                    .map(content -> new SubmittedDocument(
                            entry.index(),
                            content.index(),
                            entry.fullUrl(),
                            entry.resource(),
                            content.binary(),
                            content.fhirDocument(),
                            traits));
        }

        private Folder folder(Entry<ListResource> entry) {
            Optional<Update> update = Optional.ofNullable(entries.updates().get(entry.index()))
                    .map(u -> new Update(u.id(), UniqueIds.value(entry.resource()), u.version()));
            return new Folder(entry.index(), entry.fullUrl(), entry.resource(), update);
        }

        private Submission submission(List<SubmittedDocument> documents, List<Supersession> supersessions) {
            Entry<ListResource> set = entries.sets().get(0);
            return new Submission(
                    set.resource(),
                    set.index(),
                    UniqueIds.of(set.resource()),
                    subjects.references(),
                    documents,
                    entries.folders().stream().map(this::folder).toList(),
                    supersessions,
                    entries.indexByFullUrl());
        }
    }
}
