package fr.carnet.token.vihf;

import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LIMITS;
import static fr.carnet.token.establishment.Establishment.NOW;
import static fr.carnet.token.establishment.Establishment.SIGNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.token.establishment.Establishment;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that were made to harm whoever reads them. */
class HostileVihfTest {

    private static final String SIGNED =
            new String(Vihf.of(HOSPITAL.value(), SIGNING, NOW).signedBy(SIGNING), StandardCharsets.UTF_8);
    private static final VihfAssertions VERIFIER =
            new VihfAssertions(Establishment.certificates(), (id, until) -> true, LIMITS, CLOCK);
    private static final EstablishmentStatements STATED = VERIFIER.accept(bytes(SIGNED));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Assertion>",
                "<!DOCTYPE Assertion [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
                "<!DOCTYPE Assertion [<!ENTITY % x SYSTEM \"file:///etc/hostname\"> %x;]>",
                "<!DOCTYPE Assertion [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
            })
    void documentTypeIsRefused(String doctype) {
        String body = SIGNED.substring(SIGNED.indexOf("<Assertion")).replace("Paul Leroy", "&x;&d;");
        assertThat(refusal(doctype + body)).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
    }

    @Test
    void nothingIsFetched() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(300);
            String url = "http://localhost:" + listener.getLocalPort() + "/";
            for (String xml : List.of(
                    "<!DOCTYPE a SYSTEM \"" + url + "\"><a/>",
                    SIGNED.replaceFirst("URI=\"#[^\"]*\"", "URI=\"" + url + "\""),
                    SIGNED.replaceFirst(
                            "<Assertion ",
                            "<Assertion xsi:schemaLocation=\"urn:oasis:names:tc:SAML:2.0:assertion " + url + "\" "))) {
                refusal(xml);
            }
            // not part of what is signed, and not followed
            String elsewhere = SIGNED.replaceFirst("<X509Data>", "<RetrievalMethod URI=\"" + url + "\"/><X509Data>");
            assertThat(VERIFIER.accept(bytes(elsewhere))).isEqualTo(STATED);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void deepOrWideDocumentsAreRefused() {
        String deep = "<a>".repeat(5_000) + "</a>".repeat(5_000);
        String wide = IntStream.range(0, 5_000).mapToObj(i -> "a" + i + "=\"\"").collect(Collectors.joining(" "));
        assertThat(refusal(deep)).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
        assertThat(refusal(SIGNED.replaceFirst("<Subject>", "<Subject>" + "<a>".repeat(30) + "</a>".repeat(30))))
                .isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
        assertThat(refusal("<a " + wide + "/>")).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
        assertThat(refusal(SIGNED.replaceFirst("Paul", "x".repeat(64 * 1024))))
                .isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "<", "<Assertion", "\u0000", "eyJhbGciOiJub25lIn0.e30."})
    void whatIsNoXmlIsRefused(String text) {
        assertThat(refusal(text)).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X509Certificate", "SignatureValue", "DigestValue"})
    void brokenPartsOfTheSignatureAreRefused(String part) {
        for (String content : new String[] {"", "AAAA", "*", "MIIB", "é"}) {
            String broken = SIGNED.replaceFirst(
                    "(?s)<" + part + ">.*?</" + part + ">", "<" + part + ">" + content + "</" + part + ">");
            assertThat(refusal(broken).status()).isIn(401, 422);
            String absent = SIGNED.replaceFirst("(?s)<" + part + ">.*?</" + part + ">", "");
            assertThat(refusal(absent).status()).isIn(401, 422);
        }
    }

    /** It may still verify (a space between two elements of the signature), but then it says the same. */
    @Tag("property")
    @Property(tries = 2_000)
    void oneChangedByteNeverSaysSomethingElse(
            @ForAll @IntRange(min = 0, max = 1 << 20) int place, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] changed = bytes(SIGNED);
        changed[place % changed.length] ^= (byte) change;
        try {
            assertThat(VERIFIER.accept(changed)).isEqualTo(STATED);
        } catch (EstablishmentRefusal refused) {
            assertThat(refused.error().status()).isIn(401, 422);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static EstablishmentError refusal(String text) {
        return catchThrowableOfType(() -> VERIFIER.accept(bytes(text)), EstablishmentRefusal.class)
                .error();
    }
}
