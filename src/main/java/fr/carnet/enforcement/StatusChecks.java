package fr.carnet.enforcement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Ins;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/** TD0.2: by matricule only, and not as often as one likes: whoever guesses matricules shall not get far. */
final class StatusChecks {

    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long MOST_CALLERS = 100_000;

    private final Patients patients;
    private final int perMinute;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .maximumSize(MOST_CALLERS)
            .build();

    /** @param perMinute checks that one caller has in a minute, on this node */
    StatusChecks(Patients patients, int perMinute) {
        this.patients = patients;
        this.perMinute = perMinute;
    }

    Verdict check(Hearing hearing) {
        hearing.asks(Action.CHECK_STATUS);
        String[] tokens = hearing.request().getParameters().get("identifier");
        String[] parts = tokens == null || tokens.length != 1 ? new String[0] : tokens[0].split("\\|", -1);
        if (parts.length != 2) {
            throw Fault.of(400, "identifier-required");
        }
        if (!bucket(hearing.caller().subject()).tryConsume(1)) {
            throw Fault.of(429, "too-many-status-checks");
        }
        Ins ins = Patients.ins(parts[0], parts[1], hearing);
        Optional<PatientFacts> patient = patients.named(
                new fr.carnet.document.RegistryQuery.PatientName.ByIdentifier(parts[0], ins.value()), hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(Action.CHECK_STATUS)));
    }

    private Bucket bucket(String caller) {
        return buckets.get(caller, c -> Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build());
    }
}
