package fr.carnet.server.cli.tour;

import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.server.cli.push.SourceFile;
import fr.carnet.server.cli.push.SourceFile.Unusable;
import fr.carnet.shared.ActorCode;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Concept;
import fr.carnet.validation.SubmissionCheck;
import fr.carnet.validation.SubmissionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of a folder that the tour plays with: the first medical synthesis that fits, else the first document that does.
 * A document fits if it is one of a {@link Holder}, makes a sound submission, may be fed by the physician and read by nurse
 * and pharmacist.
 */
final class Selection {

    private static final ActorCode PHYSICIAN = new ActorCode("10");
    private static final List<ActorCode> READERS = List.of(PHYSICIAN, new ActorCode("21"), new ActorCode("60"));

    private final CodeTables tables;
    private final HabilitationMatrix matrix;
    private final SubmissionCheck check;
    private final Instant now;

    Selection(CodeTables tables, HabilitationMatrix matrix, Instant now) {
        this.tables = tables;
        this.matrix = matrix;
        this.check = new SubmissionCheck(tables, SubmissionLimits.DEFAULTS);
        this.now = now;
    }

    /**
     * What was chosen.
     *
     * @param name of the file
     * @param holder whose it is
     * @param document to be published
     */
    record Chosen(String name, Holder holder, Exhibit document) {}

    /** Chooses, in the order of the names; empty when no file fits. */
    Optional<Chosen> from(Path folder) throws IOException {
        List<SourceFile> syntheses = new ArrayList<>();
        List<SourceFile> others = new ArrayList<>();
        for (Path path : SourceFile.in(folder)) {
            readable(path).ifPresent(file -> (Exhibit.isSynthesis(file) ? syntheses : others).add(file));
        }
        return first(syntheses).or(() -> first(others));
    }

    private Optional<Chosen> first(List<SourceFile> files) {
        return files.stream().flatMap(file -> fitting(file).stream()).findFirst();
    }

    private Optional<SourceFile> readable(Path path) {
        try {
            return Optional.of(SourceFile.read(path, tables));
        } catch (Unusable e) {
            return Optional.empty();
        }
    }

    private Optional<Chosen> fitting(SourceFile file) {
        if (!isHabilitated(file.header().type())) {
            return Optional.empty();
        }
        return Holder.of(file.header().patient())
                .map(holder -> new Chosen(file.name(), holder, Exhibit.of(file, tables, now)))
                .filter(chosen -> !check.check(chosen.document().lot().copy()).hasErrors());
    }

    private boolean isHabilitated(Concept type) {
        String classCode =
                tables.classOf(type.system(), type.code()).map(Concept::code).orElse("");
        return matrix.mayFeed(PHYSICIAN, type.code(), classCode)
                && READERS.stream().allMatch(reader -> matrix.mayRead(reader, type.code(), classCode));
    }
}
