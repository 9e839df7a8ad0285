package fr.carnet.validation.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.shared.ProfileUris;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileValidatorTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path OFFICIAL = Path.of("..", "shared", "packages");
    private static final String OWN = "https://carnet.example/fhir/StructureDefinition/carnet-document-reference";

    private static ProfileValidator own() {
        return Held.OWN;
    }

    @Test
    void fhirItselfIsCheckedWithoutAnyProfile() {
        assertThat(own().check(new DocumentReference(), List.of()))
                .filteredOn(ProfileFinding::grave)
                .anySatisfy(found -> {
                    assertThat(found.message()).isEqualTo("Validation_VAL_Profile_Minimum");
                    assertThat(found.args()).contains("DocumentReference.status");
                });
    }

    @Test
    void whatOnlyAProfileAsksForIsFoundWhenItIsAskedFor() {
        DocumentReference bare = bare();
        assertThat(own().check(bare, List.of()))
                .filteredOn(ProfileFinding::grave)
                .isEmpty();
        assertThat(own().check(bare, List.of(OWN)))
                .filteredOn(ProfileFinding::grave)
                .isNotEmpty();
    }

    @Test
    void aBrokenInvariantIsToldByItsKey() {
        assertThat(own().check(bare(), List.of(OWN))).anySatisfy(found -> {
            assertThat(found.constraint()).contains("carnet-confidentiality");
            assertThat(found.message()).isEqualTo("INV_FAILED_SOURCE");
            assertThat(found.args()).first().isEqualTo("carnet-confidentiality");
        });
    }

    @Test
    void anUnknownProfileIsPassedOver() {
        DocumentReference bare = bare();
        bare.getMeta().addProfile("https://example.org/StructureDefinition/unknown");
        assertThat(own().knows("https://example.org/StructureDefinition/unknown"))
                .isFalse();
        assertThat(own().check(bare, List.of("https://example.org/StructureDefinition/unknown")))
                .filteredOn(ProfileFinding::grave)
                .isEmpty();
    }

    @Test
    void oneResourceLeavesNothingBehindForTheNext() throws Exception {
        List<ProfileFinding> alone = own().check(bare(), List.of(OWN));
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<ProfileFinding>>> checks = IntStream.range(0, 40)
                    .<Callable<List<ProfileFinding>>>mapToObj(i -> () -> {
                        own().check(new DocumentReference(), List.of());
                        return own().check(bare(), List.of(OWN));
                    })
                    .toList();
            for (var result : threads.invokeAll(checks)) {
                assertThat(result.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatWasCheckedIsForgotten() {
        own().check(spoken(0), List.of(OWN));
        long before = live();
        for (int i = 1; i <= 40; i++) {
            own().check(spoken(i), List.of(OWN));
        }
        assertThat(live() - before).as("bytes kept").isLessThan(20_000_000);
    }

    /** With many codes that a text goes with, each new. */
    private static DocumentReference spoken(int number) {
        DocumentReference document = bare();
        for (int i = 0; i < 150; i++) {
            document.addCategory()
                    .setText("Compte rendu " + number + " " + i)
                    .addCoding(new Coding("http://loinc.org", "60591-5", "Patient summary Document"));
        }
        return document;
    }

    private static long live() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Test
    void severityAndPlaceDoNotDependOnTheLanguageOfTheMachine() {
        List<ProfileFinding> here = own().check(bare(), List.of(OWN));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            var german = new ProfileValidator(FHIR, ProfilePackages.load(FHIR, Optional.empty()));
            assertThat(german.check(bare(), List.of(OWN)))
                    .extracting(ProfileFinding::grave, ProfileFinding::expression, ProfileFinding::message)
                    .containsExactlyElementsOf(here.stream()
                            .map(f -> Assertions.tuple(f.grave(), f.expression(), f.message()))
                            .toList());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aPackageThatCannotBeReadStopsTheStart(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.tgz"), "no archive");
        assertThatThrownBy(() -> ProfilePackages.load(FHIR, Optional.of(folder)))
                .isInstanceOf(ProfilePackages.UnreadablePackage.class)
                .hasMessageContaining("broken.tgz");
        assertThatThrownBy(() -> ProfilePackages.load(FHIR, Optional.of(folder.resolve("absent"))))
                .isInstanceOf(ProfilePackages.UnreadablePackage.class);
    }

    @Test
    void officialProfilesAreCheckedByUrlAndVersion() {
        assumeThat(OFFICIAL).isDirectory();
        var packages = ProfilePackages.load(FHIR, Optional.of(OFFICIAL));
        assertThat(packages.versions())
                .containsEntry("ihe.iti.mhd", "4.2.3")
                .containsEntry("ans.fhir.fr.pdsm", "3.1.1");
        var official = new ProfileValidator(FHIR, packages);
        assertThat(official.knows(ProfileUris.DOCUMENT_REFERENCE + "|3.1.1")).isTrue();
        assertThat(official.knows(ProfileUris.DOCUMENT_REFERENCE + "|1.0.0")).isFalse();
        assertThat(official.check(bare(), List.of(ProfileUris.DOCUMENT_REFERENCE)))
                .filteredOn(ProfileFinding::grave)
                .anySatisfy(found -> assertThat(found.args()).contains("DocumentReference.custodian"));
    }

    private static DocumentReference bare() {
        var document = new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT);
        document.addContent().getAttachment().setUrl("Binary/1");
        return document;
    }

    private static final class Held {
        private static final ProfileValidator OWN =
                new ProfileValidator(FHIR, ProfilePackages.load(FHIR, Optional.empty()));
    }
}
