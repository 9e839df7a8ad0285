package fr.carnet.dmp;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;

/** Mark of what the server stores or reads by itself; no request from outside can bear it. */
public final class SystemWrite {

    /** Key in the user data; the value is {@link Boolean#TRUE}. */
    public static final String KEY = SystemWrite.class.getName();

    private SystemWrite() {}

    /** A marked request. */
    public static RequestDetails request() {
        var request = new SystemRequestDetails();
        request.getUserData().put(KEY, true);
        return request;
    }

    /** True for a marked request. */
    public static boolean marks(RequestDetails request) {
        return request != null && Boolean.TRUE.equals(request.getUserData().get(KEY));
    }
}
