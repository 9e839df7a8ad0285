package fr.carnet.messaging.xdm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes IHE_XDM.zip: {@code INDEX.HTM}, {@code README.TXT} and {@code IHE_XDM/SUBSET01} with METADATA.XML and the documents,
 * under names that every file system takes (8.3, upper case). The same submission gives the same bytes.
 */
public final class XdmWriter {

    /** Name of the attachment that carries it. */
    public static final String FILE_NAME = "IHE_XDM.ZIP";

    /** Its media type. */
    public static final String MEDIA_TYPE = "application/zip";

    static final String FOLDER = "IHE_XDM/SUBSET01/";
    private static final String README = """
            Ce fichier contient des documents de santé et leur description, selon le profil IHE XDM.
            Ouvrez INDEX.HTM dans un navigateur pour les lire, ou intégrez l'archive dans votre logiciel.

            Émetteur : Carnet
            Contenu : IHE_XDM/SUBSET01, décrit par METADATA.XML
            """;

    private XdmWriter() {}

    /** The archive. */
    public static byte[] write(Submission submission) {
        List<String> files = files(submission.documents());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
            long time = submission.submitted().toEpochMilli();
            add(zip, "INDEX.HTM", IndexPage.of(submission, files).getBytes(UTF_8), time);
            add(zip, "README.TXT", README.getBytes(UTF_8), time);
            add(zip, FOLDER + "METADATA.XML", MetadataWriter.write(submission, files), time);
            for (int i = 0; i < files.size(); i++) {
                add(zip, FOLDER + files.get(i), submission.documents().get(i).content(), time);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> files(List<XdmDocument> documents) {
        List<String> files = new ArrayList<>();
        for (XdmDocument document : documents) {
            files.add("DOC%05d.%s"
                    .formatted(files.size() + 1, suffix(document.entry().mimeType())));
        }
        return files;
    }

    private static String suffix(String mimeType) {
        return switch (mimeType) {
            case "text/xml", "application/xml" -> "XML";
            case "application/pdf" -> "PDF";
            case "image/jpeg" -> "JPG";
            case "image/png" -> "PNG";
            case "image/tiff" -> "TIF";
            default -> "BIN";
        };
    }

    private static void add(ZipOutputStream zip, String name, byte[] content, long time) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
