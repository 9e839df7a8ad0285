package fr.carnet.messaging.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.messaging.notice.MailRelay.Security;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.server.Mailroom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relay says becomes a word of our own; what it may quote stays outside. */
class MailerTest {

    private static final String TO = "someone@example.org";
    private static final Parcel PARCEL =
            new Parcel(UUID.randomUUID(), "mail", "Patient/1", "x", Instant.parse("2026-11-22T09:00:00Z"), 1);

    private static Delivery send(String host, int port, boolean trusting) {
        var relay = new MailRelay(host, port, Security.TLS, null, null, "avis@carnet.example", null);
        var mailer =
                new Mailer(relay, trusting ? Optional.of(Authorities.sockets(Mailroom.AUTHORITIES)) : Optional.empty());
        try (Mailer.Connection connection = mailer.open()) {
            return connection.send(TO, "Avis", "Du nouveau.", PARCEL);
        }
    }

    private static Delivery sendTo(Map<String, String> replies) throws Exception {
        try (var server = new FakeRelay(replies)) {
            return send("localhost", server.port(), true);
        }
    }

    @Test
    void mailThatIsTakenIsDone() throws Exception {
        assertThat(sendTo(Map.of())).isEqualTo(new Delivery.Done());
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 <someone@example.org> unknown, smtp-550",
        "MAIL, 553 sender refused, smtp-553",
        "DATA, 554 no, smtp-554",
        "., 552 too large for someone@example.org, smtp-552"
    })
    void permanentRefusalIsGivenUpWithItsCodeAlone(String command, String reply, String code) throws Exception {
        assertThat(sendTo(Map.of(command, reply))).isEqualTo(new Delivery.Refused(code));
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 451 greylisted, smtp-451", "DATA, 452 full, smtp-452", "., 450 busy, smtp-450"})
    void temporaryRefusalIsTriedAgain(String command, String reply, String code) throws Exception {
        assertThat(sendTo(Map.of(command, reply))).isEqualTo(new Delivery.Deferred(code));
    }

    @Test
    void connectionThatBreaksAfterTheTextMayHaveDelivered() throws Exception {
        assertThat(sendTo(Map.of(".", ""))).isInstanceOf(Delivery.Unknown.class);
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (var server = new FakeRelay(Map.of())) {
            port = server.port();
        }
        assertThat(send("localhost", port, true)).isEqualTo(new Delivery.Unreachable("no-connection"));
    }

    @Test
    void certificateIsChecked() throws Exception {
        try (var server = new FakeRelay(Map.of())) {
            assertThat(send("localhost", server.port(), false))
                    .as("of no known authority")
                    .isEqualTo(new Delivery.Unreachable("no-connection"));
            assertThat(send("127.0.0.1", server.port(), true))
                    .as("of another name")
                    .isEqualTo(new Delivery.Unreachable("no-connection"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "someone",
                "@example.org",
                "someone@localhost",
                "a@b.example, c@d.example",
                "a@b.example\r\nBcc: c@d.example",
                "<a@b.example>",
                "a b@c.example"
            })
    void whatIsNoAddressIsNotTaken(String text) {
        assertThat(MailAddress.isOne(text)).isFalse();
        assertThatThrownBy(() -> new MailRelay("localhost", 25, Security.TLS, null, null, text, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
