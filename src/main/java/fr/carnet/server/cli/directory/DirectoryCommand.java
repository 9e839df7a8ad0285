package fr.carnet.server.cli.directory;

import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.directory.extract.DirectoryLoad;
import fr.carnet.directory.extract.LoadRefused;
import fr.carnet.directory.extract.LoadReport;
import fr.carnet.directory.extract.LoadedList;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code directory load}, {@code directory structures} and {@code directory status}, with the configuration of the server
 * that they are run for. Exit codes: 0 done, 1 refused or failed, 2 bad arguments.
 */
@Command(name = "directory", mixinStandardHelpOptions = true)
public final class DirectoryCommand implements Runnable {

    private static final int LISTS = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("directory.which");
    }

    @Command(name = "load", mixinStandardHelpOptions = true)
    int load(
            @Parameters(index = "0", paramLabel = "FICHIER", descriptionKey = "carnet.directory.file") Path file,
            @Mixin FileOptions options,
            @Mixin ServerContext server)
            throws IOException {
        return load(file, options, server, DirectoryLoad::professionals);
    }

    @Command(name = "structures", mixinStandardHelpOptions = true)
    int structures(
            @Parameters(index = "0", paramLabel = "FICHIER", descriptionKey = "carnet.directory.file") Path file,
            @Mixin FileOptions options,
            @Mixin ServerContext server)
            throws IOException {
        return load(file, options, server, DirectoryLoad::structures);
    }

    @Command(name = "status", mixinStandardHelpOptions = true)
    int status(@Mixin ServerContext server) {
        return server.run(spec, context -> {
            try {
                return tell(context.getBean(DirectoryLoad.class).loaded());
            } catch (DirectoryUnavailable e) {
                voice.complain("directory.unreadable");
                return 1;
            }
        });
    }

    private int tell(List<LoadedList> lists) {
        lists.forEach(list -> voice.say("directory.list", list.name(), list.asOf(), list.loaded(), list.entries()));
        if (lists.size() < LISTS) {
            voice.say("directory.nothing-loaded");
        }
        return lists.size() < LISTS ? 1 : 0;
    }

    /** One of the two lists. */
    @FunctionalInterface
    private interface Loading {
        LoadReport load(
                DirectoryLoad load, BufferedReader file, Instant asOf, boolean acceptFewer, LongConsumer progress)
                throws IOException;
    }

    private int load(Path file, FileOptions options, ServerContext server, Loading loading) throws IOException {
        Charset charset = options.charset(spec);
        Instant asOf = options.asOf(spec, file);
        try {
            return server.runAfterFile(spec, context -> {
                try (BufferedReader reader = Files.newBufferedReader(file, charset)) {
                    tell(
                            loading.load(
                                    context.getBean(DirectoryLoad.class),
                                    reader,
                                    asOf,
                                    options.acceptFewer(),
                                    lines -> voice.say("directory.progress", lines)),
                            asOf);
                    return 0;
                } catch (CharacterCodingException e) {
                    voice.complain("directory.not-this-charset", charset.name());
                    return 1;
                } catch (LoadRefused e) {
                    voice.complain("directory.kept", voice.text(key(e.reason()), e.detail()));
                    return 1;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void tell(LoadReport report, Instant asOf) {
        voice.say("directory.loaded", report.lines(), report.entries(), asOf);
        if (report.closed() > 0) {
            voice.say("directory.closed", report.closed());
        }
        if (report.refused() > 0) {
            voice.say("directory.refused-lines", report.refused(), report.refusedLines());
        }
    }

    private static String key(LoadRefused.Reason reason) {
        return "directory." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
