package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.reference;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.StructureId;
import fr.carnet.validation.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published examples that are no ITI-65 Bundle: single DocumentReferences, a FHIR document, an answer to a search. */
class RealPublicationsIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path FOLDER = Path.of("..", "shared", "realdata", "pdsm4dmp");
    private static final String SIMPLIFIED = "DocumentReference-example-td2-iti105-publication-simplifiee.json";
    private static final String FHIR_DOCUMENT = "Bundle-example-annexe-fhir-document.json";

    /** Errors, then what would be tolerated. A matricule with a wrong key, an author without type of identifier, no
     * custodian, a document that only hints at a CDA; what no submission is. */
    private static final Map<String, List<String>> LENIENT = Map.of(
            "Bundle-example-annexe-fhir-document.json",
            List.of(
                    "mhd-provide-bundle Bundle.type",
                    "mhd-provide-bundle Bundle.entry[0].resource",
                    "mhd-provide-bundle Bundle.entry[1].resource",
                    "mhd-provide-bundle Bundle.entry[2].resource",
                    "mhd-provide-bundle Bundle.entry",
                    "tolerance-bundle-profile-missing"),
            "Bundle-example-annexe-searchset-documentreferences.json",
            List.of(
                    "mhd-provide-bundle Bundle.type",
                    "mhd-provide-bundle Bundle.entry[0].request.method",
                    "mhd-provide-bundle Bundle.entry[0].request.url",
                    "mhd-provide-bundle Bundle.entry[0].fullUrl",
                    "mhd-provide-bundle Bundle.entry[1].request.method",
                    "mhd-provide-bundle Bundle.entry[1].request.url",
                    "mhd-provide-bundle Bundle.entry[1].fullUrl",
                    "mhd-provide-bundle Bundle.entry",
                    "R2 Bundle.entry[0].resource.subject",
                    "XDSMissingDocument Bundle.entry[0].resource.content[0].attachment.url",
                    "R2 Bundle.entry[1].resource.subject",
                    "XDSMissingDocument Bundle.entry[1].resource.content[0].attachment.url",
                    "R2",
                    "R13",
                    "tolerance-bundle-profile-missing",
                    "tolerance-class-differs",
                    "tolerance-custodian-missing"),
            "DocumentReference-doc-x-id.json",
            List.of(
                    "pdsm-simplified-publish DocumentReference.content[0].attachment.url",
                    "R2 DocumentReference.subject",
                    "pdsm-simplified-publish DocumentReference.status",
                    "XDSMissingDocument DocumentReference.content[0].attachment.data",
                    "R2",
                    "R13",
                    "tolerance-author-profile",
                    "tolerance-class-differs",
                    "tolerance-custodian-missing"),
            "DocumentReference-example-td2-iti105-publication-simplifiee.json",
            List.of(
                    "R2 DocumentReference.subject",
                    "R2",
                    "R13",
                    "tolerance-author-profile",
                    "tolerance-custodian-missing"));

    private static final Map<String, List<String>> STRICT = Map.of(
            "Bundle-example-annexe-fhir-document.json",
            List.of(
                    "mhd-provide-bundle Bundle.type",
                    "mhd-provide-bundle Bundle.meta.profile",
                    "mhd-provide-bundle Bundle.entry[0].resource",
                    "mhd-provide-bundle Bundle.entry[1].resource",
                    "mhd-provide-bundle Bundle.entry[2].resource",
                    "mhd-provide-bundle Bundle.entry"),
            "Bundle-example-annexe-searchset-documentreferences.json",
            List.of(
                    "mhd-provide-bundle Bundle.type",
                    "mhd-provide-bundle Bundle.meta.profile",
                    "mhd-provide-bundle Bundle.entry[0].request.method",
                    "mhd-provide-bundle Bundle.entry[0].request.url",
                    "mhd-provide-bundle Bundle.entry[0].fullUrl",
                    "mhd-provide-bundle Bundle.entry[1].request.method",
                    "mhd-provide-bundle Bundle.entry[1].request.url",
                    "mhd-provide-bundle Bundle.entry[1].fullUrl",
                    "mhd-provide-bundle Bundle.entry",
                    "pdsm-comprehensive-document-reference Bundle.entry[0].resource.custodian",
                    "R120 Bundle.entry[0].resource.category[0]",
                    "R2 Bundle.entry[0].resource.subject",
                    "XDSMissingDocument Bundle.entry[0].resource.content[0].attachment.url",
                    "pdsm-comprehensive-document-reference Bundle.entry[1].resource.custodian",
                    "R2 Bundle.entry[1].resource.subject",
                    "XDSMissingDocument Bundle.entry[1].resource.content[0].attachment.url",
                    "R2",
                    "R13"),
            "DocumentReference-doc-x-id.json",
            List.of(
                    "pdsm-simplified-publish DocumentReference.content[0].attachment.url",
                    "R2 DocumentReference.subject",
                    "pdsm-simplified-publish DocumentReference.status",
                    "pdsm-simplified-publish DocumentReference.custodian",
                    "R120 DocumentReference.category[0]",
                    "XDSMissingDocument DocumentReference.content[0].attachment.data",
                    "Device DocumentReference.author[0]",
                    "as-organization DocumentReference.authenticator",
                    "R2",
                    "R13"),
            "DocumentReference-example-td2-iti105-publication-simplifiee.json",
            List.of(
                    "R2 DocumentReference.subject",
                    "pdsm-simplified-publish DocumentReference.custodian",
                    "Device DocumentReference.author[0]",
                    "R2",
                    "R13"));

    @BeforeAll
    static void referenceMaterial() {
        Assumptions.assumeTrue(Files.exists(Path.of("..", "shared", "README.md")), "no reference material");
    }

    private static Resource resource(Path file) throws IOException {
        return (Resource) FHIR.newJsonParser().parseResource(Files.readString(file));
    }

    private static Answer sent(Path file, Level level) throws IOException {
        Resource resource = resource(file);
        String path = resource instanceof DocumentReference ? "DocumentReference" : "";
        return RealOutcomes.send(Scene.SERVER.token("dr-martin"), path, resource, level);
    }

    @ParameterizedTest
    @EnumSource
    void asPublishedEachIsRefusedWithAllItsReasons(Level level) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> !f.getFileName().toString().startsWith("Bundle-example-td2"))
                    .sorted()
                    .toList()) {
                List<Integer> before = Scene.stored();
                Answer answer = sent(file, level);
                assertThat(answer.status()).isEqualTo(422);
                assertThat(Scene.stored()).isEqualTo(before);
                found.put(
                        file.getFileName().toString(),
                        Stream.of(RealOutcomes.errors(answer), RealOutcomes.tolerated(answer))
                                .flatMap(List::stream)
                                .toList());
                RealOutcomes.tell(file.getFileName().toString(), level, answer);
            }
        }
        found.forEach(
                (name, reasons) -> System.out.println(name + " " + level + "\n  " + String.join("\n  ", reasons)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(level == Level.STRICT ? STRICT : LENIENT);
    }

    /** Its author bears an identifier without the type that the directory asks for. */
    @Test
    void mendedPublicationIsAcceptedLeniently() throws IOException {
        Person patient = Scene.patient();
        DocumentReference document = (DocumentReference) resource(FOLDER.resolve(SIMPLIFIED));
        document.setSubject(new Reference(patient.reference()));
        document.setCustodian(new Reference()
                .setIdentifier(new Identifier().setSystem(StructureId.SYSTEM).setValue("399999001300016")));
        document.getMasterIdentifier().setValue(UniqueId.random().urn());
        document.getContentFirstRep()
                .getAttachment()
                .setContentType("application/pdf")
                .setData("%PDF-1.4".getBytes(StandardCharsets.US_ASCII));
        String token = token("dr-martin", patient);
        Answer strict = RealOutcomes.send(token, "DocumentReference", document, Level.STRICT);
        assertThat(RealOutcomes.errors(strict)).containsExactly("Device DocumentReference.author[0]");
        Answer lenient = RealOutcomes.send(token, "DocumentReference", document, Level.LENIENT);
        assertThat(lenient.status()).as(Scene.issues(lenient).toString()).isEqualTo(201);
        RealOutcomes.tell(SIMPLIFIED + " (mended)", Level.STRICT, strict);
        RealOutcomes.tell(SIMPLIFIED + " (mended)", Level.LENIENT, lenient);
    }

    @Test
    void mendedFhirDocumentIsAcceptedWithinALot() throws IOException {
        Person patient = Scene.patient();
        Bundle document = (Bundle) resource(FOLDER.resolve(FHIR_DOCUMENT));
        Bundle lot = lot(patient, document());
        DocumentReference metadata = reference(lot);
        document.getIdentifier().setValue(metadata.getMasterIdentifier().getValue());
        Composition composition = (Composition) document.getEntryFirstRep().getResource();
        composition.getType().getCodingFirstRep().setSystem(CodeSystems.LOINC).setCode("11488-4");
        ((Patient) document.getEntry().get(1).getResource()).setIdentifier(List.of(patient.identifier()));
        metadata.getContentFirstRep()
                .getAttachment()
                .setContentType("application/fhir+json")
                .setSizeElement(null)
                .setHash(null);
        lot.getEntry().get(2).setResource(document).getRequest().setUrl("Bundle");
        Answer answer = post(token("dr-martin", patient), lot);
        assertThat(answer.status()).as(Scene.issues(answer).toString()).isEqualTo(200);
        assertThat(answer.createdInTransaction().toList().get(2)).startsWith("Bundle/");
    }
}
