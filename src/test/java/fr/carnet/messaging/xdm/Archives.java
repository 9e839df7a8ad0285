package fr.carnet.messaging.xdm;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Digest;
import fr.carnet.shared.Ins;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Concept;
import fr.carnet.validation.UnreadableCda;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Archives of alice's documents, and hostile ones made from them. */
public final class Archives {

    static final XdmLimits LIMITS = new XdmLimits(20, 5_000_000);
    static final String METADATA = "IHE_XDM/SUBSET01/METADATA.XML";
    static final String DOCUMENT = "IHE_XDM/SUBSET01/DOC00001.XML";

    private Archives() {}

    /** The archive of a CDA document, as a practice sends it. */
    public static byte[] of(byte[] cda) {
        return XdmWriter.write(submission(document(cda)));
    }

    /**
     * The archive of a PDF.
     *
     * @param like a CDA document whose metadata are those of the PDF as well, but for what follows
     * @param uniqueId OID
     * @param patient whom it is about
     */
    public static byte[] of(byte[] pdf, byte[] like, String uniqueId, Ins patient) {
        DocumentEntry entry = document(like).entry();
        return XdmWriter.write(submission(new XdmDocument(
                new DocumentEntry(
                        uniqueId,
                        "application/pdf",
                        Digest.SHA_1.hex(pdf),
                        pdf.length,
                        entry.title(),
                        entry.language(),
                        entry.created(),
                        entry.serviceStart(),
                        entry.serviceStop(),
                        entry.documentClass(),
                        entry.type(),
                        entry.format(),
                        entry.facilityType(),
                        entry.practiceSetting(),
                        entry.confidentiality(),
                        entry.events(),
                        patient,
                        entry.authors()),
                pdf)));
    }

    static byte[] cda(String name) {
        try (InputStream in = Archives.class.getResourceAsStream("/cda/" + name + ".xml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static XdmDocument document(byte[] cda) {
        try {
            return new CdaEntries(CodeTables.bundled()).document(cda);
        } catch (UnreadableCda e) {
            throw new IllegalStateException(e);
        }
    }

    static Submission submission(XdmDocument... documents) {
        return new Submission(
                "2.25.1001",
                "2.25.1002",
                Instant.parse("2026-03-10T10:00:00Z"),
                new Concept(CodeSystems.TRE_R209, "97", "Type d'activité indifférencié"),
                Optional.empty(),
                List.of(documents));
    }

    /** Files of an archive, in its order. */
    static Map<String, byte[]> files(byte[] archive) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(archive))
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static byte[] zip(Map<String, byte[]> files) {
        Zip zip = new Zip();
        files.forEach(zip::file);
        return zip.bytes();
    }

    /** A sound archive and something more. */
    static Zip sound() {
        Zip zip = new Zip();
        files(of(cda("vsm"))).forEach(zip::file);
        return zip;
    }

    static byte[] edited(String from, String to) {
        Map<String, byte[]> files = files(of(cda("vsm")));
        String text = new String(files.get(METADATA), UTF_8);
        if (!text.contains(from)) {
            throw new IllegalArgumentException("the metadata has no " + from);
        }
        files.put(METADATA, text.replace(from, to).getBytes(UTF_8));
        return zip(files);
    }

    /** Writes whatever it is told, names that repeat included. */
    static final class Zip {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes);

        Zip file(String name, byte[] content) {
            return entry(new ZipArchiveEntry(name), content);
        }

        Zip link(String name, String target) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(0120777);
            return entry(entry, target.getBytes(UTF_8));
        }

        private Zip entry(ZipArchiveEntry entry, byte[] content) {
            try {
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        byte[] bytes() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }
}
