package fr.carnet.enforcement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.PatientReference;
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
        IdentifierToken identifier = Optional.ofNullable(tokens)
                .filter(all -> all.length == 1)
                .flatMap(all -> IdentifierToken.parse(all[0]))
                .orElseThrow(() -> Fault.of(400, "identifier-required"));
        count(hearing);
        Optional<PatientFacts> patient = patients.named(new PatientReference.Identified(identifier), hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(Action.CHECK_STATUS)));
    }

    /** Counts a request that tells of a matricule whether it has a record. */
    void count(Hearing hearing) {
        if (!bucket(hearing.caller().subject()).tryConsume(1)) {
            throw Fault.of(429, "too-many-status-checks");
        }
    }

    private Bucket bucket(String caller) {
        return buckets.get(caller, c -> Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build());
    }
}
