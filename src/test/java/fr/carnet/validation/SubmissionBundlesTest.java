package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.FHIR;
import static fr.carnet.validation.Fixtures.cda;
import static fr.carnet.validation.Fixtures.header;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.CdaHeader.DocumentId;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.Test;

class SubmissionBundlesTest {

    private final SubmissionBundles bundles = new SubmissionBundles(Fixtures.TABLES);

    @Test
    void theSameDocumentGivesTheSameLot() {
        assertThat(json("vsm")).isEqualTo(json("vsm"));
        assertThat(json("vsm")).isNotEqualTo(json("discharge"));
    }

    @Test
    void metadataComesFromTheHeader() {
        DocumentReference reference = Fixtures.reference(Fixtures.submission("vsm"));
        assertThat(reference.getType().hasCoding(CodeSystems.TRE_A05, "SYNTH")).isTrue();
        assertThat(reference.getCategoryFirstRep().hasCoding(CodeSystems.TRE_A03, "11"))
                .isTrue();
        assertThat(reference.getContentFirstRep().getFormat().getCode()).isEqualTo("urn:asip:ci-sis:vsm:2012");
        assertThat(reference.getCustodian().getIdentifier().getValue()).isEqualTo("399999001300016");
        assertThat(reference.getContext().getPeriod().getStartElement().getValueAsString())
                .isEqualTo("2026-03-10T10:00:00+01:00");
        assertThat(reference.getContext().getEventFirstRep().hasCoding(CodeSystems.LOINC, "34117-2"))
                .isTrue();
    }

    @Test
    void wrappedPdfHasTheFormatOfWrappedPdf() {
        DocumentReference reference = Fixtures.reference(Fixtures.submission("level1"));
        assertThat(reference.getContentFirstRep().getFormat().getCode()).isEqualTo("urn:ihe:iti:xds-sd:pdf:2008");
        assertThat(reference.getContentFirstRep().getAttachment().getContentType())
                .isEqualTo("application/xml");
    }

    @Test
    void aReplacementNamesItsTargetByIdentifier() {
        byte[] content = cda("discharge");
        DocumentId old = header(content).replaces().get(0);
        Bundle bundle =
                bundles.bundle(header(content), content, "application/xml", Optional.of(old), Fixtures.SUBMITTED);
        SubmissionReport report = Fixtures.check(Fixtures.parsed(bundle));
        assertThat(report.findings()).isEmpty();
        assertThat(report.documents().get(0).replaces())
                .map(r -> r.getIdentifier().getValue())
                .contains("urn:oid:1.2.250.1.999.1.20");
    }

    @Test
    void derivedIdentifiersAreOids() {
        DocumentId id = SubmissionBundles.idOf(cda("vsm"));
        assertThat(id.value()).matches("urn:oid:2\\.25\\.[1-9]\\d{30,38}");
        assertThat(SubmissionBundles.idOf(cda("vsm"))).isEqualTo(id);
        assertThat(SubmissionBundles.idOf(cda("level1"))).isNotEqualTo(id);
    }

    private String json(String name) {
        byte[] content = cda(name);
        return FHIR.newJsonParser()
                .encodeResourceToString(bundles.bundle(
                        header(content), content, "application/xml", Optional.empty(), Fixtures.SUBMITTED));
    }
}
