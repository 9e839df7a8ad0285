package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.Way;
import jakarta.servlet.http.HttpServletRequest;

/** Shows a request from room to room, for its spans: before the first interceptor of each room, and after the last. */
@Interceptor
final class Usher {

    /** HAPI subtracts one order from another: no more than that. */
    private static final int FIRST = -1_000_000;

    private static final int LAST = 1_000_000;

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = FIRST)
    public void toCloakroom(HttpServletRequest request) {
        Way.enter(request, "cloakroom");
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = FIRST)
    public void toJudge(ServletRequestDetails request) {
        Way.enter(request.getServletRequest(), "judge");
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = LAST)
    public void toAct(ServletRequestDetails request) {
        Way.enter(request.getServletRequest(), "act");
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = FIRST)
    public void toSieve(HttpServletRequest request) {
        Way.enter(request, "sieve");
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = Notary.ORDER - 1)
    public void toNotary(HttpServletRequest request) {
        Way.enter(request, "notary");
    }

    /** What was refused on the way is traced next. */
    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = FIRST)
    public void toNotaryAtOnce(HttpServletRequest request) {
        Way.enter(request, "notary");
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = Notary.ORDER + 2)
    public void toWriter(HttpServletRequest request) {
        Way.enter(request, "writer");
    }
}
