package fr.carnet.server.flow;

import com.ibm.fhir.model.resource.Binary;
import com.ibm.fhir.model.resource.Bundle;
import com.ibm.fhir.model.resource.DocumentReference;
import com.ibm.fhir.model.resource.List;
import com.ibm.fhir.model.resource.Organization;
import com.ibm.fhir.model.resource.Patient;
import com.ibm.fhir.model.resource.Practitioner;
import com.ibm.fhir.model.resource.PractitionerRole;
import com.ibm.fhir.model.resource.Resource;
import com.ibm.fhir.model.type.Address;
import com.ibm.fhir.model.type.Attachment;
import com.ibm.fhir.model.type.Base64Binary;
import com.ibm.fhir.model.type.Canonical;
import com.ibm.fhir.model.type.Code;
import com.ibm.fhir.model.type.CodeableConcept;
import com.ibm.fhir.model.type.Coding;
import com.ibm.fhir.model.type.DateTime;
import com.ibm.fhir.model.type.Element;
import com.ibm.fhir.model.type.Extension;
import com.ibm.fhir.model.type.HumanName;
import com.ibm.fhir.model.type.Identifier;
import com.ibm.fhir.model.type.Meta;
import com.ibm.fhir.model.type.Period;
import com.ibm.fhir.model.type.Reference;
import com.ibm.fhir.model.type.UnsignedInt;
import com.ibm.fhir.model.type.Uri;
import com.ibm.fhir.model.type.Url;
import com.ibm.fhir.model.type.code.AdministrativeGender;
import com.ibm.fhir.model.type.code.BundleType;
import com.ibm.fhir.model.type.code.DocumentReferenceStatus;
import com.ibm.fhir.model.type.code.HTTPVerb;
import com.ibm.fhir.model.type.code.IdentifierUse;
import com.ibm.fhir.model.type.code.ListMode;
import com.ibm.fhir.model.type.code.ListStatus;
import com.ibm.fhir.model.type.code.NameUse;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What another sender's software makes of a document: the PDSm lot of ITI-65, or the single resource of ITI-105.
 *
 * @param patient a man
 * @param document a PDF
 * @param created when it was made
 */
record ThirdPartyLot(Person patient, Document document, ZonedDateTime created) {

    private static final String ROLE = "#role";
    private static final String PRACTICE = "#cabinet";

    /** A document of an hour ago. */
    static ThirdPartyLot of(Person patient, Document document) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        return new ThirdPartyLot(patient, document, now.minusHours(1));
    }

    /** ITI-65. */
    Bundle transaction() {
        String entry = urn();
        String content = urn();
        Attachment attachment = attachment()
                .url(Url.of(content))
                .size(UnsignedInt.of(document.content().length))
                .hash(Base64Binary.of(Document.sha1(document.content())))
                .build();
        DocumentReference reference = reference(ProfileUris.DOCUMENT_REFERENCE, attachment)
                .identifier(identifier(IdentifierUse.OFFICIAL, "entryUUID", entry))
                .build();
        var binary = Binary.builder()
                .contentType(Code.of(document.kind().mediaType()))
                .data(Base64Binary.of(document.content()))
                .build();
        return Bundle.builder()
                .meta(profile(ProfileUris.PROVIDE_BUNDLE))
                .type(BundleType.TRANSACTION)
                .entry(entry(urn(), submissionSet(entry)), entry(entry, reference), entry(content, binary))
                .build();
    }

    /** ITI-105. */
    DocumentReference simplified() {
        Attachment attachment =
                attachment().data(Base64Binary.of(document.content())).build();
        return reference(ProfileUris.SIMPLIFIED_PUBLISH, attachment).build();
    }

    private List submissionSet(String entry) {
        var author = Reference.builder()
                .reference(ROLE)
                .extension(extension(ProfileUris.AUTHOR_ORGANIZATION, local(PRACTICE)))
                .build();
        var source = Identifier.builder()
                .system(Uri.of(CodeSystems.URI))
                .value(UniqueId.named("another vendor").urn())
                .build();
        return List.builder()
                .meta(profile(ProfileUris.SUBMISSION_SET))
                .contained(practitioner(), practice(), role())
                .extension(
                        extension(ProfileUris.DESIGNATION_TYPE, concept(CodeSystems.TRE_R02, "SA07")),
                        extension(ProfileUris.SOURCE_ID, source))
                .identifier(identifier(
                        IdentifierUse.USUAL, "uniqueId", UniqueId.random().urn()))
                .status(ListStatus.CURRENT)
                .mode(ListMode.WORKING)
                .title(document.kind().title())
                .code(concept(CodeSystems.MHD_LIST_TYPES, "submissionset"))
                .subject(local(patient.reference()))
                .date(DateTime.of(created))
                .source(author)
                .entry(List.Entry.builder().item(local(entry)).build())
                .build();
    }

    private DocumentReference.Builder reference(String profile, Attachment attachment) {
        Document.Kind kind = document.kind();
        return DocumentReference.builder()
                .meta(profile(profile))
                .contained(practitioner(), practice(), role(), sourcePatient())
                .masterIdentifier(identifier(
                        IdentifierUse.USUAL, "uniqueId", document.id().urn()))
                .status(DocumentReferenceStatus.CURRENT)
                .type(concept(kind.typeSystem(), kind.typeCode()))
                .category(concept(CodeSystems.TRE_A03, kind.classCode()))
                .subject(local(patient.reference()))
                .date(created)
                .author(local(ROLE))
                .custodian(local(PRACTICE))
                .securityLabel(concept(CodeSystems.CONFIDENTIALITY, "N"))
                .content(DocumentReference.Content.builder()
                        .attachment(attachment)
                        .format(coding(kind.formatSystem(), kind.formatCode()))
                        .build())
                .context(DocumentReference.Context.builder()
                        .period(Period.builder().start(DateTime.of(created)).build())
                        .facilityType(concept(CodeSystems.TRE_R02, "SA07"))
                        .practiceSetting(concept(CodeSystems.TRE_A01, "AMBULATOIRE"))
                        .sourcePatientInfo(local("#patient"))
                        .build());
    }

    private Attachment.Builder attachment() {
        return Attachment.builder()
                .contentType(Code.of(document.kind().mediaType()))
                .language(Code.of("fr-FR"))
                .title(document.kind().title())
                .creation(DateTime.of(created));
    }

    private static Practitioner practitioner() {
        return Practitioner.builder()
                .id("medecin")
                .meta(profile(ProfileUris.PRACTITIONER))
                .identifier(national("IDNPS", IdNatPs.SYSTEM, Scene.DR_MARTIN))
                .name(HumanName.builder().family("Martin").given("Claire").build())
                .build();
    }

    private static Organization practice() {
        return Organization.builder()
                .id(PRACTICE.substring(1))
                .meta(profile(ProfileUris.ORGANIZATION))
                .identifier(national("IDNST", StructureId.SYSTEM, "399999001300016"))
                .name("Cabinet du Dr Martin")
                .build();
    }

    private static PractitionerRole role() {
        return PractitionerRole.builder()
                .id(ROLE.substring(1))
                .meta(profile(ProfileUris.PRACTITIONER_ROLE))
                .practitioner(local("#medecin"))
                .organization(local(PRACTICE))
                .code(concept(CodeSystems.TRE_G15, "10"))
                .specialty(concept(CodeSystems.TRE_R38, "SM54"))
                .build();
    }

    private Patient sourcePatient() {
        var status = extension(
                "identityStatus", coding("https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-status", "QUAL"));
        var reliability = Extension.builder()
                .url(ProfileUris.IDENTITY_RELIABILITY)
                .extension(status)
                .build();
        var place = Address.builder()
                .extension(extension(ProfileUris.INSEE_CODE, coding(CodeSystems.TRE_R13, patient.birthPlace())))
                .build();
        var givens = Extension.builder()
                .url(ProfileUris.BIRTH_GIVENS)
                .value(patient.birthGivens())
                .build();
        return Patient.builder()
                .id("patient")
                .meta(profile(ProfileUris.FR_PATIENT + "-ins"))
                .extension(reliability, extension(ProfileUris.BIRTH_PLACE, place))
                .identifier(national(
                        "INS-NIR-TEST",
                        patient.ins().domain().system(),
                        patient.ins().value()))
                .name(HumanName.builder()
                        .extension(givens)
                        .use(NameUse.OFFICIAL)
                        .family(patient.birthName())
                        .given(patient.firstGiven())
                        .build())
                .gender(AdministrativeGender.MALE)
                .birthDate(LocalDate.parse(patient.birthDate()))
                .build();
    }

    private static Bundle.Entry entry(String fullUrl, Resource resource) {
        String type = resource.getClass().getSimpleName();
        return Bundle.Entry.builder()
                .fullUrl(Uri.of(fullUrl))
                .resource(resource)
                .request(Bundle.Entry.Request.builder()
                        .method(HTTPVerb.POST)
                        .url(Uri.of(type))
                        .build())
                .build();
    }

    private static Identifier identifier(IdentifierUse use, String type, String value) {
        return Identifier.builder()
                .use(use)
                .type(concept(CodeSystems.MHD_IDENTIFIER_TYPE, type))
                .system(Uri.of(CodeSystems.URI))
                .value(value)
                .build();
    }

    private static Identifier national(String type, String system, String value) {
        return Identifier.builder()
                .use(IdentifierUse.OFFICIAL)
                .type(concept(CodeSystems.FR_CORE_V2_0203, type))
                .system(Uri.of(system))
                .value(value)
                .build();
    }

    private static Extension extension(String url, Element value) {
        return Extension.builder().url(url).value(value).build();
    }

    private static Reference local(String reference) {
        return Reference.builder().reference(reference).build();
    }

    private static CodeableConcept concept(String system, String code) {
        return CodeableConcept.builder().coding(coding(system, code)).build();
    }

    private static Coding coding(String system, String code) {
        return Coding.builder().system(Uri.of(system)).code(Code.of(code)).build();
    }

    private static Meta profile(String url) {
        return Meta.builder().profile(Canonical.of(url)).build();
    }

    private static String urn() {
        return "urn:uuid:" + UUID.randomUUID();
    }
}
