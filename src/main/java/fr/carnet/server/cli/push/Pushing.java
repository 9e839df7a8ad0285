package fr.carnet.server.cli.push;

import fr.carnet.server.cli.push.Result.Kind;
import fr.carnet.server.cli.push.SourceFile.Unusable;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CodeTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hands the documents of a folder over, several at once; a document that replaces another of the folder waits until all
 * others are through, oldest first. A replaced document that is not in the folder is named in the submission if the server
 * asks for it, because it knows it; else the document is published as new (R125).
 */
final class Pushing {

    private final Destination destination;
    private final CodeTables tables;
    private final ResourceBundle texts;
    private final Telling telling;

    Pushing(Destination destination, CodeTables tables, ResourceBundle texts, Telling telling) {
        this.destination = destination;
        this.tables = tables;
        this.texts = texts;
        this.telling = telling;
    }

    /** A file that waits for the one it replaces. */
    private record Later(Path file, DocumentId replaces, OffsetDateTime created) {}

    /** Pushes a folder and tells each file; the results are in the order in which they came. */
    List<Result> push(Path folder, int parallel) throws IOException, InterruptedException {
        List<Path> files = SourceFile.in(folder);
        telling.start(files.size());
        List<Later> later = replacements(files);
        List<Path> first = new ArrayList<>(files);
        later.forEach(l -> first.remove(l.file));
        List<Result> results = new ArrayList<>(together(first, parallel));
        for (Later one : later) {
            results.add(one(one.file, Optional.of(one.replaces)));
        }
        return results;
    }

    private List<Result> together(List<Path> files, int parallel) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<Result>> pending = new ArrayList<>();
            files.forEach(f -> pending.add(workers.submit(() -> one(f, Optional.empty()))));
            List<Result> results = new ArrayList<>();
            for (Future<Result> result : pending) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private Result one(Path file, Optional<DocumentId> replaces) {
        Result result;
        try {
            result = destination.take(SourceFile.read(file, tables), replaces);
        } catch (Unusable e) {
            result = new Result(Kind.REFUSED, texts.getString(e.key()).formatted(e.details()));
        }
        telling.tell(file.getFileName().toString(), result);
        return result;
    }

    private List<Later> replacements(List<Path> files) {
        Map<DocumentId, Path> byId = new HashMap<>();
        List<Later> candidates = new ArrayList<>();
        for (Path file : files) {
            header(file).ifPresent(header -> {
                byId.put(header.id(), file);
                header.replaces().stream()
                        .findFirst()
                        .ifPresent(old -> candidates.add(new Later(file, old, header.created())));
            });
        }
        return candidates.stream()
                .filter(l ->
                        byId.containsKey(l.replaces) && !byId.get(l.replaces).equals(l.file))
                .sorted(Comparator.comparing(Later::created))
                .toList();
    }

    /** Header of a file; one that cannot be read is told when its turn comes. */
    private Optional<CdaHeader> header(Path file) {
        try {
            return Optional.of(SourceFile.read(file, tables).header());
        } catch (Unusable e) {
            return Optional.empty();
        }
    }
}
