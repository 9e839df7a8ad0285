package fr.carnet.validation.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;

/** The library's messages as findings. What is of no use to the sender is left out: that a
 * terminology or a profile is not at hand here. */
final class Messages {

    private static final String INVARIANT = "INV_FAILED";
    private static final String INVARIANT_OF_PROFILE = "INV_FAILED_SOURCE";
    private static final String WHY = "Details_for__matching_against_Profile_";

    private static final Set<String> OF_THE_SERVER = Set.of(
            "Terminology_PassThrough_TX_Message",
            "Terminology_TX_ValueSet_NotFound",
            "TERMINOLOGY_TX_SYSTEM_NOTKNOWN",
            "Extension_EXT_Unknown",
            // a slicing of PDSm 3.1.1 (context.related) has no discriminator that could be evaluated
            "SLICING_CANNOT_BE_EVALUATED",
            // Patient?identifier=: how a sender names a patient within a transaction
            "REFERENCE_REF_SUSPICIOUS",
            "Validation_VAL_Profile_Unknown",
            "VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY",
            "VALIDATION_VAL_PROFILE_UNKNOWN_ERROR");

    private Messages() {}

    static List<ProfileFinding> findings(List<ValidationMessage> messages) {
        List<ProfileFinding> findings = new ArrayList<>();
        for (ValidationMessage message : messages) {
            if (matters(message)) {
                findings.add(finding(message, isError(message)));
            }
            reasons(message, findings);
        }
        return findings.stream().distinct().toList();
    }

    /** Why what a reference names fits none of the profiles: told beside the error, which counts once. */
    private static void reasons(ValidationMessage message, List<ProfileFinding> findings) {
        if (!WHY.equals(message.getMessageId()) || message.getSliceInfo() == null) {
            return;
        }
        for (ValidationMessage why : message.getSliceInfo()) {
            if (isError(why) && matters(why)) {
                findings.add(finding(why, false));
            }
            reasons(why, findings);
        }
    }

    private static boolean matters(ValidationMessage message) {
        return message.getLevel() != IssueSeverity.INFORMATION
                && message.getLevel() != IssueSeverity.NULL
                && !OF_THE_SERVER.contains(Objects.toString(message.getMessageId(), ""));
    }

    private static boolean isError(ValidationMessage message) {
        return message.getLevel() == IssueSeverity.ERROR || message.getLevel() == IssueSeverity.FATAL;
    }

    private static ProfileFinding finding(ValidationMessage message, boolean grave) {
        String id = Objects.toString(message.getMessageId(), "");
        // the library marks a resource within another by its type and id, which is no FHIRPath
        String expression = Objects.toString(message.getLocation(), "").replaceAll("/\\*.*?\\*/", "");
        // of an invariant, the library gives its URL in the place of a message
        int invariant = id.indexOf('#');
        boolean ofProfile = message.getMessage().endsWith(")");
        String template = invariant < 0 ? id : ofProfile ? INVARIANT_OF_PROFILE : INVARIANT;
        return new ProfileFinding(
                grave,
                expression,
                template,
                invariant < 0 ? Optional.empty() : Optional.of(id.substring(invariant + 1)),
                LibrarySentences.args(template, message.getMessage()),
                message.getMessage());
    }
}
