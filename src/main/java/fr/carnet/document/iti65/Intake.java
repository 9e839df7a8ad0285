package fr.carnet.document.iti65;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import fr.carnet.document.Deposit;
import fr.carnet.document.DocumentResources;
import fr.carnet.document.Registry;
import fr.carnet.document.ValidationProperties;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import fr.carnet.validation.CdaConsistency;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.FhirDocumentConsistency;
import fr.carnet.validation.Finding;
import fr.carnet.validation.Level;
import fr.carnet.validation.MetadataCompletion;
import fr.carnet.validation.SchematronRules;
import fr.carnet.validation.SimplifiedPublish;
import fr.carnet.validation.Submission;
import fr.carnet.validation.SubmissionCheck;
import fr.carnet.validation.SubmittedDocument;
import fr.carnet.validation.UnreadableCda;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Reads an ITI-65 Bundle or an ITI-105 DocumentReference: everything that can be said of it before anybody decides. Stateless. */
@Component
public class Intake {

    private final ValidationProperties validation;
    private final SubmissionCheck check;
    private final CodeTables tables;
    private final SchematronRules schematrons;
    private final SimplifiedPublish simplified;
    private final MetadataCompletion completion;
    private final Registry registry;
    private final SubmissionTable submissions;
    private final StoredFolders folders;
    private final Timer checks;
    private final Timer schematronChecks;

    Intake(
            ValidationProperties validation,
            SubmissionCheck check,
            CodeTables tables,
            SchematronRules schematrons,
            SimplifiedPublish simplified,
            MetadataCompletion completion,
            Registry registry,
            SubmissionTable submissions,
            StoredFolders folders,
            MeterRegistry meters) {
        this.validation = validation;
        this.check = check;
        this.tables = tables;
        this.schematrons = schematrons;
        this.simplified = simplified;
        this.completion = completion;
        this.registry = registry;
        this.submissions = submissions;
        this.folders = folders;
        this.checks = timer(meters, "submission");
        this.schematronChecks = timer(meters, "schematron");
    }

    private static Timer timer(MeterRegistry meters, String part) {
        return Timer.builder("carnet.validation")
                .description(
                        "Time to check what is published: the submission with its profiles, the schematrons of a document")
                .tag("part", part)
                .register(meters);
    }

    /**
     * Reads and checks the Bundle by itself; never throws for bad input.
     *
     * @param prefer header {@code Prefer} of its sender; may be null
     */
    public Received read(Bundle bundle, String prefer) {
        Level level = validation.levelOf(prefer);
        return new Received(checks.record(() -> check.check(bundle, level)), level, false);
    }

    /**
     * Reads and checks an ITI-105 DocumentReference as the lot of one document that is made of it; never throws for bad input.
     * Findings name elements of the lot, see {@link SimplifiedPublish#expression}.
     *
     * @param at date of the lot
     * @param prefer header {@code Prefer} of its sender; may be null
     */
    public Received read(DocumentReference published, Instant at, String prefer) {
        Level level = validation.levelOf(prefer);
        return new Received(
                checks.record(() -> simplified.check(published, UUID.randomUUID(), at, level)), level, true);
    }

    /** An issue of a lot, as of the DocumentReference of which the lot was made. */
    public static Issue ofPublished(Issue ofLot) {
        return new Issue(
                ofLot.severity(),
                ofLot.code(),
                ofLot.messageKey(),
                ofLot.args(),
                ofLot.expression().map(SimplifiedPublish::expression));
    }

    /**
     * Findings on the documents: CDA headers and traits of the metadata against the registered identity (R8), schematrons.
     *
     * @param known whether the depositor may know of a document: of any other he is told as of one that does not exist
     */
    public List<Issue> compare(Received received, RegisteredIdentity who, Predicate<DocumentFacts> known) {
        List<Finding> findings = new ArrayList<>();
        var link = new ReplacementLink(registry, who.patient(), known);
        boolean again = isKnown(received);
        for (SubmittedDocument document : received.report().documents()) {
            findings.addAll(CdaConsistency.sourcePatient(document, who.matricules(), who.traits()));
            findings.addAll(FhirDocumentConsistency.check(document, who.matricules(), who.traits()));
            if (document.isXml()) {
                findings.addAll(header(document, who, link, again));
            }
        }
        return findings.stream()
                .map(finding -> finding.at(received.level()).toIssue())
                .toList();
    }

    private List<Finding> header(
            SubmittedDocument document, RegisteredIdentity who, ReplacementLink link, boolean again) {
        try {
            CdaHeader header = CdaHeader.read(document.content());
            List<Finding> findings =
                    new ArrayList<>(CdaConsistency.header(tables, document, header, who.matricules(), who.traits()));
            findings.addAll(schematronChecks.record(() -> schematrons.check(document, findings)));
            if (!again) {
                findings.addAll(link.check(document, header));
            }
            return findings;
        } catch (UnreadableCda e) {
            return List.of(CdaConsistency.unreadable(document, e));
        }
    }

    /** A lot of that uniqueId is stored: sent again it gets its first answer, whatever was stored since (R124). */
    private boolean isKnown(Received received) {
        return received.report()
                .submission()
                .flatMap(Submission::uniqueId)
                .flatMap(submissions::find)
                .isPresent();
    }

    /**
     * Prepares a submission without errors for judgement and storage.
     *
     * @param received without errors
     * @param patient FHIR id
     * @param depositor as authenticated
     * @param known whether the depositor may know of a document; no other can be named by identifier
     */
    public PreparedSubmission prepare(
            Received received, String patient, Depositor depositor, Instant now, Predicate<DocumentFacts> known) {
        var submission = received.report().submission().orElseThrow();
        var deposit = new Deposit(depositor, now, false);
        var targets = new Targets(registry, submission, patient, known);
        var prepared = new PreparedSubmission(
                submission,
                patient,
                deposit,
                submission.documents().stream()
                        .map(d -> prepare(d, patient, deposit, targets, received.isSimplified()))
                        .toList(),
                submission.folders().stream()
                        .map(folder ->
                                new PreparedFolder(folder, folder.update().flatMap(folders::find)))
                        .toList(),
                submission.uniqueId().flatMap(submissions::find),
                received.isSimplified() && isSentAgain(submission.documents().get(0), depositor));
        received.issues().forEach(prepared::warn);
        prepared.unclaimTolerated();
        return prepared;
    }

    /** R124: whoever publishes one document does not see the lot that is made of it, so the document is known again. */
    private boolean isSentAgain(SubmittedDocument document, Depositor depositor) {
        String uniqueId = document.reference().getMasterIdentifier().getValue();
        return registry.sent(uniqueId, document.hash(), depositor).isPresent();
    }

    private PreparedDocument prepare(
            SubmittedDocument submitted, String patient, Deposit deposit, Targets targets, boolean simplified) {
        DocumentReference document = submitted.reference();
        String content = UUID.randomUUID().toString();
        clean(document);
        completion.complete(document);
        document.setSubject(new Reference("Patient/" + patient));
        Reference source = document.getContext().getSourcePatientInfo();
        if (!source.isEmpty()
                && !(source.hasReference() && source.getReference().startsWith("#"))) {
            document.getContext().setSourcePatientInfo(document.getSubject().copy());
        }
        if (!document.hasCustodian()) {
            deposit.depositor()
                    .structure()
                    .ifPresent(s -> document.setCustodian(new Reference()
                            .setIdentifier(new Identifier()
                                    .setSystem(fr.carnet.shared.StructureId.SYSTEM)
                                    .setValue(s.value()))));
        }
        // MHD leaves size and hash free; without the hash nobody would know the content again (R123)
        Attachment attachment = document.getContentFirstRep().getAttachment();
        attachment.setUrl((submitted.fhirDocument().isPresent() ? "Bundle/" : "Binary/") + content);
        attachment.setSize(submitted.content().length);
        attachment.getHashElement().setValueAsString(submitted.hash());
        date(document, deposit.at());
        if (simplified) {
            claim(document);
        }
        boolean masksHimself = deposit.depositor().role().equals(Optional.of(ActorCode.HOLDER))
                && DocumentResources.visibility(document).contains(Visibility.MASQUE_PS);
        new Deposit(deposit.depositor(), deposit.at(), masksHimself).writeTo(document);
        Targets.Related related = targets.resolve(submitted);
        return new PreparedDocument(
                submitted.index(),
                submitted.binaryIndex(),
                submitted.fullUrl(),
                document,
                content,
                submitted.binary(),
                related.replaces(),
                related.relations());
    }

    /** MHD leaves date and creation free; the DMP takes them for one instant. */
    private static void date(DocumentReference document, Instant received) {
        Attachment attachment = document.getContentFirstRep().getAttachment();
        if (!document.hasDate()) {
            document.setDate(attachment.hasCreation() ? attachment.getCreation() : Date.from(received));
        }
        if (!attachment.hasCreation()) {
            attachment.setCreationElement(new DateTimeType(document.getDate(), TemporalPrecisionEnum.MILLI));
        }
    }

    /** With the document beside it, it is no simplified publication any more: it is what it says enough to be. */
    private void claim(DocumentReference document) {
        document.setMeta(new Meta());
        if (completion.isComprehensive(document)) {
            document.getMeta().addProfile(ProfileUris.DOCUMENT_REFERENCE);
        }
    }

    /** What the server alone decides, or what might carry another meaning here: not taken from a client. */
    static void clean(Resource resource) {
        Meta meta = new Meta();
        resource.getMeta().getProfile().stream().map(CanonicalType::getValue).forEach(meta::addProfile);
        resource.setMeta(meta);
        resource.setId((String) null);
        if (resource instanceof DomainResource told) {
            // a narrative may tell what the elements beside it no longer show
            told.setText(null);
            told.getContained().stream()
                    .filter(DomainResource.class::isInstance)
                    .forEach(contained -> ((DomainResource) contained).setText(null));
        }
    }
}
