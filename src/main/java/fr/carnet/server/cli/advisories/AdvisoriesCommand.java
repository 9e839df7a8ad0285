package fr.carnet.server.cli.advisories;

import fr.carnet.server.cli.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code advisories FILE}: which vulnerabilities of a file in the OSV format concern the libraries of this jar.
 *
 * <p>Exit codes: 0 none, or only judged ones; 1 one that nobody has judged, or a file that cannot be read; 2 bad arguments.
 */
@Command(name = "advisories", mixinStandardHelpOptions = true, sortOptions = false)
public final class AdvisoriesCommand implements Callable<Integer> {

    private static final String BILL = "/META-INF/sbom/application.cdx.json";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Parameters(paramLabel = "FICHIER", descriptionKey = "carnet.advisories.file")
    private Path file;

    @Option(names = "--sbom", paramLabel = "FICHIER")
    private Path sbom;

    /** A library that an advisory concerns. */
    private record Finding(Advisory advisory, Component component, Optional<Judged> judged) {}

    @Override
    public Integer call() throws IOException {
        List<Component> components = components();
        List<Judged> judged = Judged.all();
        List<Finding> findings = new ArrayList<>();
        int read = AdvisoryFiles.each(file, advisory -> components.stream()
                .filter(advisory::concerns)
                .map(component -> new Finding(
                        advisory,
                        component,
                        judged.stream()
                                .filter(one -> one.concerns(advisory, component))
                                .findFirst()))
                .forEach(findings::add));
        findings.forEach(this::tell);
        long open = findings.stream().filter(f -> f.judged().isEmpty()).count();
        out().println(voice.text("advisories.sum", read, components.size(), findings.size(), open));
        return open == 0 ? 0 : 1;
    }

    private void tell(Finding finding) {
        out().println(String.join(" ", finding.advisory().ids()) + "  "
                + finding.component().name() + " " + finding.component().version() + "  "
                + finding.advisory().summary());
        out().println("    "
                + finding.judged()
                        .map(one -> voice.text("advisories.judged", one.why()))
                        .orElse(voice.text("advisories.open")));
    }

    private List<Component> components() throws IOException {
        try (InputStream bill = sbom == null ? getClass().getResourceAsStream(BILL) : Files.newInputStream(sbom)) {
            if (bill == null) {
                throw new IOException(voice.text("advisories.no-bill"));
            }
            return Component.of(bill);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
