package fr.carnet.server.cli.matrix;

import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.HabilitationMatrix.Cell;
import fr.carnet.policy.MatrixReview;
import fr.carnet.policy.MatrixReview.Fault;
import fr.carnet.server.cli.Voice;
import fr.carnet.shared.ActorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code matrix show}, {@code matrix diff} and {@code matrix check}. Exit codes: 0 shown, equal or fitting, 1 differences,
 * faults or an unreadable file, 2 bad arguments.
 */
@Command(name = "matrix", mixinStandardHelpOptions = true)
public final class MatrixCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("matrix.which");
    }

    @Command(name = "show", mixinStandardHelpOptions = true)
    int show(
            @Option(names = "--type", descriptionKey = "carnet.matrix.show.type") Optional<String> type,
            @Option(names = "--actor", descriptionKey = "carnet.matrix.show.actor") Optional<String> actor) {
        HabilitationMatrix matrix = HabilitationMatrix.load();
        List<String> rows = type.map(code -> rows(matrix, code)).orElseGet(matrix::rows);
        List<ActorCode> columns = actor.map(code -> columns(matrix, code)).orElseGet(matrix::actors);
        voice.say("matrix.version", matrix.version(), matrix.source());
        out("type\t" + columns.stream().map(ActorCode::code).collect(Collectors.joining("\t")));
        rows.forEach(row -> out(row + "\t"
                + columns.stream()
                        .map(column -> matrix.cell(column, row).text())
                        .collect(Collectors.joining("\t"))));
        return 0;
    }

    private List<String> rows(HabilitationMatrix matrix, String code) {
        return Optional.of(code)
                .filter(matrix.rows()::contains)
                .map(List::of)
                .orElseThrow(() -> voice.refusal("matrix.no-type", code));
    }

    private List<ActorCode> columns(HabilitationMatrix matrix, String code) {
        return matrix.actors().stream()
                .filter(column -> column.code().equals(code))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> voice.refusal("matrix.no-actor", code));
    }

    @Command(name = "diff", mixinStandardHelpOptions = true)
    int diff(@Parameters(index = "0", paramLabel = "FICHIER", descriptionKey = "carnet.matrix.file") Path file)
            throws IOException {
        MatrixReview review = read(file);
        if (!review.faults().isEmpty()) {
            return tell(review.faults());
        }
        List<MatrixReview.Change> changes = review.changes();
        changes.forEach(change -> voice.say(
                "matrix.change", change.type(), change.actor().code(), text(change.before()), text(change.after())));
        voice.say(changes.isEmpty() ? "matrix.equal" : "matrix.changes", changes.size());
        return changes.isEmpty() ? 0 : 1;
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    int check(@Parameters(index = "0", paramLabel = "FICHIER", descriptionKey = "carnet.matrix.file") Path file)
            throws IOException {
        return tell(read(file).faults());
    }

    private int tell(List<Fault> faults) {
        faults.forEach(fault -> voice.say(
                "matrix." + fault.flaw().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                fault.line(),
                fault.what()));
        voice.say(faults.isEmpty() ? "matrix.fits" : "matrix.faults", faults.size());
        return faults.isEmpty() ? 0 : 1;
    }

    private MatrixReview read(Path file) throws IOException {
        try {
            return new MatrixReview(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw new IOException(voice.text("matrix.no-file", file), e);
        }
    }

    private static String text(Cell cell) {
        return cell.text();
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
    }
}
