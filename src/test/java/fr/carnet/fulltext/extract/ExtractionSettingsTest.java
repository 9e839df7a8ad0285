package fr.carnet.fulltext.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.fulltext.extract.Extraction.Text;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

/** What the operator may set, and that the workers end with the server. */
class ExtractionSettingsTest {

    private static final String PREFIX = "carnet.fulltext.extraction.";
    private static final ApplicationContextRunner SERVER =
            new ApplicationContextRunner().withUserConfiguration(ExtractionConfiguration.class);

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        SERVER.run(context -> assertThat(context.getBean(ExtractionSettings.class))
                .isEqualTo(new ExtractionSettings(
                        1,
                        DataSize.ofMegabytes(256),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(1),
                        500_000,
                        500,
                        1000)));
    }

    @Test
    void boundsAreThoseThatAreSetAndTheWorkerEndsWithTheServer() {
        SERVER.withPropertyValues(PREFIX + "characters=10", PREFIX + "memory=64MB")
                .run(context -> {
                    TextExtraction extraction = context.getBean(TextExtraction.class);
                    assertThat(extraction.extract("text/plain", Documents.bytes("0123456789 and more")))
                            .isEqualTo(new Text("", "0123456789", true));
                    assertThat(extraction.extract("text/plain", Documents.bytes("0123456789")))
                            .isEqualTo(new Text("", "0123456789", false));
                    ProcessHandle worker =
                            ProcessHandle.current().children().findFirst().orElseThrow();
                    context.close();
                    assertThat(worker.onExit()).succeedsWithin(Duration.ofSeconds(10));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"workers=0", "memory=63MB", "time=0s", "patience=-1s", "characters=9", "pages=0", "documents=0"})
    void settingsThatLeaveNothingToDoAreRefused(String setting) {
        SERVER.withPropertyValues(PREFIX + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void textWithNulIsRefused() {
        assertThatThrownBy(() -> new Text("", "a\0b", false)).isInstanceOf(IllegalArgumentException.class);
    }
}
