package fr.carnet.sandbox.openid;

import java.util.function.Predicate;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Logs a fictional person in, for the asking: nobody of the cast has a card or a password. */
final class PlayedLogin implements AuthenticationProvider {

    private final Predicate<String> known;

    PlayedLogin(Predicate<String> known) {
        this.known = known;
    }

    /**
     * What the page asks for beside the person.
     *
     * @param assurance {@code acr}
     * @param fate of the ID token
     */
    record Wanted(String assurance, Presence.Fate fate) {}

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        if (!known.test(authentication.getName()) || !(authentication.getDetails() instanceof Wanted wanted)) {
            throw new BadCredentialsException("nobody of the cast");
        }
        return new Presence(authentication.getName(), wanted.assurance(), wanted.fate());
    }
}
