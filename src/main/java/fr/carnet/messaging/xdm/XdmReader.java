package fr.carnet.messaging.xdm;

import fr.carnet.messaging.xdm.MetadataReader.Announced;
import fr.carnet.messaging.xdm.UnreadableXdm.Reason;
import fr.carnet.shared.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads IHE_XDM.zip that somebody sent: in memory, nothing is ever written to a disk, links are refused, archives inside it
 * stay closed. A document is taken only if size and hash are those of its metadata.
 */
public final class XdmReader {

    private static final Pattern METADATA = Pattern.compile("IHE_XDM/[^/]{1,40}/METADATA\\.XML");

    private final UnpackedZip zip;

    private XdmReader(UnpackedZip zip) {
        this.zip = zip;
    }

    /**
     * The documents of an archive, in the order of their metadata.
     *
     * @param archive raw bytes
     * @param limits what it may weigh unpacked
     * @throws UnreadableXdm at the first thing that is wrong: all of it is taken, or nothing
     */
    public static List<XdmDocument> read(byte[] archive, XdmLimits limits) throws UnreadableXdm {
        return new XdmReader(UnpackedZip.of(archive, limits)).documents();
    }

    private List<XdmDocument> documents() throws UnreadableXdm {
        List<XdmDocument> documents = new ArrayList<>();
        List<String> metadata = zip.names().stream()
                .filter(name -> METADATA.matcher(name).matches())
                .sorted()
                .toList();
        if (metadata.isEmpty()) {
            throw new UnreadableXdm(Reason.NO_METADATA, "METADATA.XML");
        }
        for (String name : metadata) {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            for (Announced announced : MetadataReader.read(zip.content(name).orElseThrow())) {
                documents.add(document(folder, announced, documents.size() + 1));
            }
        }
        return documents;
    }

    private XdmDocument document(String folder, Announced announced, int number) throws UnreadableXdm {
        String where = "document " + number;
        byte[] content =
                zip.content(folder + announced.file()).orElseThrow(() -> new UnreadableXdm(Reason.NO_DOCUMENT, where));
        if (content.length != announced.entry().size()) {
            throw new UnreadableXdm(Reason.WRONG_SIZE, where);
        }
        if (!Digest.SHA_1.hex(content).equals(announced.entry().hash())) {
            throw new UnreadableXdm(Reason.WRONG_HASH, where);
        }
        return new XdmDocument(announced.entry(), content);
    }
}
