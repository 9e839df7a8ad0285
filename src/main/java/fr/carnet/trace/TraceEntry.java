package fr.carnet.trace;

import fr.carnet.caller.CallerSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The trace of one request (R90, R92).
 *
 * @param id random, public
 * @param recordedAt to the microsecond
 * @param patient FHIR id of the Patient whose record was asked for; empty when none was found
 * @param who empty when the caller could not be authenticated
 * @param request what was asked
 * @param circumstances mode, reason, secret connection
 * @param verdict how it ended
 * @param lines one for each resource disclosed, written or refused
 * @param delivered the answer is known to have been handed to the network whole ({@link Deliveries}); never of a new entry
 */
public record TraceEntry(
        UUID id,
        Instant recordedAt,
        Optional<String> patient,
        Optional<Who> who,
        TracedRequest request,
        Circumstances circumstances,
        Verdict verdict,
        List<TraceLine> lines,
        boolean delivered) {

    /** @throws NullPointerException if a component is missing */
    public TraceEntry {
        Objects.requireNonNull(id);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(who);
        Objects.requireNonNull(request);
        Objects.requireNonNull(circumstances);
        Objects.requireNonNull(verdict);
        lines = List.copyOf(lines);
    }

    /** A new entry with a random id. */
    public static TraceEntry at(
            Instant recordedAt,
            Optional<String> patient,
            Optional<Who> who,
            TracedRequest request,
            Circumstances circumstances,
            Verdict verdict,
            List<TraceLine> lines) {
        return new TraceEntry(
                UUID.randomUUID(), recordedAt, patient, who, request, circumstances, verdict, lines, false);
    }

    /**
     * A new entry of a request for a token (ITI-71), in nobody's record: nothing was accessed yet.
     *
     * @param session what the token says; empty when none was issued, or it names nobody
     * @param form what was asked, without proofs
     * @param address of the client
     */
    public static TraceEntry ofTokenRequest(
            Instant recordedAt,
            Optional<CallerSession> session,
            String form,
            Optional<String> address,
            String correlationId,
            Verdict verdict) {
        return at(
                recordedAt,
                Optional.empty(),
                session.map(CallerSession::caller).map(Who::of),
                new TracedRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("ITI-71"),
                        Optional.empty(),
                        Optional.of(form),
                        address,
                        correlationId),
                session.map(CallerSession::context).map(Circumstances::of).orElse(Circumstances.UNKNOWN),
                verdict,
                List.of());
    }

    /** True if somebody learns of a resource by the answer; whether it left is noted apart ({@link Deliveries}). */
    public boolean discloses() {
        return verdict.outcome() == Verdict.Outcome.PERMITTED
                && lines.stream().anyMatch(line -> line.effect() == TraceLine.Effect.DISCLOSED);
    }
}
