package fr.carnet.caller;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What a genuine token must say of audience and time (R83); checked in this order, the first failure is told. */
final class TokenRules {

    private final Map<DoorError, OAuth2TokenValidator<Jwt>> rules = new LinkedHashMap<>();

    TokenRules(String audience, DoorSettings.Limits limits, Clock clock) {
        Duration skew = limits.clockSkew();
        JwtTimestampValidator timestamps = new JwtTimestampValidator(skew);
        timestamps.setClock(clock);
        rules.put(DoorError.TOKEN_AUDIENCE, new JwtAudienceValidator(audience));
        rules.put(DoorError.TOKEN_FROM_THE_FUTURE, holds(token -> {
            var latest = clock.instant().plus(skew);
            return !token.getIssuedAt().isAfter(latest)
                    && (token.getNotBefore() == null || !token.getNotBefore().isAfter(latest));
        }));
        rules.put(
                DoorError.TOKEN_LIFETIME,
                holds(token -> Duration.between(token.getIssuedAt(), token.getExpiresAt())
                                .compareTo(limits.maxTokenLifetime())
                        <= 0));
        rules.put(DoorError.TOKEN_EXPIRED, timestamps);
    }

    /** @throws DoorRefusal with the first rule that does not hold */
    void check(Jwt token) {
        rules.forEach((error, rule) -> {
            if (rule.validate(token).hasErrors()) {
                throw new DoorRefusal(error);
            }
        });
    }

    private static OAuth2TokenValidator<Jwt> holds(Predicate<Jwt> fact) {
        return token -> fact.test(token)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
    }
}
