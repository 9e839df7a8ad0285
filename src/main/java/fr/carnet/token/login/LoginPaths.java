package fr.carnet.token.login;

import fr.carnet.token.TokenSettings;
import java.util.Locale;
import java.util.stream.Stream;

/** The paths of log-ins, beside those of the token service. */
public final class LoginPaths {

    /** Where a client sends its user (ITI-71, RFC 6749 §3.1). */
    public static final String AUTHORIZE = "/oauth2/authorize";

    /** Where whoever has several situations says which. */
    public static final String SITUATION = "/oauth2/login/situation";

    static final String ROOT = "/oauth2/login";

    private LoginPaths() {}

    /** All of them. */
    public static Stream<String> all() {
        return Stream.of(AUTHORIZE, ROOT + "/*");
    }

    /** Where a provider sends its people back: one path for each, so that answers are not mixed up (RFC 9700 §4.4). */
    static String back(TokenSettings.People people) {
        return ROOT + "/" + people.name().toLowerCase(Locale.ROOT);
    }
}
