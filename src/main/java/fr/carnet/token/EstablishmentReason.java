package fr.carnet.token;

import fr.carnet.token.establishment.EstablishmentError;
import java.util.Optional;

/**
 * A refusal of a certificate or an assertion, as the token service tells it.
 *
 * @param error why
 */
record EstablishmentReason(EstablishmentError error) implements RefusalReason {

    private static final int UNAVAILABLE = 503;

    @Override
    public int status() {
        return error.status();
    }

    @Override
    public String oauth() {
        return error.status() == UNAVAILABLE ? "temporarily_unavailable" : "invalid_grant";
    }

    @Override
    public Optional<String> rule() {
        return Optional.of(error.rule());
    }

    @Override
    public String code() {
        return error.code();
    }

    @Override
    public String messageKey() {
        return error.messageKey();
    }
}
