package fr.carnet.token;

import fr.carnet.caller.CallerTokens;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Ins;
import java.util.Optional;

/**
 * The circumstances that a token request states in parameters (IUA): {@code purpose_of_use} (a code of TRE_R248, alone or as
 * {@code system|code}), {@code person_id}, and {@code reason}, {@code unable_to_consent}, {@code immediate_risk} of an
 * emergency (R51), {@code secret} (R141).
 */
public final class StatedCircumstances {

    private StatedCircumstances() {}

    /**
     * What the parameters state.
     *
     * @throws TokenRefusal {@link TokenError#CIRCUMSTANCES} naming the parameter
     */
    public static AccessContext of(StatedParameters stated) {
        return of(stated, mode(stated.required("purpose_of_use")));
    }

    /**
     * What the parameters of a person's own log-in state: a mode only if it is another than the normal one.
     *
     * @throws TokenRefusal {@link TokenError#CIRCUMSTANCES} naming the parameter
     */
    public static AccessContext ofPerson(StatedParameters stated) {
        return of(
                stated,
                stated.parameter("purpose_of_use")
                        .map(StatedCircumstances::mode)
                        .orElse(AccessMode.NORMAL));
    }

    private static AccessContext of(StatedParameters stated, AccessMode mode) {
        return new AccessContext(
                stated.parameter("person_id").map(StatedCircumstances::patient),
                Optional.of(mode),
                new EmergencyStatement(
                        stated.parameter("reason"), flag(stated, "unable_to_consent"), flag(stated, "immediate_risk")),
                flag(stated, "secret"));
    }

    private static Ins patient(String personId) {
        try {
            return Ins.ofCx(personId);
        } catch (Ins.InvalidIns e) {
            throw new TokenRefusal(TokenError.CIRCUMSTANCES, "person_id");
        }
    }

    /** R80: stated, never assumed; R50: one of three codes. */
    private static AccessMode mode(String purpose) {
        String prefix = CallerTokens.PURPOSE_SYSTEM + "|";
        return AccessMode.of(purpose.startsWith(prefix) ? purpose.substring(prefix.length()) : purpose)
                .orElseThrow(() -> new TokenRefusal(TokenError.CIRCUMSTANCES, "purpose_of_use"));
    }

    private static boolean flag(StatedParameters stated, String name) {
        return switch (stated.parameter(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TokenRefusal(TokenError.CIRCUMSTANCES, name);
        };
    }
}
