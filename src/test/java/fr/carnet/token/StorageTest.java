package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.MockConnection;
import org.junit.jupiter.api.Test;

class StorageTest {

    private static final DSLContext DOWN = DSL.using(
            new MockConnection(context -> {
                throw new SQLException("down");
            }),
            SQLDialect.POSTGRES);

    /** What cannot be marked as used is not taken for unused. */
    @Test
    void noAssertionIsAcceptedWithoutDatabase() {
        assertThatThrownBy(() -> new StoredSingleUse(DOWN).first("id", Instant.EPOCH))
                .isInstanceOfSatisfying(TokenRefusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(TokenError.UPSTREAM_UNAVAILABLE);
                    assertThat(refusal.reason().status()).isEqualTo(503);
                });
    }
}
