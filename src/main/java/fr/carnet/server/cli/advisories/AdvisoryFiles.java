package fr.carnet.server.cli.advisories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Advisories in a file of one or an array of them, in a folder of such files, or in an archive as OSV publishes it. */
final class AdvisoryFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AdvisoryFiles() {}

    /**
     * One after the other: an archive holds some ten thousand.
     *
     * @return how many there were
     * @throws IOException if one cannot be read, or there is none
     */
    static int each(Path place, Consumer<Advisory> reader) throws IOException {
        int count;
        if (Files.isDirectory(place)) {
            count = folder(place, reader);
        } else if (place.toString().endsWith(".zip")) {
            count = archive(place, reader);
        } else {
            count = some(JSON.readTree(place.toFile()), reader);
        }
        if (count == 0) {
            throw new IOException(place.getFileName() + ": no advisory");
        }
        return count;
    }

    private static int folder(Path place, Consumer<Advisory> reader) throws IOException {
        int count = 0;
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                count += some(JSON.readTree(file.toFile()), reader);
            }
        }
        return count;
    }

    private static int archive(Path place, Consumer<Advisory> reader) throws IOException {
        int count = 0;
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(place))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    count += some(JSON.readTree(archive.readAllBytes()), reader);
                }
            }
        }
        return count;
    }

    private static int some(JsonNode read, Consumer<Advisory> reader) {
        if (!read.isArray()) {
            return one(read, reader);
        }
        int count = 0;
        for (JsonNode advisory : read) {
            count += one(advisory, reader);
        }
        return count;
    }

    private static int one(JsonNode read, Consumer<Advisory> reader) {
        if (!read.has("id")) {
            return 0;
        }
        reader.accept(Advisory.of(read));
        return 1;
    }
}
