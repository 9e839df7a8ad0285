package fr.carnet.sandbox.psc;

import fr.carnet.sandbox.Actor;
import fr.carnet.sandbox.Cast;
import fr.carnet.shared.CallerKind;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Logs a professional of the cast in, for the asking: nobody of the cast has a card. */
final class CastLogin implements AuthenticationProvider {

    /** As an e-CPS gives it. */
    static final String ASSURANCE = "eidas1";

    private final Cast cast;

    CastLogin(Cast cast) {
        this.cast = cast;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        return cast.actor(authentication.getName())
                .filter(actor -> actor.kind() == CallerKind.PROFESSIONAL)
                .map(Actor::id)
                .map(actor -> new CastPresence(actor, ASSURANCE))
                .orElseThrow(() -> new BadCredentialsException("nobody of the cast"));
    }
}
