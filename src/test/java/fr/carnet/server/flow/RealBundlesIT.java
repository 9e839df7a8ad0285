package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Published example Bundles: refused as they are, with all their reasons; accepted once mended. */
class RealBundlesIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final CodeTables TABLES = CodeTables.bundled();
    private static final Path FOLDER = Path.of("..", "shared", "realdata");
    private static final String MHD = "Bundle-ex-comprehensiveProvideDocumentBundle";
    /** Status, errors, then what would be tolerated. */
    private static final Map<String, List<String>> LENIENT = Map.of(
            "Bundle-ex-comprehensiveProvideDocumentBundleComplete.json",
            List.of("404", "R13"),
            "Bundle-ex-comprehensiveProvideDocumentBundleMultiple.json",
            List.of(
                    "422",
                    "XDSRegistryDuplicateUniqueIdInMessage Bundle.entry[2].resource.masterIdentifier",
                    "R13",
                    "tolerance-class-differs",
                    "tolerance-identifier-type"),
            "Bundle-ex-comprehensiveProvideDocumentBundleReplace.json",
            List.of(
                    "422",
                    "XDSNonIdenticalSize Bundle.entry[2].resource.content[0].attachment.size",
                    "R13",
                    "tolerance-class-differs",
                    "tolerance-identifier-type"),
            "Bundle-ex-comprehensiveProvideDocumentBundleSimple.json",
            List.of("404", "R13"),
            "Bundle-example-td2-1-remplacement.json",
            List.of(
                    "422",
                    "pdsm-submissionset-comprehensive Bundle.entry[0].resource.source",
                    "R2 Bundle.entry[0].resource.subject",
                    "R2 Bundle.entry[1].resource.subject",
                    "R2",
                    "R13",
                    "tolerance-author-profile",
                    "tolerance-class-differs",
                    "tolerance-custodian-missing",
                    "tolerance-identifier-type"),
            "Bundle-example-td2-iti65-lot-soumission.json",
            List.of(
                    "422",
                    "pdsm-submissionset-comprehensive Bundle.entry[0].resource.source",
                    "R2 Bundle.entry[0].resource.subject",
                    "R2 Bundle.entry[1].resource.subject",
                    "R2",
                    "R13",
                    "tolerance-author-profile",
                    "tolerance-class-differs",
                    "tolerance-custodian-missing",
                    "tolerance-identifier-type"));

    private static final Map<String, List<String>> STRICT = Map.of(
            "Bundle-ex-comprehensiveProvideDocumentBundleComplete.json",
            List.of(
                    "422",
                    "R120 Bundle.entry[1].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[1].resource.masterIdentifier.use",
                    "R13"),
            "Bundle-ex-comprehensiveProvideDocumentBundleMultiple.json",
            List.of(
                    "422",
                    "R120 Bundle.entry[1].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[1].resource.masterIdentifier.use",
                    "R120 Bundle.entry[2].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[2].resource.masterIdentifier.use",
                    "XDSRegistryDuplicateUniqueIdInMessage Bundle.entry[2].resource.masterIdentifier",
                    "R13"),
            "Bundle-ex-comprehensiveProvideDocumentBundleReplace.json",
            List.of(
                    "422",
                    "R120 Bundle.entry[2].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[2].resource.masterIdentifier.use",
                    "XDSNonIdenticalSize Bundle.entry[2].resource.content[0].attachment.size",
                    "R13"),
            "Bundle-ex-comprehensiveProvideDocumentBundleSimple.json",
            List.of(
                    "422",
                    "R120 Bundle.entry[1].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[1].resource.masterIdentifier.use",
                    "R13"),
            "Bundle-example-td2-1-remplacement.json",
            List.of(
                    "422",
                    "pdsm-submissionset-comprehensive Bundle.entry[0].resource.source",
                    "R2 Bundle.entry[0].resource.subject",
                    "pdsm-comprehensive-document-reference Bundle.entry[1].resource.custodian",
                    "R120 Bundle.entry[1].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[1].resource.masterIdentifier.use",
                    "Device Bundle.entry[1].resource.author[0]",
                    "as-organization Bundle.entry[1].resource.authenticator",
                    "R2 Bundle.entry[1].resource.subject",
                    "R2",
                    "R13"),
            "Bundle-example-td2-iti65-lot-soumission.json",
            List.of(
                    "422",
                    "pdsm-submissionset-comprehensive Bundle.entry[0].resource.source",
                    "R2 Bundle.entry[0].resource.subject",
                    "pdsm-comprehensive-document-reference Bundle.entry[1].resource.custodian",
                    "R120 Bundle.entry[1].resource.category[0]",
                    "IHE.MHD.UniqueIdIdentifier Bundle.entry[1].resource.masterIdentifier.use",
                    "Device Bundle.entry[1].resource.author[0]",
                    "as-organization Bundle.entry[1].resource.authenticator",
                    "R2 Bundle.entry[1].resource.subject",
                    "R2",
                    "R13"));

    @BeforeAll
    static void referenceMaterial() {
        Assumptions.assumeTrue(Files.exists(Path.of("..", "shared", "README.md")), "no reference material");
    }

    @ParameterizedTest
    @EnumSource
    void asPublishedEachIsRefusedWithAllItsReasons(Level level) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (Path file : files()) {
            List<Integer> before = Scene.stored();
            Answer answer = RealOutcomes.send(Scene.SERVER.token("dr-martin"), "", bundle(file), level);
            // 404: nothing is wrong any more but that nobody here knows the patient
            assertThat(answer.status()).isIn(404, 422);
            assertThat(Scene.stored()).isEqualTo(before);
            RealOutcomes.tell(file.getFileName().toString(), level, answer);
            found.put(file.getFileName().toString(), reasons(answer));
        }
        found.forEach(
                (name, reasons) -> System.out.println(name + " " + level + "\n  " + String.join("\n  ", reasons)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(level == Level.STRICT ? STRICT : LENIENT);
    }

    /** Status, errors, and by its code what is tolerated. */
    private static List<String> reasons(Answer answer) {
        return Stream.of(
                        List.of(Integer.toString(answer.status())),
                        RealOutcomes.errors(answer),
                        RealOutcomes.tolerated(answer))
                .flatMap(List::stream)
                .toList();
    }

    /** All leave out {@code masterIdentifier.use}; those of the ANS, what the directory asks of a professional. */
    @Test
    void mendedEachIsAcceptedLenientlyAndTheTraceTellsWhatWasTolerated() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            Bundle bundle = bundle(file);
            mend(bundle);
            String token = Scene.token("dr-martin", ALICE);
            Answer strict = RealOutcomes.send(token, "", bundle, Level.STRICT);
            Answer lenient = RealOutcomes.send(token, "", bundle, Level.LENIENT);
            RealOutcomes.tell(name + " (mended)", Level.STRICT, strict);
            RealOutcomes.tell(name + " (mended)", Level.LENIENT, lenient);
            assertThat(lenient.status()).as(name + " " + Scene.issues(lenient)).isEqualTo(200);
            assertThat(lenient.entryStatuses()).hasSameSizeAs(bundle.getEntry());
            List<String> tolerances = name.startsWith(MHD)
                    ? List.of("tolerance-identifier-type")
                    : List.of("tolerance-author-profile", "tolerance-identifier-type");
            assertThat(strict.status()).as(name).isEqualTo(422);
            assertThat(RealOutcomes.errors(strict))
                    .isNotEmpty()
                    .allMatch(error ->
                            error.matches(".*\\.(masterIdentifier\\.use|(author|authenticator|source)(\\[0])?)"));
            assertThat(RealOutcomes.tolerated(lenient)).as(name).isEqualTo(tolerances);
            assertThat(traced(lenient))
                    .as(name)
                    .map(tolerance -> "tolerance-" + tolerance)
                    .containsExactlyInAnyOrderElementsOf(tolerances);
        }
    }

    /** Tolerances in the trace of the lot, as its patient reads it. */
    private static List<String> traced(Answer lot) {
        String list = lot.createdInTransaction()
                .filter(created -> created.startsWith("List/"))
                .findFirst()
                .orElseThrow();
        Answer trace =
                Scene.SERVER.send(Scene.token("alice", ALICE), Call.get("AuditEvent?_count=20&" + Scene.of(ALICE)));
        return trace.matches()
                .filter(event -> event.findValuesAsText("reference").stream().anyMatch(what -> what.startsWith(list)))
                .flatMap(event -> event.findValues("detail").stream())
                .flatMap(details -> StreamSupport.stream(details.spliterator(), false))
                .filter(detail -> detail.path("type").asText().equals("tolerance"))
                .map(detail -> detail.path("valueString").asText())
                .distinct()
                .toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, 2)) {
            return files.filter(f -> f.getFileName().toString().matches("Bundle-ex(-comprehensive|ample-td2).*"))
                    .sorted()
                    .toList();
        }
    }

    private static Bundle bundle(Path file) throws IOException {
        return FHIR.newJsonParser().parseResource(Bundle.class, Files.readString(file));
    }

    /** What the sender of the example would have to write: our patient, the right class, ids of his own. */
    private static void mend(Bundle bundle) {
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getResource() instanceof ListResource list) {
                list.setSubject(alice());
                list.getIdentifier().forEach(RealBundlesIT::renew);
                mendSource(list);
            } else if (entry.getResource() instanceof DocumentReference document) {
                mend(document, bundle);
            }
        }
    }

    private static void mend(DocumentReference document, Bundle bundle) {
        String type = document.getType().getCodingFirstRep().getCode();
        String expected = TABLES.classOf(CodeSystems.LOINC, type).orElseThrow().code();
        document.getCategory().clear();
        document.addCategory(new CodeableConcept(new Coding(CodeSystems.TRE_A03, expected, null)));
        document.setSubject(alice());
        document.setCustodian(new Reference()
                .setIdentifier(new Identifier().setSystem(StructureId.SYSTEM).setValue("399999001300016")));
        renew(document.getMasterIdentifier());
        document.getIdentifier().forEach(RealBundlesIT::renew);
        document.getContained().stream()
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .forEach(RealBundlesIT::mend);
        document.getRelatesTo().forEach(relation -> {
            String stored = Scene.published(ALICE, Scene.document());
            String old = relation.getTarget().getReference();
            relation.setTarget(new Reference(stored));
            bundle.getEntry().stream()
                    .filter(e -> e.getRequest().getUrl().equals(old))
                    .forEach(e -> e.getRequest().setUrl(stored));
        });
        Attachment attachment = document.getContentFirstRep().getAttachment();
        binary(bundle, attachment.getUrl())
                .filter(binary -> attachment.getContentType().contains("xml"))
                .ifPresent(binary -> {
                    agree(document);
                    binary.setData(cda(document));
                });
        binary(bundle, attachment.getUrl())
                .ifPresent(
                        binary -> attachment.setSize(binary.getData().length).setHash(Document.sha1(binary.getData())));
    }

    /** Times, language and author as our document has them. */
    private static void agree(DocumentReference document) {
        document.setDateElement(new InstantType("2026-03-10T10:00:00+01:00"));
        document.getContext().setPeriod(new Period().setStartElement(new DateTimeType("2026-03-10T10:00:00+01:00")));
        document.getContentFirstRep()
                .getAttachment()
                .setLanguage("fr-FR")
                .setCreationElement(new DateTimeType("2026-03-10T10:00:00+01:00"));
        document.getContained().stream()
                .filter(Practitioner.class::isInstance)
                .flatMap(person -> ((Practitioner) person).getIdentifier().stream())
                .filter(identifier -> IdNatPs.SYSTEM.equals(identifier.getSystem()))
                .forEach(identifier -> identifier.setValue(Scene.DR_MARTIN));
    }

    /** The example only hints at a CDA: one of this id and type. */
    private static byte[] cda(DocumentReference document) {
        String id = document.getMasterIdentifier().getValue().replace("urn:oid:", "");
        Document synthesis = Scene.synthesis();
        String type = document.getType().getCodingFirstRep().getCode();
        return new String(synthesis.content(), UTF_8)
                .replace(synthesis.id().oid(), id)
                .replace("<templateId root=\"1.2.250.1.213.1.1.1.13\"/>", "")
                .replace(
                        "<code code=\"SYNTH\" codeSystem=\"1.2.250.1.213.1.1.4.12\"",
                        "<code code=\"" + type + "\" codeSystem=\"2.16.840.1.113883.6.1\"")
                .getBytes(UTF_8);
    }

    private static void mend(Patient patient) {
        Patient alice = ALICE.resource();
        patient.setIdentifier(List.of());
        patient.setName(alice.getName());
        patient.setGender(alice.getGender());
        patient.setBirthDateElement(alice.getBirthDateElement());
    }

    private static void renew(Identifier identifier) {
        identifier.setValue(UniqueId.random().urn());
    }

    private static Optional<Binary> binary(Bundle bundle, String fullUrl) {
        return bundle.getEntry().stream()
                .filter(e -> fullUrl.equals(e.getFullUrl()))
                .map(BundleEntryComponent::getResource)
                .filter(Binary.class::isInstance)
                .map(Binary.class::cast)
                .findFirst();
    }

    private static void mendSource(ListResource list) {
        if ("#practitioner-author".equals(list.getSource().getReference())) {
            PractitionerRole role = new PractitionerRole().setPractitioner(new Reference("#practitioner-author"));
            role.setId("role");
            list.addContained(role);
            list.setSource(new Reference("#role"));
        }
    }

    private static Reference alice() {
        return new Reference(ALICE.reference());
    }
}
