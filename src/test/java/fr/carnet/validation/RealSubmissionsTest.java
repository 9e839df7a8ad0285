package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** Published example Bundles, most of them faulty: every fault is found, and nothing else stands in their way. */
class RealSubmissionsTest {

    private static final String MHD = "Bundle-ex-comprehensiveProvideDocumentBundle";
    private static final String CUSTODIAN = "W custodian-supplied %d.custodian";
    private static final String CLASS = "E class-differs %d.category[0]";
    private static final List<String> PDSM4DMP = List.of(
            "E reference-type 0.source",
            "W code-outside-value-set 0.extension('" + ProfileUris.DESIGNATION_TYPE + "')",
            "W set-without-unique-id 0.identifier",
            "E ins-invalid 0.subject",
            "E element-missing 1.custodian",
            "E class-differs 1.category[0]",
            "W code-outside-value-set 1.content[0].format",
            "W code-outside-value-set 1.context.facilityType",
            "W code-outside-value-set 1.context.practiceSetting",
            "E ins-invalid 1.subject",
            "W identifier-kind-missing 1.masterIdentifier");
    private static final Map<String, List<String>> FAULTS = Map.of(
            MHD + "Complete.json",
            List.of(CUSTODIAN.formatted(1), CLASS.formatted(1)),
            MHD + "Multiple.json",
            List.of(
                    CUSTODIAN.formatted(1),
                    CLASS.formatted(1),
                    CUSTODIAN.formatted(2),
                    CLASS.formatted(2),
                    "E unique-id-repeated 2.masterIdentifier"),
            MHD + "Replace.json",
            List.of(CUSTODIAN.formatted(2), CLASS.formatted(2), "E size-differs 2.content[0].attachment.size"),
            MHD + "Simple.json",
            List.of(CUSTODIAN.formatted(1), CLASS.formatted(1)),
            "Bundle-example-td2-1-remplacement.json",
            PDSM4DMP,
            "Bundle-example-td2-iti65-lot-soumission.json",
            PDSM4DMP);

    @Test
    void everyFaultOfTheExamplesIsFound() {
        Map<String, List<String>> found = new TreeMap<>();
        examples().forEach((name, bundle) -> found.put(name, faults(bundle)));
        found.forEach((name, faults) -> System.out.println(name + "\n  " + String.join("\n  ", faults)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(FAULTS);
    }

    @Test
    void mendedExamplesHaveNoErrorLeft() {
        examples().forEach((name, bundle) -> {
            mend(bundle);
            SubmissionReport report = Fixtures.check(Fixtures.parsed(bundle));
            assertThat(report.hasErrors()).as(name + report.findings()).isFalse();
            assertThat(report.submission()).isPresent();
        });
    }

    private static Map<String, Bundle> examples() {
        Map<String, Bundle> bundles = new TreeMap<>();
        Stream.of("mhd", "pdsm4dmp")
                .flatMap(folder -> SharedReference.files(folder).stream())
                .filter(f -> f.getFileName().toString().matches("Bundle-ex(-comprehensive|ample-td2).*"))
                .forEach(f -> bundles.put(f.getFileName().toString(), bundle(f)));
        return bundles;
    }

    private static Bundle bundle(Path file) {
        String json = new String(SharedReference.bytes(file), StandardCharsets.UTF_8);
        return Fixtures.FHIR.newJsonParser().parseResource(Bundle.class, json);
    }

    private static List<String> faults(Bundle bundle) {
        return Fixtures.check(bundle).findings().stream()
                .map(f -> f.severity().name().charAt(0) + " " + f.messageKey() + " "
                        + f.expression().replaceFirst("Bundle\\.entry\\[(\\d+)]\\.resource", "$1"))
                .toList();
    }

    private static void mend(Bundle bundle) {
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            BundleEntryComponent entry = bundle.getEntry().get(i);
            if (entry.getResource() instanceof ListResource list) {
                list.setSubject(alice());
                mendSource(list);
            } else if (entry.getResource() instanceof DocumentReference document) {
                mend(document, bundle, i);
            }
        }
    }

    private static void mend(DocumentReference document, Bundle bundle, int index) {
        String type = document.getType().getCodingFirstRep().getCode();
        String expected =
                Fixtures.TABLES.classOf(CodeSystems.LOINC, type).orElseThrow().code();
        document.getCategory().clear();
        document.addCategory(new CodeableConcept(new Coding(CodeSystems.TRE_A03, expected, null)));
        document.setSubject(alice());
        document.setCustodian(new Reference()
                .setIdentifier(new Identifier().setSystem(StructureId.SYSTEM).setValue("399999001300016")));
        document.getMasterIdentifier().setValue("urn:oid:1.2.250.1.999.7." + index);
        document.getContained().stream()
                .filter(Patient.class::isInstance)
                .forEach(p -> ((Patient) p).getIdentifier().clear());
        bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Binary.class::isInstance)
                .map(Binary.class::cast)
                .filter(b -> bundle.getEntry().stream()
                        .anyMatch(e -> e.getResource() == b
                                && e.getFullUrl()
                                        .equals(document.getContentFirstRep()
                                                .getAttachment()
                                                .getUrl())))
                .forEach(b -> document.getContentFirstRep().getAttachment().setSize(b.getData().length));
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
        return new Reference("Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|" + Fixtures.ALICE_INS);
    }
}
