package fr.carnet.token.establishment;

import java.util.Optional;

/** A refusal of a certificate or an assertion. Neither message nor detail ever holds a value, only the name of a field. */
public final class EstablishmentRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final EstablishmentError error;
    private final String detail;

    /** @param error why */
    public EstablishmentRefusal(EstablishmentError error) {
        this(error, null, null);
    }

    /**
     * A refusal that names a field.
     *
     * @param error why
     * @param field its name in the assertion, e.g. {@code Secteur_Activite}
     */
    public EstablishmentRefusal(EstablishmentError error, String field) {
        this(error, field, null);
    }

    /**
     * A refusal with its technical cause, which is for the log and never for the sender.
     *
     * @param error why
     * @param cause what was thrown
     */
    public EstablishmentRefusal(EstablishmentError error, Throwable cause) {
        this(error, null, cause);
    }

    private EstablishmentRefusal(EstablishmentError error, String detail, Throwable cause) {
        super(error.code() + (detail == null ? "" : " " + detail), cause);
        this.error = error;
        this.detail = detail;
    }

    /** Why. */
    public EstablishmentError error() {
        return error;
    }

    /** Field concerned, by the name it has in the assertion. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }
}
