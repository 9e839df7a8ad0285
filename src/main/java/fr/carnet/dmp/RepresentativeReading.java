package fr.carnet.dmp;

import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.shared.CarnetUris;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.RelatedPerson;

/** Reads who acts for a patient in law, and between which dates (R147, R149). */
final class RepresentativeReading {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Set<String> GUARDIAN = Set.of("GUARD");
    private static final Set<String> PARENT = Set.of("PRN", "MTH", "FTH");

    private RepresentativeReading() {}

    /** Empty where the person has no title: not active, without local id, or in another relationship. */
    static Optional<Representative> read(RelatedPerson person) {
        if (person.hasActive() && !person.getActive()) {
            return Optional.empty();
        }
        return title(person).flatMap(title -> person.getIdentifier().stream()
                .filter(identifier -> CarnetUris.LOCAL_ID.equals(identifier.getSystem()) && identifier.hasValue())
                .map(identifier -> new Representative(identifier.getValue(), title, from(person), until(person)))
                .findFirst());
    }

    private static Optional<Title> title(RelatedPerson person) {
        Set<String> relations = person.getRelationship().stream()
                .flatMap(relationship -> relationship.getCoding().stream())
                .map(coding -> coding.getCode() == null ? "" : coding.getCode())
                .collect(Collectors.toSet());
        if (relations.stream().anyMatch(GUARDIAN::contains)) {
            return Optional.of(Title.GUARDIAN);
        }
        return relations.stream().anyMatch(PARENT::contains) ? Optional.of(Title.PARENT) : Optional.empty();
    }

    private static Optional<Instant> from(RelatedPerson person) {
        return Optional.of(person.getPeriod().getStartElement())
                .filter(DateTimeType::hasValue)
                .map(start -> start.hasTime() ? start.getValue().toInstant() : midnight(firstDay(start)));
    }

    /** The last day, month or year that is named belongs to the period. */
    private static Optional<Instant> until(RelatedPerson person) {
        return Optional.of(person.getPeriod().getEndElement())
                .filter(DateTimeType::hasValue)
                .map(end -> end.hasTime() ? end.getValue().toInstant() : midnight(dayAfter(end)));
    }

    private static LocalDate firstDay(DateTimeType date) {
        String text = date.getValueAsString();
        return switch (date.getPrecision()) {
            case YEAR -> LocalDate.of(Integer.parseInt(text), 1, 1);
            case MONTH -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    private static LocalDate dayAfter(DateTimeType date) {
        LocalDate first = firstDay(date);
        return switch (date.getPrecision()) {
            case YEAR -> first.plusYears(1);
            case MONTH -> first.plusMonths(1);
            default -> first.plusDays(1);
        };
    }

    /** Legal days are those of Paris (R184). */
    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(PARIS).toInstant();
    }
}
