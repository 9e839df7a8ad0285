package fr.carnet.token;

import fr.carnet.shared.Texts;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** A refusal of the token service. Neither message nor detail ever holds a value that was sent, only names of fields. */
public final class TokenRefusal extends OAuth2AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final transient RefusalReason reason;
    private final String detail;

    /** A refusal that concerns no field. */
    public TokenRefusal(RefusalReason reason) {
        this(reason, null);
    }

    /**
     * A refusal that concerns a field.
     *
     * @param detail name of the parameter, claim or field concerned
     */
    public TokenRefusal(RefusalReason reason, String detail) {
        super(new OAuth2Error(reason.oauth()), reason.code());
        this.reason = reason;
        this.detail = detail;
    }

    /** Says to its reader what to do; {@code language} as HTTP's {@code Accept-Language}, French by default. */
    public String sentence(String language) {
        String key = reason.messageKey();
        String precise = key + "." + detail().orElse("");
        Texts texts = Texts.of(language);
        return Texts.knows(precise) ? texts.say(precise) : texts.say(key, detail().orElse(""));
    }

    /** Why. */
    public RefusalReason reason() {
        return reason;
    }

    /** Name of the field concerned. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }
}
