package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.check;
import static fr.carnet.validation.Fixtures.parsed;
import static fr.carnet.validation.Fixtures.reference;
import static fr.carnet.validation.Fixtures.set;
import static fr.carnet.validation.Fixtures.submission;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.PatientReference;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Texts;
import fr.carnet.validation.Finding.Severity;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListMode;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubmissionCheckTest {

    private static final String ENTRY = "Bundle.entry[1].resource";
    private static final String ATTACHMENT = ENTRY + ".content[0].attachment";
    private static final String MHD_BUNDLE =
            "https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.Comprehensive.ProvideBundle";

    @ParameterizedTest
    @MethodSource("names")
    void soundSubmissionsHaveNoFinding(String name) {
        SubmissionReport report = check(submission(name));
        assertThat(report.findings()).isEmpty();
        Submission submission = report.submission().orElseThrow();
        assertThat(submission.documents()).hasSize(1);
        assertThat(submission.documents().get(0).content()).isEqualTo(Fixtures.cda(name));
        assertThat(submission.documents().get(0).isXml()).isTrue();
        assertThat(submission.documents().get(0).sourcePatient()).isEqualTo(Fixtures.ALICE);
        assertThat(submission.patients())
                .containsExactly(new PatientReference.Identified(
                        new IdentifierToken("urn:oid:1.2.250.1.213.1.4.10", Fixtures.ALICE_INS)));
        assertThat(submission.uniqueId())
                .hasValueSatisfying(id -> assertThat(id).startsWith("urn:ietf:rfc:3986|"));
        assertThat(submission.entryByFullUrl()).hasSize(3).containsValues(0, 1, 2);
    }

    static Stream<String> names() {
        return Stream.of("vsm", "discharge", "level1");
    }

    @Tag("R100")
    @ParameterizedTest(name = "{2} at {1}")
    @MethodSource("refusals")
    void refuses(Consumer<Bundle> spoil, String expression, String rule, String key) {
        Bundle bundle = submission("vsm");
        spoil.accept(bundle);
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).anySatisfy(f -> {
            assertThat(f.severity()).isEqualTo(Severity.ERROR);
            assertThat(f.expression()).isEqualTo(expression);
            assertThat(f.rule()).isEqualTo(rule);
            assertThat(f.messageKey()).isEqualTo(key);
            assertThat(Texts.of(null).say(f.messageKey(), f.args().toArray()))
                    .isNotBlank()
                    .doesNotContain("{");
        });
        assertThat(report.submission()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(envelope(), entries(), lists(), documents(), codes(), contents(), people(), relations())
                .flatMap(s -> s);
    }

    private static Stream<Arguments> envelope() {
        return Stream.of(
                bundle(b -> b.setType(BundleType.BATCH), "Bundle.type", "mhd-provide-bundle", "value-unexpected"),
                bundle(
                        b -> b.getMeta().getProfile().clear(),
                        "Bundle.meta.profile",
                        "mhd-provide-bundle",
                        "bundle-profile-missing"),
                bundle(b -> b.getEntry().remove(0), "Bundle.entry", "mhd-provide-bundle", "one-submission-set"),
                bundle(
                        b -> post(b, set(b).copy(), "urn:uuid:7"),
                        "Bundle.entry",
                        "mhd-provide-bundle",
                        "one-submission-set"));
    }

    private static Stream<Arguments> entries() {
        String rule = "mhd-provide-bundle";
        return Stream.of(
                bundle(
                        b -> request(b, 1).setMethod(HTTPVerb.PUT),
                        "Bundle.entry[1].request.method",
                        rule,
                        "method-not-allowed"),
                bundle(
                        b -> request(b, 1).setUrl("DocumentReference/$x"),
                        "Bundle.entry[1].request.url",
                        rule,
                        "operation-refused"),
                bundle(
                        b -> request(b, 1).setUrl("DocumentReference?identifier=1"),
                        "Bundle.entry[1].request.url",
                        rule,
                        "conditional-refused"),
                bundle(b -> request(b, 1).setUrl("List"), "Bundle.entry[1].request.url", rule, "request-url"),
                bundle(
                        b -> request(b, 1).setIfNoneExist("identifier=1"),
                        "Bundle.entry[1].request",
                        rule,
                        "conditional-refused"),
                bundle(
                        b -> request(b, 0).setIfMatch("W/\"1\""),
                        "Bundle.entry[0].request",
                        rule,
                        "conditional-refused"),
                bundle(b -> get(b, "Patient/1"), "Bundle.entry[3].request", rule, "patient-entry-refused"),
                bundle(b -> get(b, "Binary/1"), "Bundle.entry[3].request.method", rule, "method-not-allowed"),
                bundle(
                        b -> post(b, new Patient(), "urn:uuid:9"),
                        "Bundle.entry[3].resource",
                        rule,
                        "patient-entry-refused"),
                bundle(
                        b -> post(b, new Organization(), "urn:uuid:9"),
                        "Bundle.entry[3].resource",
                        rule,
                        "entry-not-allowed"),
                bundle(
                        b -> post(b, new Observation(), "urn:uuid:9"),
                        "Bundle.entry[3].resource",
                        rule,
                        "entry-not-allowed"),
                bundle(
                        b -> post(b, new Bundle(), "urn:uuid:9"),
                        "Bundle.entry[3].resource.type",
                        "FHIRDocumentNotSupported",
                        "fhir-document-not-supported"),
                bundle(b -> b.getEntry().get(2).setFullUrl(null), "Bundle.entry[2].fullUrl", rule, "element-missing"),
                bundle(
                        b -> b.getEntry().get(2).setFullUrl("Binary/1"),
                        "Bundle.entry[2].fullUrl",
                        rule,
                        "full-url-invalid"),
                bundle(
                        b -> b.getEntry().get(2).setFullUrl(b.getEntry().get(1).getFullUrl()),
                        "Bundle.entry[2].fullUrl",
                        rule,
                        "full-url-repeated"),
                bundle(
                        b -> set(b).setCode(new CodeableConcept()),
                        "Bundle.entry[0].resource.code",
                        rule,
                        "list-kind-unknown"));
    }

    private static Stream<Arguments> lists() {
        String set = "Bundle.entry[0].resource";
        String rule = "pdsm-submissionset-comprehensive";
        String folder = "pdsm-folder-comprehensive";
        return Stream.of(
                bundle(b -> set(b).setStatus(ListStatus.RETIRED), set + ".status", rule, "value-unexpected"),
                bundle(b -> set(b).setMode(ListMode.SNAPSHOT), set + ".mode", rule, "value-unexpected"),
                bundle(b -> set(b).setDateElement(null), set + ".date", rule, "element-missing"),
                bundle(b -> set(b).setSubject(null), set + ".subject", rule, "element-missing"),
                bundle(b -> set(b).setSource(null), set + ".source", rule, "element-missing"),
                bundle(b -> set(b).setSource(new Reference("Practitioner/1")), set + ".source", rule, "not-contained"),
                bundle(b -> set(b).setSource(new Reference("#source-person")), set + ".source", rule, "reference-type"),
                bundle(
                        b -> set(b).setEncounter(new Reference("Encounter/1")),
                        set + ".encounter",
                        rule,
                        "element-forbidden"),
                bundle(
                        b -> set(b).getEntryFirstRep().setDateElement(DateTimeType.now()),
                        set + ".entry[0].date",
                        rule,
                        "element-forbidden"),
                bundle(
                        b -> set(b).getEntryFirstRep().setDeleted(true),
                        set + ".entry[0].deleted",
                        rule,
                        "element-forbidden"),
                bundle(
                        b -> set(b).getExtension().removeIf(e -> e.getUrl().equals(ProfileUris.SOURCE_ID)),
                        set + ".extension('" + ProfileUris.SOURCE_ID + "')",
                        rule,
                        "element-missing"),
                bundle(
                        b -> set(b).addExtension(set(b).getExtensionByUrl(ProfileUris.DESIGNATION_TYPE)
                                .copy()),
                        set + ".extension('" + ProfileUris.DESIGNATION_TYPE + "')",
                        rule,
                        "element-repeated"),
                bundle(b -> set(b).getEntry().clear(), ENTRY, "mhd-provide-bundle", "not-in-submission-set"),
                bundle(
                        b -> set(b).addEntry().setItem(new Reference("urn:uuid:8")),
                        set + ".entry[1].item",
                        "mhd-provide-bundle",
                        "item-unknown"),
                bundle(
                        b -> set(b).addEntry().setItem(set(b).getEntryFirstRep().getItem()),
                        set + ".entry[1].item",
                        "mhd-provide-bundle",
                        "item-repeated"),
                bundle(b -> folder(b).setTitle(null), "Bundle.entry[3].resource.title", folder, "element-missing"),
                bundle(b -> folder(b).getEntry().clear(), "Bundle.entry[3].resource.entry", folder, "element-missing"),
                bundle(
                        b -> folder(b).setSource(new Reference("#x")),
                        "Bundle.entry[3].resource.source",
                        folder,
                        "element-forbidden"));
    }

    private static Stream<Arguments> documents() {
        String rule = "pdsm-comprehensive-document-reference";
        return Stream.of(
                document(d -> d.getContained().clear(), ".contained", rule, "element-missing"),
                document(d -> d.setMasterIdentifier(null), ".masterIdentifier", rule, "element-missing"),
                document(
                        d -> d.getMasterIdentifier().setValue("urn:oid:1.2.x"),
                        ".masterIdentifier",
                        "constr-unique-id",
                        "unique-id-invalid"),
                document(
                        d -> d.getMasterIdentifier().setSystem(null),
                        ".masterIdentifier",
                        "constr-unique-id",
                        "unique-id-invalid"),
                document(d -> d.setStatus(DocumentReferenceStatus.SUPERSEDED), ".status", rule, "value-unexpected"),
                document(d -> d.setDocStatus(ReferredDocumentStatus.FINAL), ".docStatus", rule, "element-forbidden"),
                document(
                        d -> d.addModifierExtension(new Extension("urn:x", new StringType("x"))),
                        ".modifierExtension",
                        rule,
                        "element-forbidden"),
                document(d -> d.setType(null), ".type", rule, "element-missing"),
                document(d -> d.getCategory().clear(), ".category", rule, "element-missing"),
                document(d -> d.addCategory(d.getCategoryFirstRep().copy()), ".category", rule, "element-repeated"),
                document(d -> d.setSubject(null), ".subject", rule, "element-missing"),
                document(d -> d.setDateElement(null), ".date", rule, "element-missing"),
                document(d -> d.getAuthor().clear(), ".author", rule, "element-missing"),
                document(d -> d.setCustodian(null), ".custodian", rule, "element-missing"),
                document(d -> d.getSecurityLabel().clear(), ".securityLabel", rule, "element-missing"),
                document(d -> d.addContent(d.getContentFirstRep().copy()), ".content", rule, "element-repeated"),
                document(d -> d.getContentFirstRep().setFormat(null), ".content[0].format", rule, "element-missing"),
                document(
                        d -> d.getContext().setPeriod(new Period().setEndElement(DateTimeType.now())),
                        ".context.period.start",
                        rule,
                        "element-missing"),
                document(d -> d.getContext().setFacilityType(null), ".context.facilityType", rule, "element-missing"),
                document(
                        d -> d.getContext().setPracticeSetting(null),
                        ".context.practiceSetting",
                        rule,
                        "element-missing"),
                document(
                        d -> d.getContext().setSourcePatientInfo(null),
                        ".context.sourcePatientInfo",
                        rule,
                        "element-missing"),
                attachment(a -> a.setTitle(null), ".title", "element-missing"),
                attachment(a -> a.setSizeElement(null), ".size", "element-missing"),
                attachment(a -> a.setHash(null), ".hash", "element-missing"),
                attachment(a -> a.setLanguage(null), ".language", "element-missing"),
                attachment(a -> a.setCreationElement(null), ".creation", "element-missing"),
                attachment(a -> a.setContentType(null), ".contentType", "element-missing"),
                attachment(a -> a.setUrl(null), ".url", "element-missing"),
                attachment(a -> a.setData(new byte[] {1}), ".data", "element-forbidden"));
    }

    private static Stream<Arguments> codes() {
        String loinc = CodeSystems.LOINC;
        String pdsm = "pdsm-comprehensive-document-reference";
        return Stream.of(
                document(
                        d -> d.getType().addCoding(new Coding(loinc, "11488-4", null)),
                        ".type.coding",
                        "R120",
                        "one-coding"),
                document(d -> d.setType(concept(loinc, "0-0")), ".type", "R33", "type-unknown"),
                document(d -> d.setType(concept(loinc, "SYNTH")), ".type", "R33", "type-unknown"),
                document(
                        d -> d.setType(concept(CodeSystems.TRE_A05, "PIECE-IDENTITE")),
                        ".type",
                        "R120",
                        "type-not-dmp"),
                document(
                        d -> d.getCategory().set(0, concept(CodeSystems.TRE_A03, "10")),
                        ".category[0]",
                        "R120",
                        "class-differs"),
                document(
                        d -> d.setType(concept(loinc, "101881-1"))
                                .getCategory()
                                .set(0, concept(CodeSystems.TRE_A03, "99")),
                        ".category[0]",
                        "R120",
                        "class-unknown"),
                document(
                        d -> d.getSecurityLabelFirstRep().getCoding().clear(),
                        ".securityLabel",
                        pdsm,
                        "element-missing"),
                document(
                        d -> d.getSecurityLabel().set(0, label("MASQUE_PS")),
                        ".securityLabel",
                        pdsm,
                        "confidentiality-missing"),
                document(
                        d -> d.addSecurityLabel(concept(CodeSystems.CONFIDENTIALITY, "R")),
                        ".securityLabel",
                        pdsm,
                        "element-repeated"),
                document(
                        d -> d.addSecurityLabel(label("MASQUE_PSOCIAL")),
                        ".securityLabel",
                        "R100",
                        "unsupported-label"),
                document(d -> d.addSecurityLabel(label("MASQUE_PT")), ".securityLabel", "R100", "unsupported-label"),
                document(d -> d.addSecurityLabel(label("N")), ".securityLabel", "R100", "visibility-unknown"),
                document(
                        d -> d.addSecurityLabel(concept(CodeSystems.TRE_A08, "MASQUE_PS")),
                        ".securityLabel",
                        "R100",
                        "visibility-system"),
                document(
                        d -> d.addSecurityLabel(concept(
                                CodeSystems.TRE_A07.replace("StatutVisibilite", "StatusVisibilite"), "MASQUE_PS")),
                        ".securityLabel",
                        "R100",
                        "visibility-system"),
                document(
                        d -> d.addSecurityLabel(label("MASQUE_PS")).addSecurityLabel(label("INVISIBLE_PATIENT")),
                        ".securityLabel",
                        "R102",
                        "masked-and-invisible"));
    }

    private static Stream<Arguments> contents() {
        String url = "constr-bind-attachmenturl";
        return Stream.of(
                fromAttachment(a -> a.setUrl("https://example.org/doc"), ".url", url, "attachment-url-outside"),
                fromAttachment(a -> a.setUrl("file:///etc/passwd"), ".url", url, "attachment-url-outside"),
                fromAttachment(
                        a -> a.setUrl("https://example.org/doc")
                                .setSizeElement(null)
                                .setHash(null),
                        "",
                        url,
                        "on-demand-refused"),
                fromAttachment(
                        a -> a.setUrl("https://example.org/doc").setSize(0), "", url, "delayed-assembly-refused"),
                bundle(
                        b -> {
                            b.getEntry().remove(2);
                            b.getEntry().remove(1);
                            set(b).getEntry().clear();
                        },
                        "Bundle.entry",
                        "mhd-provide-bundle",
                        "nothing-published"),
                fromAttachment(a -> a.setUrl("urn:uuid:8"), ".url", "XDSMissingDocument", "document-missing"),
                fromAttachment(a -> a.setUrl("Binary/1"), ".url", "XDSMissingDocument", "document-missing"),
                fromAttachment(a -> a.setSize(a.getSize() + 1), ".size", "XDSNonIdenticalSize", "size-differs"),
                fromAttachment(a -> a.setHash(new byte[20]), ".hash", "XDSNonIdenticalHash", "hash-differs"),
                fromAttachment(a -> a.setContentType("text/plain"), ".contentType", url, "content-type-differs"),
                bundle(
                        b -> post(b, new Binary().setContentType("text/plain").setData(new byte[] {1}), "urn:uuid:9"),
                        "Bundle.entry[3].resource",
                        "XDSMissingDocumentMetadata",
                        "binary-orphan"),
                bundle(
                        b -> post(b, reference(b).copy(), "urn:uuid:9"),
                        "Bundle.entry[3].resource.content[0].attachment.url",
                        url,
                        "binary-used-twice"),
                bundle(
                        b -> post(b, reference(b).copy(), "urn:uuid:9"),
                        "Bundle.entry[3].resource.masterIdentifier",
                        "XDSRegistryDuplicateUniqueIdInMessage",
                        "unique-id-repeated"),
                bundle(
                        b -> ((Binary) b.getEntry().get(2).getResource()).setData(null),
                        "Bundle.entry[2].resource.data",
                        "XDSMissingDocument",
                        "document-empty"));
    }

    private static Stream<Arguments> people() {
        String rule = "pdsm-comprehensive-document-reference";
        String source = ".context.sourcePatientInfo";
        return Stream.of(
                document(
                        d -> d.getAuthorFirstRep().setReference("Practitioner/1"), ".author[0]", rule, "not-contained"),
                document(
                        d -> d.getAuthorFirstRep().setReference("#author-1-structure"),
                        ".author[0]",
                        rule,
                        "reference-type"),
                document(
                        d -> d.getAuthenticator().setReference("#source-patient"),
                        ".authenticator",
                        rule,
                        "reference-type"),
                document(
                        d -> d.getContext().setSourcePatientInfo(new Reference("Patient/1")),
                        source,
                        rule,
                        "not-contained"),
                document(
                        d -> d.setSubject(new Reference("#source-patient")),
                        ".subject",
                        "fr-core-patient",
                        "subject-form"),
                document(
                        d -> d.setSubject(new Reference("https://example.org/Patient/1")),
                        ".subject",
                        "fr-core-patient",
                        "subject-form"),
                document(d -> d.setSubject(ins("284057505601205")), ".subject", "R2", "ins-invalid"),
                document(
                        d -> d.setSubject(new Reference("Patient?identifier=urn:oid:1.2.3|42")),
                        ".subject",
                        "R1",
                        "ins-domain-unknown"),
                bundle(
                        b -> reference(b).setSubject(ins("279035121518989")),
                        "Bundle.entry.resource.subject",
                        "XDSPatientIdDoesNotMatch",
                        "patients-differ"),
                document(d -> reliability(source(d), "PROV"), source, "R5", "ins-not-qualified"));
    }

    private static Stream<Arguments> relations() {
        String patch = "IHE.MHD.Patch.Parameters";
        String parameters = "Bundle.entry[3].resource";
        return Stream.of(
                document(
                        d -> replaces(d, new Reference("https://example.org/DocumentReference/1")),
                        ".relatesTo[0].target",
                        "constr-bind-relatesToTarget",
                        "relation-target"),
                document(
                        d -> replaces(d, new Reference()),
                        ".relatesTo[0].target",
                        "constr-bind-relatesToTarget",
                        "relation-target"),
                document(
                        d -> d.addRelatesTo()
                                .setCode(DocumentRelationshipType.SIGNS)
                                .getTarget()
                                .setIdentifier(d.getMasterIdentifier().copy()),
                        ".relatesTo[0].target",
                        "constr-bind-relatesToTarget",
                        "relation-circle"),
                document(
                        d -> {
                            replaces(d, new Reference("DocumentReference/1"));
                            replaces(d, new Reference("DocumentReference/2"));
                        },
                        ".relatesTo",
                        "constr-cdr-rempl",
                        "element-repeated"),
                document(
                        d -> d.addRelatesTo().setTarget(new Reference("DocumentReference/1")),
                        ".relatesTo[0].code",
                        "constr-bind-relatesTo",
                        "element-missing"),
                bundle(b -> patch(b, "DocumentReference/1"), parameters, "constr-cdr-rempl", "patch-without-replaces"),
                bundle(
                        b -> {
                            replacement(b);
                            patch(b, "DocumentReference/old");
                        },
                        "Bundle.entry[4].resource",
                        patch,
                        "patch-repeated"),
                bundle(
                        b -> ((Parameters) replacement(b).getResource())
                                .getParameterFirstRep()
                                .getPart()
                                .get(2)
                                .setValue(new CodeType("current")),
                        parameters + ".parameter",
                        patch,
                        "patch-operation"),
                bundle(
                        b -> ((Parameters) replacement(b).getResource()).addParameter("operation", "x"),
                        parameters + ".parameter",
                        patch,
                        "patch-operation"),
                bundle(
                        b -> replacement(b).getRequest().setUrl("DocumentReference?identifier=1"),
                        "Bundle.entry[3].request.url",
                        "mhd-provide-bundle",
                        "conditional-refused"));
    }

    @Test
    void reportsEverythingAtOnce() {
        Bundle bundle = submission("vsm");
        reference(bundle).setCustodian(null).setType(concept(CodeSystems.LOINC, "0-0"));
        reference(bundle).getContentFirstRep().getAttachment().setSize(1).setHash(new byte[20]);
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings())
                .extracting(Finding::messageKey)
                .containsExactlyInAnyOrder("element-missing", "type-unknown", "size-differs", "hash-differs");
        assertThat(report.documents()).as("still put together").hasSize(1);
        assertThat(report.patients()).hasSize(1);
    }

    @Test
    void whoClaimsOnlyMhdNeedsNoCustodianNoTitleNoPeriod() {
        Bundle bundle = mhd(submission("vsm"));
        DocumentReference document = reference(bundle);
        document.setCustodian(null).getContext().setPeriod(null);
        document.getContentFirstRep().getAttachment().setTitle(null);
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).extracting(Finding::messageKey).containsExactly("custodian-supplied");
        assertThat(report.submission()).isPresent();
    }

    @Test
    void aResourceThatClaimsPdsmIsHeldToPdsmInAnMhdBundle() {
        Bundle bundle = mhd(submission("vsm"));
        reference(bundle).setCustodian(null).getMeta().addProfile(ProfileUris.DOCUMENT_REFERENCE);
        assertThat(check(parsed(bundle)).hasErrors()).isTrue();
    }

    @Test
    void aReplacementWithItsPatchIsRead() {
        Bundle bundle = submission("vsm");
        replacement(bundle);
        Submission submission = check(parsed(bundle)).submission().orElseThrow();
        assertThat(submission.supersessions()).containsExactly(new Submission.Supersession(3, "old"));
        assertThat(submission.documents().get(0).replaces())
                .map(Reference::getReference)
                .contains("DocumentReference/old");
    }

    @Test
    void aFolderIsRead() {
        Bundle bundle = submission("vsm");
        folder(bundle);
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).isEmpty();
        assertThat(report.submission().orElseThrow().folders()).hasSize(1);
    }

    @Test
    void folderThatIsStoredIsUpdated() {
        Bundle bundle = submission("vsm");
        folder(bundle).setStatus(ListStatus.RETIRED);
        bundle.getEntry().get(3).setFullUrl(null);
        request(bundle, 3).setMethod(HTTPVerb.PUT).setUrl("List/7").setIfMatch("W/\"3\"");
        set(bundle).getEntry().get(1).setItem(new Reference("List/7"));
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).isEmpty();
        assertThat(report.submission().orElseThrow().folders().get(0).update())
                .contains(new Submission.Update(
                        java.util.Optional.of("7"), java.util.Optional.empty(), java.util.Optional.of(3)));
        request(bundle, 3).setUrl("List").setIfNoneMatch("*");
        assertThat(check(parsed(bundle)).findings())
                .extracting(Finding::messageKey)
                .containsExactlyInAnyOrder("folder-unnamed", "conditional-refused", "not-in-submission-set");
    }

    @Test
    void otherRelationsAreKept() {
        Bundle bundle = submission("vsm");
        for (DocumentRelationshipType code : List.of(
                DocumentRelationshipType.APPENDS,
                DocumentRelationshipType.TRANSFORMS,
                DocumentRelationshipType.SIGNS)) {
            reference(bundle).addRelatesTo().setCode(code).setTarget(new Reference("DocumentReference/1"));
        }
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void warnsOfWhatItDoesNotRefuse() {
        Bundle bundle = submission("vsm");
        set(bundle).getIdentifier().clear();
        reference(bundle).addSecurityLabel(concept("urn:x", "ETH"));
        reference(bundle).getMasterIdentifier().setUse(null).setType(null);
        reference(bundle).getContentFirstRep().getFormat().setCode("urn:x");
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings())
                .extracting(Finding::messageKey)
                .containsExactlyInAnyOrder(
                        "set-without-unique-id", "label-ignored", "identifier-kind-missing", "code-outside-value-set");
        assertThat(report.hasErrors()).isFalse();
    }

    @Test
    void typesWithoutAClassTakeAnyClassWithAWarning() {
        Bundle bundle = submission("vsm");
        reference(bundle).setType(concept(CodeSystems.LOINC, "101881-1"));
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).extracting(Finding::messageKey).containsExactly("class-not-given");
    }

    @Test
    void logicalAndLiteralSubjectsAreRead() {
        Bundle bundle = submission("vsm");
        set(bundle).setSubject(new Reference("Patient/42"));
        reference(bundle)
                .setSubject(new Reference()
                        .setIdentifier(new Identifier()
                                .setSystem("urn:oid:1.2.250.1.213.1.4.10")
                                .setValue(Fixtures.ALICE_INS)));
        SubmissionReport report = check(parsed(bundle));
        assertThat(report.findings()).isEmpty();
        assertThat(report.patients())
                .containsExactlyInAnyOrder(
                        new PatientReference.Literal("42"),
                        new PatientReference.Identified(
                                new IdentifierToken("urn:oid:1.2.250.1.213.1.4.10", Fixtures.ALICE_INS)));
    }

    @Test
    void qualifiedAndValidatedIdentitiesFeed() {
        for (String status : List.of("QUAL", "VALI")) {
            Bundle bundle = submission("vsm");
            reliability(source(reference(bundle)), status);
            assertThat(check(parsed(bundle)).findings()).isEmpty();
        }
    }

    @Test
    void limitsAreParameters() {
        Bundle bundle = submission("vsm");
        SubmissionCheck few = new SubmissionCheck(Fixtures.TABLES, new SubmissionLimits(2, 1 << 20, false));
        SubmissionCheck small = new SubmissionCheck(Fixtures.TABLES, new SubmissionLimits(100, 10, false));
        assertThat(few.check(bundle).findings()).extracting(Finding::messageKey).containsExactly("too-many-entries");
        assertThat(small.check(bundle).findings())
                .extracting(Finding::messageKey)
                .containsExactly("document-too-large");
    }

    @Test
    void maskedAndInvisibleTogetherIsAParameter() {
        Bundle bundle = submission("vsm");
        reference(bundle).addSecurityLabel(label("MASQUE_PS")).addSecurityLabel(label("INVISIBLE_PATIENT"));
        SubmissionCheck tolerant = new SubmissionCheck(Fixtures.TABLES, new SubmissionLimits(100, 1 << 20, true));
        assertThat(tolerant.check(bundle).findings()).isEmpty();
    }

    @Test
    void nothingPrintsPersonalData() {
        SubmissionReport report = check(submission("vsm"));
        String printed = report + " " + report.submission().orElseThrow() + report.documents() + report.patients();
        assertThat(printed).doesNotContain(Fixtures.ALICE_INS).doesNotContainIgnoringCase("moreau");
    }

    @Test
    void anEmptyBundleIsRefusedAndNothingElse() {
        assertThat(check(new Bundle()).findings())
                .extracting(Finding::messageKey)
                .containsExactlyInAnyOrder("value-unexpected", "bundle-profile-missing", "one-submission-set");
    }

    private static Arguments bundle(Consumer<Bundle> spoil, String expression, String rule, String key) {
        return Arguments.of(spoil, expression, rule, key);
    }

    private static Arguments document(Consumer<DocumentReference> spoil, String path, String rule, String key) {
        return bundle(b -> spoil.accept(reference(b)), ENTRY + path, rule, key);
    }

    private static Arguments attachment(Consumer<Attachment> spoil, String path, String key) {
        String rule = "pdsm-comprehensive-document-reference";
        return fromAttachment(spoil, path, rule, key);
    }

    private static Arguments fromAttachment(Consumer<Attachment> spoil, String path, String rule, String key) {
        return bundle(
                b -> spoil.accept(reference(b).getContentFirstRep().getAttachment()), ATTACHMENT + path, rule, key);
    }

    private static Bundle.BundleEntryRequestComponent request(Bundle bundle, int entry) {
        return bundle.getEntry().get(entry).getRequest();
    }

    private static void post(Bundle bundle, Resource resource, String fullUrl) {
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType());
    }

    private static void get(Bundle bundle, String url) {
        bundle.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
    }

    private static ListResource folder(Bundle bundle) {
        ListResource folder = new ListResource().setStatus(ListStatus.CURRENT).setMode(ListMode.WORKING);
        folder.setCode(concept(CodeSystems.MHD_LIST_TYPES, "folder"))
                .setTitle("Hanche")
                .setDateElement(DateTimeType.now());
        folder.setSubject(set(bundle).getSubject());
        folder.addExtension(ProfileUris.DESIGNATION_TYPE, concept(CodeSystems.TRE_R02, "SA07"));
        folder.addEntry().setItem(new Reference(bundle.getEntry().get(1).getFullUrl()));
        post(bundle, folder, "urn:uuid:f");
        set(bundle).addEntry().setItem(new Reference("urn:uuid:f"));
        return folder;
    }

    private static BundleEntryComponent replacement(Bundle bundle) {
        replaces(reference(bundle), new Reference("DocumentReference/old"));
        return patch(bundle, "DocumentReference/old");
    }

    private static void replaces(DocumentReference document, Reference target) {
        document.addRelatesTo().setCode(DocumentRelationshipType.REPLACES).setTarget(target);
    }

    private static BundleEntryComponent patch(Bundle bundle, String url) {
        Parameters parameters = new Parameters();
        Parameters.ParametersParameterComponent operation =
                parameters.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType("DocumentReference.status"));
        operation.addPart().setName("value").setValue(new CodeType("superseded"));
        BundleEntryComponent entry = bundle.addEntry().setResource(parameters);
        entry.getRequest().setMethod(HTTPVerb.PATCH).setUrl(url);
        return entry;
    }

    private static Bundle mhd(Bundle bundle) {
        bundle.getMeta().getProfile().clear();
        bundle.getMeta().addProfile(MHD_BUNDLE);
        bundle.getEntry().forEach(e -> e.getResource().getMeta().getProfile().clear());
        return bundle;
    }

    private static Patient source(DocumentReference document) {
        return document.getContained().stream()
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void reliability(Patient patient, String status) {
        Extension reliability = new Extension(ProfileUris.IDENTITY_RELIABILITY);
        reliability.addExtension(new Extension("identityStatus", new Coding(null, status, null)));
        patient.addExtension(reliability);
    }

    private static Reference ins(String value) {
        return new Reference("Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|" + value);
    }

    private static CodeableConcept label(String code) {
        return concept(CodeSystems.TRE_A07, code);
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
