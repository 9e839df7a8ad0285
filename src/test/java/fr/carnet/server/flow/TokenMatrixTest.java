package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenMatrixTest {

    @Test
    void everyWayInAndEveryFlawHasOneCell() {
        assertThat(TokenMatrix.cells().stream().map(TokenMatrix.Cell::toString))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Flaw.values())
                        .flatMap(flaw -> Stream.of(FlawedWay.values()).map(way -> way + " × " + flaw))
                        .toList());
    }

    @Test
    void whatDoesNotExistSaysWhy() {
        assertThat(TokenMatrix.cells())
                .allSatisfy(cell -> assertThat(cell.why().length() > 1).isNotEqualTo(cell.exists()));
    }

    @Test
    void pageShowsTheTable() throws IOException {
        String made = TokenMatrix.page();
        Path received = Files.writeString(Path.of("target", "token-matrix.received.md"), made);

        assertThat(Files.readString(Path.of("docs", "token-matrix.md")))
                .as("docs/token-matrix.md, see %s", received)
                .isEqualTo(made);
    }
}
