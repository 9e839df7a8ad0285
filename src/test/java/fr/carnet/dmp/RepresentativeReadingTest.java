package fr.carnet.dmp;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepresentativeReadingTest {

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "2026-07-01, 2026-07-31, 2026-06-30T22:00:00Z, 2026-07-31T22:00:00Z",
        "2026-01, 2026-03, 2025-12-31T23:00:00Z, 2026-03-31T22:00:00Z",
        "2025, 2026, 2024-12-31T23:00:00Z, 2026-12-31T23:00:00Z",
        "2026-07-01T10:00:00+02:00, 2026-07-31T10:00:00Z, 2026-07-01T08:00:00Z, 2026-07-31T10:00:00Z"
    })
    void periodCountsInWholeDaysOfParis(String start, String end, String from, String until) {
        RelatedPerson mother = Cases.dated(Cases.related("1", "mother", "MTH"), start, end);

        assertThat(RepresentativeReading.read(mother))
                .contains(new Representative(
                        "mother",
                        Title.PARENT,
                        Optional.of(Instant.parse(from)),
                        Optional.of(Instant.parse(until)),
                        false));
    }

    @Test
    void titleWithoutDatesHasNone() {
        assertThat(RepresentativeReading.read(Cases.related("1", "guardian", "GUARD")))
                .contains(new Representative("guardian", Title.GUARDIAN, Optional.empty(), Optional.empty(), false));
    }

    @Test
    void neighbourAndFormerParentHaveNoTitle() {
        RelatedPerson former = Cases.related("1", "father", "FTH").setActive(false);
        RelatedPerson nameless = Cases.related("1", "mother", "MTH");
        nameless.getIdentifier().clear();

        assertThat(RepresentativeReading.read(Cases.related("1", "neighbour", "NBOR")))
                .isEmpty();
        assertThat(RepresentativeReading.read(former)).isEmpty();
        assertThat(RepresentativeReading.read(nameless)).isEmpty();
    }
}
