package fr.carnet.messaging.xdm;

import fr.carnet.messaging.xdm.UnreadableXdm.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * The files of a zip archive in memory, by name in upper case. What it says of its sizes is not believed: bytes are counted
 * as they unpack.
 */
final class UnpackedZip {

    private static final Pattern UNSAFE = Pattern.compile("(^|/)\\.\\.?(/|$)|^/|//|[\\\\:\\p{Cntrl}]");
    private static final int MAX_NAME = 200;
    private static final int BUFFER = 8192;

    private final XdmLimits limits;
    private final Map<String, byte[]> files = new HashMap<>();
    private long total;

    private UnpackedZip(XdmLimits limits) {
        this.limits = limits;
    }

    static UnpackedZip of(byte[] archive, XdmLimits limits) throws UnreadableXdm {
        UnpackedZip unpacked = new UnpackedZip(limits);
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(archive))
                .get()) {
            int number = 0;
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                number++;
                unpacked.add(zip, entry, number);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableXdm(Reason.MALFORMED, "zip");
        }
        return unpacked;
    }

    /** Names of the files, in upper case. */
    Set<String> names() {
        return files.keySet();
    }

    /** Bytes of a file, whatever the case of its name. */
    Optional<byte[]> content(String name) {
        return Optional.ofNullable(files.get(key(name)));
    }

    private void add(ZipFile zip, ZipArchiveEntry entry, int number) throws IOException, UnreadableXdm {
        String where = "entry " + number;
        if (number > limits.maxEntries()) {
            throw new UnreadableXdm(Reason.TOO_LARGE, where);
        }
        if (isUnsafe(entry)) {
            throw new UnreadableXdm(Reason.UNSAFE_NAME, where);
        }
        if (!zip.canReadEntryData(entry)) {
            throw new UnreadableXdm(Reason.MALFORMED, where);
        }
        if (!entry.isDirectory() && files.putIfAbsent(key(entry.getName()), content(zip, entry, where)) != null) {
            throw new UnreadableXdm(Reason.UNSAFE_NAME, where);
        }
    }

    private static boolean isUnsafe(ZipArchiveEntry entry) {
        String name = entry.getName();
        return entry.isUnixSymlink()
                || name.isBlank()
                || name.length() > MAX_NAME
                || UNSAFE.matcher(name).find();
    }

    private byte[] content(ZipFile zip, ZipArchiveEntry entry, String where) throws IOException, UnreadableXdm {
        long allowed = Math.max(XdmLimits.FREE_BYTES, entry.getCompressedSize() * XdmLimits.MAX_RATIO);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > limits.maxBytes() || content.size() + read > allowed) {
                    throw new UnreadableXdm(Reason.TOO_LARGE, where);
                }
                content.write(buffer, 0, read);
            }
        }
        return content.toByteArray();
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
