package fr.carnet.caller;

import com.nimbusds.jwt.SignedJWT;
import fr.carnet.shared.SingleUse;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.oauth2.jwt.Jwt;

/** A proof of possession is good for one request, whichever node it is shown to (RFC 9449 §11.1). */
record FreshProofs(SingleUse used, Clock clock) {

    /** Longer than the library takes a proof for fresh. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** @throws DoorRefusal if it was shown before, or that cannot be known for now */
    void require(Jwt token, String proof) {
        if (!isFirst("dpop|" + token.getId() + "|" + id(proof))) {
            throw new DoorRefusal(DoorError.TOKEN_BINDING);
        }
    }

    private boolean isFirst(String id) {
        try {
            return used.first(id, clock.instant().plus(REMEMBERED));
        } catch (RuntimeException e) {
            throw new DoorRefusal(DoorError.TRACE_UNAVAILABLE);
        }
    }

    /** Of a proof that the library has verified. */
    private static String id(String proof) {
        try {
            return SignedJWT.parse(proof).getJWTClaimsSet().getJWTID();
        } catch (ParseException e) {
            throw new DoorRefusal(DoorError.TOKEN_BINDING);
        }
    }
}
