package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days and months as the law counts them, in Paris (R184): when a document is told of, and when it shows. */
class LegalCalendarTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final LegalCalendar calendar = new LegalCalendar(Cast.settings());

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "2026-03-02T10:00:00Z, 2026-03-15T22:59:59Z, AWAITED",
        "2026-03-02T10:00:00Z, 2026-03-15T23:00:00Z, LATE",
        "2026-03-02T23:30:00Z, 2026-03-16T10:00:00Z, AWAITED",
        "2026-03-02T10:00:00Z, 2026-04-01T21:59:59Z, LATE",
        "2026-03-02T10:00:00Z, 2026-04-01T22:00:00Z, OVERDUE",
        // no 31st, no 30th, no 29th: the last day of the month
        "2026-01-31T10:00:00Z, 2026-02-27T22:59:59Z, LATE",
        "2026-01-31T10:00:00Z, 2026-02-27T23:00:00Z, OVERDUE",
        "2026-01-29T10:00:00Z, 2026-02-28T10:00:00Z, OVERDUE",
        "2028-01-31T10:00:00Z, 2028-02-28T22:59:59Z, LATE",
        "2028-01-31T10:00:00Z, 2028-02-29T10:00:00Z, OVERDUE",
        "2026-03-31T10:00:00Z, 2026-04-30T10:00:00Z, OVERDUE",
        "2026-02-28T10:00:00Z, 2026-03-28T10:00:00Z, OVERDUE",
        "2026-12-31T10:00:00Z, 2027-01-30T22:59:59Z, LATE",
        "2026-12-31T10:00:00Z, 2027-01-31T10:00:00Z, OVERDUE",
    })
    void announcementFallsDue(Instant deposited, Instant now, Announcement expected) {
        assertThat(calendar.announcement(hidden(deposited), now)).isEqualTo(expected);
    }

    @Example
    void documentThatIsNotHiddenAwaitsNoAnnouncement() {
        assertThat(calendar.announcement(Cast.document("SYNTH", "11").build(), Cast.NOW))
                .isEqualTo(Announcement.NOT_AWAITED);
    }

    @Tag("property")
    @Property(tries = 2_000)
    void everyLateDocumentWasDepositedBeforeTheBound(
            @ForAll @IntRange(max = 1_500) int day, @ForAll @IntRange(max = 60) int age) {
        Instant now = LocalDate.parse("2026-01-01")
                .plusDays(day)
                .atTime(1, 30)
                .atZone(PARIS)
                .toInstant();
        Instant deposited = now.atZone(PARIS).minusDays(age).toInstant();
        boolean awaited = calendar.announcement(hidden(deposited), now) == Announcement.AWAITED;

        assertThat(awaited || deposited.isBefore(calendar.lateBefore(now))).isTrue();
    }

    private static DocumentFacts hidden(Instant deposited) {
        return Cast.document("SYNTH", "11")
                .labelled(Visibility.INVISIBLE_PATIENT)
                .deposited(deposited)
                .build();
    }
}
