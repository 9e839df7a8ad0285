package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.validation.schematron.Schematrons;
import fr.carnet.validation.schematron.UnreadableSchematron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class UnreadableSchematronTest {

    @TempDir
    private Path folder;

    /** Nothing of the server but its schematrons. */
    @Configuration(proxyBeanMethods = false)
    static class Only {

        @Bean
        Schematrons schematrons(@Value("${folder}") Path folder) {
            return Schematrons.load(folder);
        }
    }

    @Test
    void aServerThatWouldCheckLessThanItIsToldToDoesNotStartAndSaysWhyWithoutStackTrace(CapturedOutput output)
            throws IOException {
        Files.writeString(folder.resolve("schematrons.tsv"), "*\tmissing.sch\n");
        var application = new SpringApplication(Only.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--folder=" + folder))
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining(UnreadableSchematron.class.getName());

        assertThat(output.getAll())
                .contains("missing.sch", "(no such file)", "APPLICATION FAILED TO START")
                .doesNotContain("\tat fr.carnet");
    }
}
