package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.document.RegistryPage;
import fr.carnet.document.RegistryRow;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.Policy;
import fr.carnet.trace.TraceLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second look: the full decision on every row that SQL found, before it leaves. It should never find anything to drop;
 * if it does, it drops, counts and alarms.
 */
@Interceptor
final class Sieve {

    /** Before the notary, who traces what is left. */
    static final int ORDER = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Sieve.class);

    private final Policy policy;
    private final Counter drops;

    Sieve(Policy policy, MeterRegistry meters) {
        this.policy = policy;
        this.drops = drops(meters);
    }

    static Counter drops(MeterRegistry meters) {
        return Counter.builder("carnet.sieve.drops")
                .description("Resources that the query found and the policy refused: should stay 0")
                .register(meters);
    }

    /** Drops what the caller may not see, and notes what he will. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = ORDER)
    public void sift(RequestDetails request) {
        RegistryPage page = RegistryPage.of(request.getUserData());
        if (page == null) {
            return;
        }
        Court court = Court.of(request.getUserData(), policy);
        Set<String> visible = new HashSet<>();
        page.referred().forEach((id, facts) -> {
            if (court.decide(Action.READ, facts).permitted()) {
                visible.add(id);
            }
        });
        // R152: a folder that the holder made is his and his representatives'
        boolean holdersSide =
                Judgement.of(request.getUserData()).caller().kind().isHoldersSide();
        page.folders().forEach((id, folder) -> {
            if ((holdersSide || !folder.holders())
                    && folder.documents().stream().anyMatch(visible::contains)) {
                visible.add(id);
            }
        });
        List<RegistryRow> kept = kept(page.rows(), court, visible, request);
        List<RegistryRow> included = kept(page.included(), court, visible, request);
        if (page.query() == null && kept.isEmpty()) {
            throw Refused.absent();
        }
        page.sieved(kept, included, visible).storeIn(request.getUserData());
    }

    private List<RegistryRow> kept(List<RegistryRow> rows, Court court, Set<String> visible, RequestDetails request) {
        List<RegistryRow> kept =
                rows.stream().filter(row -> keeps(row, court, visible, request)).toList();
        if (kept.size() < rows.size()) {
            drops.increment((double) rows.size() - kept.size());
            LOG.error("sieve dropped {} of {} rows: SQL and policy disagree", rows.size() - kept.size(), rows.size());
        }
        return kept;
    }

    private static boolean keeps(RegistryRow row, Court court, Set<String> visible, RequestDetails request) {
        if (row.facts().isEmpty()) {
            return row.refersTo().stream().anyMatch(visible::contains) && note(row, request);
        }
        DocumentFacts facts = row.facts().get();
        Decision decision = court.decide(Action.READ, facts);
        return decision.permitted() && note(row, request);
    }

    private static boolean note(RegistryRow row, RequestDetails request) {
        RequestNotes.of(request.getUserData())
                .add(new TraceLine(
                        row.reference(),
                        Optional.of(Math.toIntExact(row.version())),
                        row.hash(),
                        TraceLine.Effect.DISCLOSED));
        return true;
    }
}
