package fr.carnet.caller;

import java.util.Optional;
import org.springframework.security.core.AuthenticationException;

/** A refusal at the door. Neither message nor detail ever holds a value of the token, only names of claims. */
public final class DoorRefusal extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final DoorError error;
    private final String detail;

    DoorRefusal(DoorError error) {
        this(error, null);
    }

    DoorRefusal(DoorError error, String detail) {
        super(error.code());
        this.error = error;
        this.detail = detail;
    }

    /** Why. */
    public DoorError error() {
        return error;
    }

    /** Name of the claim or limit concerned. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }
}
