package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.cda;
import static fr.carnet.validation.Fixtures.edited;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.validation.CdaBody.Wrapped;
import fr.carnet.validation.UnreadableCda.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CdaBodyTest {

    @Test
    void structuredBodyWrapsNothing() throws UnreadableCda {
        assertThat(CdaBody.read(cda("vsm"))).isEmpty();
    }

    @Test
    void levelOneBodyIsDecoded() throws UnreadableCda {
        Wrapped wrapped = CdaBody.read(cda("level1")).orElseThrow();
        assertThat(wrapped.mediaType()).isEqualTo("application/pdf");
        assertThat(new String(wrapped.content().orElseThrow(), UTF_8)).startsWith("%PDF-1.4");
    }

    @Test
    void lineBreaksOfBase64AreRead() throws UnreadableCda {
        byte[] broken = edited("level1", "JVBERi0xLjQK", "\n  JVBERi0x\n  LjQK\n");
        assertThat(CdaBody.read(broken).orElseThrow().content()).isPresent();
    }

    @Test
    void whatIsNoBase64HasNoContent() throws UnreadableCda {
        assertThat(CdaBody.read(edited("level1", "JVBERi0xLjQK", "***"))
                        .orElseThrow()
                        .content())
                .isEmpty();
    }

    @Test
    void textOfALevelOneBodyIsText() throws UnreadableCda {
        byte[] text = edited(
                "level1",
                "<text mediaType=\"application/pdf\" representation=\"B64\">",
                "<text mediaType=\"text/plain\">");
        Wrapped wrapped = CdaBody.read(text).orElseThrow();
        assertThat(wrapped.mediaType()).isEqualTo("text/plain");
        assertThat(new String(wrapped.content().orElseThrow(), UTF_8)).startsWith("JVBERi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<broken", "</a>", "&nbsp;", "\u0000"})
    void bodyIsReadToItsEnd(String spoilt) {
        assertThat(refusal(edited("vsm", "</structuredBody>", spoilt + "</structuredBody>"))
                        .reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void endlessDepthIsRefused() {
        String deep = "<a>".repeat(500) + "</a>".repeat(500);
        assertThat(refusal(edited("vsm", "</structuredBody>", deep + "</structuredBody>"))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    private static UnreadableCda refusal(byte[] document) {
        UnreadableCda refusal = catchThrowableOfType(() -> CdaBody.read(document), UnreadableCda.class);
        assertThat(refusal).as("refused").isNotNull();
        return refusal;
    }
}
