package fr.carnet.sandbox;

import fr.carnet.shared.DueJob;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /sandbox/clock}: moves the clock, then runs the jobs that fell due. */
@RestController
@Profile("sandbox")
class ClockEndpoint {

    /** Legal days are counted there (R184). */
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final Set<String> MOVES = Set.of("at", "advance", "reset");

    private final SandboxClock clock;
    private final ObjectProvider<DueJob> jobs;

    ClockEndpoint(SandboxClock clock, ObjectProvider<DueJob> jobs) {
        this.clock = clock;
        this.jobs = jobs;
    }

    @PostMapping(path = "/sandbox/clock", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized Map<String, String> move(@RequestParam Map<String, String> fields) {
        if (fields.size() != 1 || !MOVES.containsAll(fields.keySet())) {
            throw new SandboxError("Donnez un seul champ parmi « at », « advance » et « reset ».");
        }
        if (fields.containsKey("at")) {
            clock.moveTo(at(fields.get("at")));
        } else if (fields.containsKey("advance")) {
            clock.moveTo(advanced(fields.get("advance")));
        } else {
            clock.reset();
        }
        Instant now = clock.instant();
        jobs.orderedStream().forEach(job -> job.run(now));
        return Map.of("now", now.toString(), "offset", clock.offset().toString());
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(SandboxError error) {
        return error.answer();
    }

    private static Instant at(String instant) {
        try {
            return Instant.parse(instant);
        } catch (DateTimeParseException e) {
            throw new SandboxError("Le champ « at » est un instant ISO 8601, par exemple 2027-01-15T08:00:00Z.");
        }
    }

    /** Days, weeks and months by the calendar, hours and less by the second. */
    private Instant advanced(String amount) {
        Instant now = clock.instant();
        try {
            return amount.contains("T")
                    ? now.plus(Duration.parse(amount))
                    : now.atZone(PARIS).plus(Period.parse(amount)).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new SandboxError("Le champ « advance » est une durée ISO 8601, par exemple P42D ou PT2H.");
        }
    }
}
