package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The push tool against the real server. */
class PushIT {

    @Test
    void folderIsPublishedOnceHoweverOftenItIsPushed(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("one.xml"), Scene.synthesis().content());
        Files.write(folder.resolve("two.xml"), Scene.synthesis().content());
        List<Integer> before = Scene.stored();
        CommandLineRun first = push(folder);
        assertThat(first.code()).as(first.out() + first.err()).isZero();
        List<Integer> after = Scene.stored();
        assertThat(after.get(1) - before.get(1)).isEqualTo(2);
        CommandLineRun second = push(folder);
        assertThat(second.code()).isZero();
        assertThat(first.out()).contains("2 accepté(s), 0 déjà présent(s)");
        assertThat(second.out())
                .contains("= one.xml  déjà présent DocumentReference/")
                .contains("0 accepté(s), 2 déjà présent(s), 0 refusé(s)");
        assertThat(Scene.stored()).isEqualTo(after);
    }

    @Test
    void documentThatTheServerKnowsIsReplacedThoughItIsInNoFolder(@TempDir Path folder, @TempDir Path later)
            throws IOException {
        var first = Scene.synthesis();
        Files.write(folder.resolve("first.xml"), first.content());
        assertThat(push(folder).code()).isZero();
        String replaced = "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\""
                + first.id().oid() + "\"/></parentDocument></relatedDocument><documentationOf>";
        Files.write(
                later.resolve("second.xml"),
                Scene.synthesis("<documentationOf>", replaced).content());
        CommandLineRun run = push(later);
        assertThat(run.code()).as(run.out()).isZero();
        String search =
                "DocumentReference?status=superseded&" + Scene.identifier(first.id()) + "&" + Scene.of(Scene.ALICE);
        assertThat(Scene.found(Scene.token("alice", Scene.ALICE), search)).hasSize(1);
    }

    @Test
    void refusedFileIsToldWithItsRule(@TempDir Path folder) throws IOException {
        Files.write(
                folder.resolve("other.xml"),
                Scene.synthesis(">MOREAU<", ">MOREL<").content());
        CommandLineRun run = push(folder);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("other.xml").contains("422 R8");
    }

    private static CommandLineRun push(Path folder) {
        return CommandLineRun.of(
                "push",
                "--base",
                Scene.SERVER.root() + "/fhir",
                "--token",
                Scene.SERVER.token("dr-martin"),
                "--dir",
                folder.toString());
    }
}
