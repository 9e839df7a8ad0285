package fr.carnet.token;

import java.util.Optional;

/** Why a token is refused: by the token service itself, or by what proves an identity. */
public interface RefusalReason {

    /** HTTP status: that of the rule where there is one, else that of RFC 6749 §5.2. */
    int status();

    /** {@code error} of RFC 6749 §5.2 and its extensions. */
    String oauth();

    /** The rule that refuses; empty where it is OAuth's own. */
    Optional<String> rule();

    /** Our code, e.g. {@code proof-refused}. */
    String code();

    /** Key of its sentence, whose only argument is the detail of the refusal. */
    String messageKey();
}
