package fr.carnet.server.cli.directory;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is said of a file to load, beside its name. */
final class FileOptions {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** The agency names its files so: {@code …_202611200842.txt}. */
    private static final Pattern STAMP = Pattern.compile("(\\d{12})\\.[a-z]+$");

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

    @Option(names = "--as-of", descriptionKey = "carnet.directory.as-of")
    private Optional<String> asOf;

    @Option(names = "--charset", defaultValue = "UTF-8", descriptionKey = "carnet.directory.charset")
    private String charset;

    @Option(names = "--accept-fewer", descriptionKey = "carnet.directory.accept-fewer")
    private boolean acceptFewer;

    boolean acceptFewer() {
        return acceptFewer;
    }

    /** @throws ParameterException if there is no such charset */
    Charset charset(CommandSpec spec) {
        try {
            return Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw refused(spec, "directory.charset", charset);
        }
    }

    /**
     * Date of the file: as said, as its name says, or its own.
     *
     * @throws ParameterException if what is said is no day
     * @throws IOException if there is no such file
     */
    Instant asOf(CommandSpec spec, Path file) throws IOException {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        if (asOf.isPresent()) {
            try {
                return LocalDate.parse(asOf.get()).atStartOfDay(PARIS).toInstant();
            } catch (DateTimeException e) {
                throw refused(spec, "directory.as-of");
            }
        }
        return stamp(file).orElse(modified);
    }

    private static Optional<Instant> stamp(Path file) {
        Matcher stamp = STAMP.matcher(file.getFileName().toString());
        if (!stamp.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.parse(stamp.group(1), MINUTE).atZone(PARIS).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ParameterException refused(CommandSpec spec, String key, Object... arguments) {
        return new ParameterException(
                spec.commandLine(), spec.resourceBundle().getString(key).formatted(arguments));
    }
}
