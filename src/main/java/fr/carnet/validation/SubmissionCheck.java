package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import fr.carnet.validation.Submission.Folder;
import fr.carnet.validation.Submission.Supersession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        Entries entries = new Entries(bundle, findings);
        return new Pass(bundle, entries, findings).report();
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

        private final boolean pdsm;
        private final Entries entries;
        private final Findings findings;
        private final Subjects subjects;
        private final Contents contents;

        Pass(Bundle bundle, Entries entries, Findings findings) {
            this.pdsm = ClaimedProfiles.claimsPdsm(bundle);
            this.entries = entries;
            this.findings = findings;
            this.subjects = new Subjects(findings);
            this.contents = new Contents(entries.binaries(), limits.maxDocumentBytes(), findings);
        }

        SubmissionReport report() {
            checkSets();
            List<SubmittedDocument> documents = entries.documents().stream()
                    .flatMap(d -> document(d).stream())
                    .toList();
            entries.folders().forEach(this::checkFolder);
            new LotRelations(documents, findings).check();
            contents.reportUnused();
            new UniqueIds(findings).check(entries);
            subjects.reportDifferent();
            List<Supersession> supersessions = new Supersessions(findings).check(entries);
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
                boolean asPdsm = pdsm || ClaimedProfiles.claimsPdsm(set.resource());
                rules.check(set, asPdsm);
                profile(set, asPdsm, ProfileUris.SUBMISSION_SET);
                subjects.read(set.path(), set.resource().getSubject());
            }
        }

        private void checkFolder(Entry<ListResource> folder) {
            boolean asPdsm = pdsm || ClaimedProfiles.claimsPdsm(folder.resource());
            new FolderRules(entries, findings).check(folder, asPdsm);
            profile(folder, asPdsm, ProfileUris.FOLDER);
            subjects.read(folder.path(), folder.resource().getSubject());
        }

        private void profile(Entry<? extends Resource> entry, boolean asPdsm, String pdsmProfile) {
            profiles.check(entry.resource(), entry.path(), asPdsm ? Set.of(pdsmProfile) : Set.of(), findings);
        }

        private Optional<SubmittedDocument> document(Entry<DocumentReference> entry) {
            boolean asPdsm = pdsm || ClaimedProfiles.claimsPdsm(entry.resource());
            new DocumentRules(tables, findings).check(entry, asPdsm);
            new LabelRules(limits.maskedAndInvisibleTogether(), findings).check(entry);
            new RelationRules(findings).check(entry);
            profile(entry, asPdsm, ProfileUris.DOCUMENT_REFERENCE);
            subjects.read(entry.path(), entry.resource().getSubject());
            PatientTraits traits = subjects.readSource(entry);
            return contents.of(entry)
                    .map(binary -> new SubmittedDocument(
                            entry.index(),
                            binary.index(),
                            entry.fullUrl(),
                            entry.resource(),
                            binary.resource(),
                            traits));
        }

        private Submission submission(List<SubmittedDocument> documents, List<Supersession> supersessions) {
            Entry<ListResource> set = entries.sets().get(0);
            return new Submission(
                    set.resource(),
                    set.index(),
                    UniqueIds.of(set.resource()),
                    subjects.references(),
                    documents,
                    entries.folders().stream()
                            .map(f -> new Folder(f.index(), f.resource()))
                            .toList(),
                    supersessions,
                    entries.indexByFullUrl());
        }
    }
}
