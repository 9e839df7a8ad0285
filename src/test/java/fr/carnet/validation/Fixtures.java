package fr.carnet.validation;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;

/** Documents of the fictional patient alice, and the submissions made of them. */
final class Fixtures {

    static final FhirContext FHIR = FhirContext.forR4Cached();
    static final CodeTables TABLES = CodeTables.bundled();
    static final Instant SUBMITTED = Instant.parse("2026-03-10T10:00:00Z");
    static final PatientTraits ALICE = new PatientTraits(
            Optional.of("MOREAU"),
            Optional.of("ALICE"),
            Optional.of(LocalDate.of(1984, 5, 17)),
            Optional.of("female"),
            Optional.of("75056"));
    static final String ALICE_INS = "284057505601204";

    private Fixtures() {}

    static byte[] cda(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/cda/" + name + ".xml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] edited(String name, String from, String to) {
        String text = new String(cda(name), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new IllegalArgumentException("the fixture has no " + from);
        }
        return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    static CdaHeader header(byte[] document) {
        try {
            return CdaHeader.read(document);
        } catch (UnreadableCda e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sound PDSm submission, as a server parses it. */
    static Bundle submission(String name) {
        byte[] content = cda(name);
        Bundle built = new SubmissionBundles(TABLES)
                .bundle(header(content), content, "application/xml", Optional.empty(), SUBMITTED);
        return parsed(built);
    }

    static Bundle parsed(Bundle bundle) {
        String json = FHIR.newJsonParser().encodeResourceToString(bundle);
        return FHIR.newJsonParser().parseResource(Bundle.class, json);
    }

    static ListResource set(Bundle bundle) {
        return (ListResource) bundle.getEntry().get(0).getResource();
    }

    static DocumentReference reference(Bundle bundle) {
        return (DocumentReference) bundle.getEntry().get(1).getResource();
    }

    static SubmissionReport check(Bundle bundle) {
        return new SubmissionCheck(TABLES, SubmissionLimits.DEFAULTS).check(bundle);
    }
}
