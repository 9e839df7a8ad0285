package fr.carnet.validation.profile;

import java.util.List;
import java.util.Optional;

/**
 * What the validator found in a resource.
 *
 * @param grave false: worth saying, refuses nothing
 * @param expression FHIRPath of the element, beginning with the resource's type
 * @param message id of the library's message, e.g. {@code Validation_VAL_Profile_Minimum}
 * @param constraint key of the invariant that is broken, e.g. {@code dom-3}
 * @param args that the library filled into its sentence, in its order; they may quote the resource: for its sender only
 * @param text the library's English sentence
 */
public record ProfileFinding(
        boolean grave, String expression, String message, Optional<String> constraint, List<String> args, String text) {

    /** @throws NullPointerException if a component is missing */
    public ProfileFinding {
        args = List.copyOf(args);
    }

    /** What it quotes stays out of logs. */
    @Override
    public String toString() {
        return "ProfileFinding[" + expression + " " + message + "]";
    }
}
