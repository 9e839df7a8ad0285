package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.Outcomes;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/**
 * Tells who asked for leniency which search parameters had no effect: an entry of the answer says it. The registry's own
 * searches say it themselves.
 */
@Interceptor
final class IgnoredParameters {

    private static final String KEY = IgnoredParameters.class.getName();

    /** Leaves the names with the request. */
    static void leave(List<String> names, ServletRequestDetails request) {
        request.getUserData().put(KEY, List.copyOf(names));
    }

    /** Adds the entry to the searchset. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void tell(ServletRequestDetails request, ResponseDetails details) {
        if (request.getUserData().get(KEY) instanceof List<?> names
                && details.getResponseResource() instanceof Bundle bundle) {
            List<Issue> issues = names.stream().map(IgnoredParameters::ignored).toList();
            bundle.addEntry()
                    // FHIR and MHD ask it of every entry
                    .setFullUrl("urn:uuid:" + UUID.randomUUID())
                    .setResource(Outcomes.of(issues, 200, Texts.of(request.getHeader("Accept-Language"))))
                    .getSearch()
                    .setMode(SearchEntryMode.OUTCOME);
        }
    }

    private static Issue ignored(Object name) {
        return new Issue(
                Severity.WARNING, "parameter-ignored", "warning.parameter-ignored", List.of(name), Optional.empty());
    }
}
