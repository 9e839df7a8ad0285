package fr.carnet.server.cli.push;

import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.push.Result.Kind;
import fr.carnet.shared.Texts;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.SubmissionBundles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code push}: publishes a folder of CDA documents, and of PDFs with a sidecar. Exit code 0 if all were
 * accepted or already there, 1 if
 * some were refused, 2 for bad arguments or a server that does not answer.
 */
@Command(name = "push", mixinStandardHelpOptions = true, sortOptions = false)
public final class PushCommand implements Callable<Integer> {

    private static final int REFUSED = 1;
    private static final int NO_CONNECTION = 2;
    private static final int MAX_PARALLEL = 64;

    @Spec
    private CommandSpec spec;

    @Option(names = "--base", defaultValue = "http://localhost:8080/fhir")
    private URI base;

    @Option(names = "--token")
    private String token;

    @Option(names = "--token-file")
    private Path tokenFile;

    @Option(names = "--dir", required = true)
    private Path folder;

    @Option(names = "--parallel", defaultValue = "4")
    private int parallel;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw refusal("no-folder");
        }
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            throw refusal("push.bad-parallel");
        }
        CodeTables tables = CodeTables.bundled();
        Destination destination = dryRun ? new DryRun(tables, sentences()) : server(tables);
        Telling telling =
                new Telling(spec.commandLine().getOut(), spec.commandLine().getErr(), onTerminal());
        List<Result> results = new Pushing(destination, tables, texts(), telling).push(folder, parallel);
        return sum(results);
    }

    private ServerDestination server(CodeTables tables) throws IOException {
        if ((token == null) == (tokenFile == null)) {
            throw refusal("push.one-token");
        }
        String bearer = token != null ? token : Files.readString(tokenFile);
        return new ServerDestination(new FhirClient(base), bearer.strip(), new SubmissionBundles(tables), texts());
    }

    private int sum(List<Result> results) {
        long accepted = count(results, Kind.ACCEPTED);
        long known = count(results, Kind.ALREADY_THERE);
        long refused = count(results, Kind.REFUSED);
        long unanswered = count(results, Kind.NO_ANSWER);
        spec.commandLine()
                .getOut()
                .println(texts().getString("push.summary")
                        .formatted(results.size(), accepted, known, refused, unanswered));
        spec.commandLine().getOut().flush();
        if (unanswered > 0) {
            return NO_CONNECTION;
        }
        return refused > 0 ? REFUSED : 0;
    }

    private static long count(List<Result> results, Kind kind) {
        return results.stream().filter(r -> r.kind() == kind).count();
    }

    /** From JDK 22 on there is always a console; progress then shows in a redirected error output too. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null;
    }

    private ResourceBundle texts() {
        return spec.resourceBundle();
    }

    private Texts sentences() {
        return Texts.of(texts().getLocale().equals(Locale.ENGLISH) ? "en" : "fr");
    }

    private ParameterException refusal(String key) {
        return new ParameterException(spec.commandLine(), texts().getString(key));
    }
}
