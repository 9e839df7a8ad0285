package fr.carnet.validation;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/** Compares times of the metadata with times of a header: to the minute, or to the day where one side says no more. */
final class HeaderTime {

    private static final ZoneId FRANCE = ZoneId.of("Europe/Paris");

    private HeaderTime() {}

    static boolean agrees(BaseDateTimeType stated, OffsetDateTime header) {
        TemporalPrecisionEnum precision = stated.getPrecision();
        if (precision == TemporalPrecisionEnum.YEAR || precision == TemporalPrecisionEnum.MONTH) {
            return told(header).startsWith(stated.getValueAsString());
        }
        if (precision == TemporalPrecisionEnum.DAY) {
            return LocalDate.parse(stated.getValueAsString()).equals(header.toLocalDate());
        }
        var instant = stated.getValue().toInstant();
        boolean dayAlone = header.toLocalTime().toSecondOfDay() == 0;
        return dayAlone
                ? instant.atZone(FRANCE).toLocalDate().equals(header.toLocalDate())
                : instant.truncatedTo(ChronoUnit.MINUTES)
                        .equals(header.toInstant().truncatedTo(ChronoUnit.MINUTES));
    }

    static String told(OffsetDateTime header) {
        return header.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
}
