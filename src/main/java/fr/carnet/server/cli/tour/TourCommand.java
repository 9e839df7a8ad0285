package fr.carnet.server.cli.tour;

import fr.carnet.server.cli.client.FhirClient;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tour}: plays the guided tour against a sandbox. Exit code 0 if every outcome was as expected, 1 otherwise. */
@Command(name = "tour", mixinStandardHelpOptions = true, sortOptions = false)
public final class TourCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--base", defaultValue = "http://localhost:8080/fhir")
    private URI base;

    @Override
    public Integer call() throws IOException {
        var narrator = new Narrator(
                new FhirClient(base), spec.resourceBundle(), spec.commandLine().getOut());
        narrator.say("tour.start", base);
        boolean asExpected = new Tour(narrator, Instant.now()).play();
        narrator.say(asExpected ? "tour.success" : "tour.failure", narrator.steps());
        return asExpected ? 0 : 1;
    }
}
