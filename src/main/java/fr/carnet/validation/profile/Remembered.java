package fr.carnet.validation.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hl7.fhir.common.hapi.validation.support.BaseValidationSupportWrapper;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Answers of the chain, kept: what is asked for hardly differs from one submission to the next. The chain's own cache wakes
 * another thread every few reads, and one check reads thousands of times. A sender's invention cannot fill the memory: once
 * there are many, no more are kept, and no long one ever.
 */
final class Remembered extends BaseValidationSupportWrapper {

    private static final int MANY = 20_000;
    private static final int LONG = 500;

    private final Map<List<Object>, Optional<?>> answers = new ConcurrentHashMap<>();

    Remembered(FhirContext fhir, IValidationSupport chain) {
        super(fhir, chain);
    }

    @Override
    public <T extends IBaseResource> T fetchResource(Class<T> type, String url) {
        return once(Arrays.asList("resource", type, url), () -> super.fetchResource(type, url));
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
        return once(Arrays.asList("profile", url), () -> super.fetchStructureDefinition(url));
    }

    @Override
    public IBaseResource fetchValueSet(String url) {
        return once(Arrays.asList("value set", url), () -> super.fetchValueSet(url));
    }

    @Override
    public IBaseResource fetchCodeSystem(String url) {
        return once(Arrays.asList("code system", url), () -> super.fetchCodeSystem(url));
    }

    @Override
    public boolean isCodeSystemSupported(ValidationSupportContext context, String system) {
        return once(Arrays.asList("has system", system), () -> super.isCodeSystemSupported(context, system));
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext context, String url) {
        return once(Arrays.asList("has value set", url), () -> super.isValueSetSupported(context, url));
    }

    @Override
    public CodeValidationResult validateCode(
            ValidationSupportContext context,
            ConceptValidationOptions options,
            String system,
            String code,
            String display,
            String valueSet) {
        return once(
                Arrays.asList("code", options.isInferSystem(), system, code, display, valueSet),
                () -> super.validateCode(context, options, system, code, display, valueSet));
    }

    private static boolean isLong(Object part) {
        return part instanceof String text && text.length() > LONG;
    }

    @SuppressWarnings("unchecked")
    private <T> T once(List<Object> question, Supplier<T> search) {
        Optional<?> known = answers.get(question);
        if (known == null) {
            known = Optional.ofNullable(search.get());
            if (answers.size() < MANY && question.stream().noneMatch(Remembered::isLong)) {
                answers.put(question, known);
            }
        }
        return ((Optional<T>) known).orElse(null);
    }
}
