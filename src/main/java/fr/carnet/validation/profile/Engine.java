package fr.carnet.validation.profile;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;

/**
 * One engine of HL7, for one thread at a time. It was made to check one thing and end: it notes every code that it meets,
 * with the tree of the resource around it, and nothing empties that list. So it is worn once it has read enough.
 */
final class Engine {

    /** Bytes of JSON; the trees kept weigh some forty times as much. */
    private static final int ENOUGH = 300_000;

    private final InstanceValidator validator;
    private int read;

    Engine(WorkerContextValidationSupportAdapter definitions) {
        validator = new InstanceValidator(
                definitions,
                new FhirInstanceValidator.NullEvaluationContext(),
                new XVerExtensionManagerOld(definitions),
                new ValidatorSession(),
                new ValidatorSettings());
        validator.setPolicyAdvisor(new OfflinePolicy());
        validator.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        validator.setAnyExtensionsAllowed(true);
        validator.setErrorForUnknownProfiles(false);
        validator.setResourceIdRule(IdStatus.OPTIONAL);
        validator.setNoExtensibleWarnings(true);
        validator.setNoBindingMsgSuppressed(true);
        validator.setAssumeValidRestReferences(true);
    }

    /** What is wrong with a resource. After an exception the engine is not to be used again: who knows what it still holds. */
    List<ValidationMessage> check(byte[] json, List<StructureDefinition> profiles) {
        read += json.length;
        List<ValidationMessage> messages = new ArrayList<>();
        validator.validate(null, messages, new ByteArrayInputStream(json), FhirFormat.JSON, profiles);
        return messages;
    }

    boolean isWorn() {
        return read >= ENOUGH;
    }
}
