package fr.carnet.validation.profile;

import java.util.EnumSet;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BindingKind;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;

/**
 * What the engine looks at. A reference leads nowhere from here: what it names is looked up by those who know who asks.
 * Codes of value sets that no package brings cannot be checked here; those of the DMP are, in the code tables.
 */
final class OfflinePolicy extends FhirDefaultPolicyAdvisor {

    @Override
    public ReferenceValidationPolicy policyForReference(
            IResourceValidator validator,
            Object context,
            String path,
            String url,
            ReferenceDestinationType destination) {
        return ReferenceValidationPolicy.IGNORE;
    }

    @Override
    public EnumSet<CodedContentValidationAction> policyForCodedContent(
            IResourceValidator validator,
            Object context,
            String path,
            ElementDefinition element,
            StructureDefinition profile,
            BindingKind kind,
            AdditionalBindingPurpose purpose,
            ValueSet valueSet,
            List<String> systems) {
        return valueSet == null
                ? EnumSet.noneOf(CodedContentValidationAction.class)
                : super.policyForCodedContent(
                        validator, context, path, element, profile, kind, purpose, valueSet, systems);
    }
}
