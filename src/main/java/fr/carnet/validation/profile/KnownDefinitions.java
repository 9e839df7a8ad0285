package fr.carnet.validation.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hl7.fhir.common.hapi.validation.support.BaseValidationSupportWrapper;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Definitions that were found once, kept for good. The chain's own cache wakes another thread every few reads, and one
 * check reads thousands of times. Only what exists is kept, so it cannot grow beyond the packages, whatever is asked for.
 */
final class KnownDefinitions extends BaseValidationSupportWrapper {

    private final Map<String, IBaseResource> found = new ConcurrentHashMap<>();

    KnownDefinitions(FhirContext fhir, IValidationSupport chain) {
        super(fhir, chain);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends IBaseResource> T fetchResource(Class<T> type, String url) {
        return (T) find(type + url, () -> super.fetchResource(type, url));
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
        return find("profile " + url, () -> super.fetchStructureDefinition(url));
    }

    @Override
    public IBaseResource fetchValueSet(String url) {
        return find("values " + url, () -> super.fetchValueSet(url));
    }

    @Override
    public IBaseResource fetchCodeSystem(String url) {
        return find("codes " + url, () -> super.fetchCodeSystem(url));
    }

    private IBaseResource find(String key, Supplier<IBaseResource> search) {
        IBaseResource known = found.get(key);
        if (known != null) {
            return known;
        }
        IBaseResource fresh = search.get();
        if (fresh != null) {
            found.put(key, fresh);
        }
        return fresh;
    }
}
