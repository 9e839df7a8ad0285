package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.Told;
import fr.carnet.policy.Rule;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says how a request of the FHIR base ends, once it is known, to whoever counts; and counts accesses in an emergency. */
@Interceptor
final class Tally {

    private final Map<AccessMode, Counter> emergencies;

    /** Both modes from the start: of a counter that appears, the first event is not seen. */
    Tally(MeterRegistry meters) {
        emergencies = Arrays.stream(AccessMode.values())
                .filter(AccessMode::isEmergency)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), mode -> Counter.builder("carnet.emergency.accesses")
                                .description("Permitted accesses to a record in an emergency (R51-R57)")
                                .tag("mode", mode.code())
                                .register(meters)));
    }

    /** What was attested is permitted. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = Notary.ORDER + 1)
    public void permitted(ServletRequestDetails request) {
        HttpServletRequest http = request.getServletRequest();
        Told.permitted(Transactions.word(request)).storeIn(http);
        if (RequestNotes.of(request.getUserData()).patient().isPresent()) {
            CallerSession.of(http)
                    .flatMap(session -> session.context().mode())
                    .filter(AccessMode::isEmergency)
                    .ifPresent(mode -> emergencies.get(mode).increment());
        }
    }

    /**
     * What is refused, by the rule that hides where the answer does not name it.
     *
     * @param request null if it was refused before HAPI made one
     */
    void refused(ServletRequestDetails request, HttpServletRequest http, Fault fault) {
        String code = fault.issues().stream()
                .filter(issue -> issue.severity() == Fault.Severity.ERROR)
                .map(Fault.Issue::code)
                .findFirst()
                .orElseGet(() -> fault.issues().get(0).code());
        if (request == null) {
            Told.refused(Told.OTHER, fault.status(), code).storeIn(http);
            return;
        }
        String rule = RequestNotes.of(request.getUserData())
                .refusal()
                .filter(any -> fault.status() < 500)
                .map(Rule::id)
                .orElse(code);
        Told.refused(Transactions.word(request), fault.status(), rule).storeIn(http);
    }
}
