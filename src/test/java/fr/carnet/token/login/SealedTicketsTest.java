package fr.carnet.token.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.MockConnection;
import org.junit.jupiter.api.Test;

/** Tickets where PostgreSQL does not answer: nobody logs in, and the reason is said. */
class SealedTicketsTest {

    private final SealedTickets tickets = new SealedTickets(
            DSL.using(
                    new MockConnection(context -> {
                        throw new SQLException("down");
                    }),
                    SQLDialect.POSTGRES),
            Clock.systemUTC());

    @Test
    void nobodyLogsInWithoutDatabase() {
        unavailable(() -> tickets.keep("secret", Duration.ofMinutes(1), "content"));
        unavailable(() -> tickets.look("secret", String.class));
        unavailable(() -> tickets.take("secret", String.class));
    }

    private static void unavailable(ThrowingCallable attempt) {
        TokenRefusal refusal = catchThrowableOfType(attempt, TokenRefusal.class);

        assertThat(refusal.reason()).isEqualTo(TokenError.UPSTREAM_UNAVAILABLE);
        assertThat(refusal.reason().oauth()).isEqualTo("temporarily_unavailable");
    }
}
