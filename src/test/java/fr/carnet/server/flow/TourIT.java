package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The guided tour against the real server, each time twice. */
class TourIT {

    private static final Path REAL = Path.of("..", "shared", "realdata", "cda");
    private static final String REAL_SYNTHESIS = "urn:ietf:rfc:3986|urn:oid:1.2.250.1.213.1.1.1.13.2022.1.1";

    @Test
    void everyOutcomeIsTheExpectedOneEachTime() {
        assertIsAsExpected(tour());
        assertIsAsExpected(tour());
    }

    @Test
    void realDocumentIsPublishedOnceAndLeftAsItWas() {
        Assumptions.assumeTrue(Files.exists(REAL), "no reference material");
        assertIsAsExpected(tour("--dir", REAL.toString()));
        List<String> before = record();
        CommandLineRun again = tour("--dir", REAL.toString());
        assertIsAsExpected(again);
        assertThat(again.out())
                .contains("VSM_1.4_2022.01.xml", "dominique", "200, déjà présent")
                .doesNotContain("279035121518989");
        assertThat(record()).isEqualTo(before);

        String holder = Scene.token("dominique", Scene.DOMINIQUE);
        Answer found = Scene.SERVER.send(
                holder,
                Call.get("DocumentReference?" + Scene.of(Scene.DOMINIQUE) + "&identifier="
                        + Call.escaped(REAL_SYNTHESIS)));
        assertThat(found.total()).isOne();
        assertThat(found.matches()
                        .findFirst()
                        .orElseThrow()
                        .path("securityLabel")
                        .toString())
                .doesNotContain("MASQUE_PS");
    }

    /** Current documents of dominique. */
    private static List<String> record() {
        return Scene.found(
                Scene.token("dominique", Scene.DOMINIQUE),
                "DocumentReference?status=current&_count=100&" + Scene.of(Scene.DOMINIQUE));
    }

    private static CommandLineRun tour(String... options) {
        List<String> line = new ArrayList<>(List.of("tour", "--base", Scene.SERVER.root() + "/fhir"));
        line.addAll(List.of(options));
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    private static void assertIsAsExpected(CommandLineRun run) {
        System.out.println(run.out());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }
}
