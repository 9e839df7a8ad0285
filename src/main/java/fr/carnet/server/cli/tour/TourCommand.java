package fr.carnet.server.cli.tour;

import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.tour.Selection.Chosen;
import fr.carnet.validation.CodeTables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tour}: plays the guided tour against a sandbox, with a document of its own or with one of a folder. Exit code 0 if
 * every outcome was as expected, 1 otherwise, 2 for bad arguments or a folder without a document that fits.
 */
@Command(name = "tour", mixinStandardHelpOptions = true, sortOptions = false)
public final class TourCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--base", defaultValue = "http://localhost:8080/fhir")
    private URI base;

    @Option(names = "--dir")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return folder == null
                ? play(Holder.ALICE, Exhibit.of(Holder.ALICE, new Fixtures(now).vsm()), now)
                : playWithFile(now);
    }

    private int playWithFile(Instant now) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw refusal("no-folder");
        }
        Chosen chosen = new Selection(CodeTables.bundled(), HabilitationMatrix.load(), now)
                .from(folder)
                .orElseThrow(() -> refusal("tour.none-fits"));
        spec.commandLine()
                .getOut()
                .println(spec.resourceBundle()
                        .getString("tour.chosen")
                        .formatted(chosen.name(), chosen.holder().actor().id()));
        return play(chosen.holder(), chosen.document(), now);
    }

    private int play(Holder holder, Exhibit document, Instant now) throws IOException {
        var narrator = new Narrator(
                new FhirClient(base), spec.resourceBundle(), spec.commandLine().getOut(), holder, document);
        narrator.say("tour.start", base);
        boolean asExpected = new Tour(narrator, holder, document, now).play();
        narrator.say(asExpected ? "tour.success" : "tour.failure", narrator.steps());
        return asExpected ? 0 : 1;
    }

    private ParameterException refusal(String key) {
        return new ParameterException(spec.commandLine(), spec.resourceBundle().getString(key));
    }
}
