package fr.carnet.token;

import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;

/** What is kept between two requests, in PostgreSQL: without it nobody gets in, and the answer says so. */
public final class Storage {

    private Storage() {}

    /**
     * Asks PostgreSQL.
     *
     * @throws TokenRefusal {@link TokenError#UPSTREAM_UNAVAILABLE} if it does not answer
     */
    public static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "database");
        }
    }
}
