package fr.carnet.server.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.ListResource;
import org.junit.jupiter.api.Test;

class LotTest {

    private static final byte[] BYTES = "Hello World".getBytes(StandardCharsets.UTF_8);
    private static final Person PERSON = new Person(
            new Ins(InsDomain.TEST, "279035121518989"),
            "PAT-TROIS",
            "DOMINIQUE",
            "DOMINIQUE MARIE-LOUISE",
            "1979-03-28",
            AdministrativeGender.FEMALE,
            "51215");
    private static final Document DOCUMENT = new Document(
            new UniqueId("2.25.1"), Document.Kind.CONSULTATION, OffsetDateTime.parse("2026-11-21T10:00:00Z"), BYTES);
    private final Bundle bundle =
            parsed(new Lot(new UniqueId("2.25.2"), PERSON, Depositor.DR_MARTIN, DOCUMENT).bundle());

    @Test
    void sizeAndHashAreThoseOfTheRawBytes() {
        var attachment = reference().getContentFirstRep().getAttachment();
        assertThat(attachment.getSize()).isEqualTo(11);
        assertThat(Base64.getEncoder().encodeToString(attachment.getHash())).isEqualTo("Ck1VqNd45QIvq3AZd8XYQLvEhtA=");
        assertThat(((Binary) bundle.getEntry().get(2).getResource()).getData()).isEqualTo(BYTES);
    }

    @Test
    void entriesReferToOneAnother() {
        var lot = (ListResource) bundle.getEntry().get(0).getResource();
        assertThat(lot.getEntryFirstRep().getItem().getReference())
                .isEqualTo(bundle.getEntry().get(1).getFullUrl());
        assertThat(reference().getContentFirstRep().getAttachment().getUrl())
                .isEqualTo(bundle.getEntry().get(2).getFullUrl());
        assertThat(bundle.getEntry()).allMatch(entry -> entry.getRequest().getMethod() == Bundle.HTTPVerb.POST);
    }

    @Test
    void uniqueIdsAreMarkedForEveryVersionOfMhd() {
        var id = reference().getMasterIdentifier();
        assertThat(id.getValue()).isEqualTo("urn:oid:2.25.1");
        assertThat(id.getUse().toCode()).isEqualTo("usual");
        assertThat(id.getType().getCodingFirstRep().getCode()).isEqualTo("uniqueId");
    }

    @Test
    void everyContainedResourceIsThere() {
        DocumentReference reference = reference();
        assertThat(reference.getContained())
                .extracting(resource -> resource.getIdElement().getIdPart().replace("#", ""))
                .containsExactlyInAnyOrder("professionnel", "structure", "auteur", "patient");
        assertThat(reference.getSubject().getReference())
                .isEqualTo("Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989");
    }

    private DocumentReference reference() {
        return (DocumentReference) bundle.getEntry().get(1).getResource();
    }

    private static Bundle parsed(Bundle bundle) {
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, FhirJson.text(bundle));
    }
}
