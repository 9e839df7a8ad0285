package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.fulltext.extract.Extraction.Text;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What server and worker say to each other over the worker's standard input and output. The worker is not trusted: whatever it
 * answers beyond the bounds, or cannot be read, is an {@link IOException}.
 */
final class Wire {

    /** What a worker says first; no accident of a program's output begins like it. */
    static final int READY = 0xCA12E701;

    private static final int BYTES_PER_CHARACTER = 3;
    private static final int TEXT = 1;
    private static final int NONE = 2;

    private Wire() {}

    /** Sends a content to be read. */
    static void write(DataOutputStream out, String mediaType, byte[] content) throws IOException {
        out.writeUTF(mediaType);
        out.writeInt(content.length);
        out.write(content);
        out.flush();
    }

    static String readMediaType(DataInputStream in) throws IOException {
        return in.readUTF();
    }

    static byte[] readContent(DataInputStream in) throws IOException {
        return bytes(in, in.readInt());
    }

    static void write(DataOutputStream out, Extraction answer) throws IOException {
        if (answer instanceof Text text) {
            out.writeByte(TEXT);
            write(out, text.labels());
            write(out, text.body());
            out.writeBoolean(text.cut());
        } else if (answer instanceof None none) {
            out.writeByte(NONE);
            out.writeUTF(none.reason().code());
        }
        out.flush();
    }

    static Extraction readAnswer(DataInputStream in, ExtractionSettings bounds) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind == NONE) {
            return new None(reason(in.readUTF()));
        }
        if (kind != TEXT) {
            throw new IOException("neither text nor none");
        }
        String labels = text(in, bounds.labelCharacters());
        String body = text(in, bounds.characters());
        return new Text(labels, body, in.readBoolean());
    }

    private static Reason reason(String code) throws IOException {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IOException("no such reason"));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > (long) longest * BYTES_PER_CHARACTER) {
            throw new IOException("longer than agreed");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(in, length)))
                .toString();
        if (text.length() > longest || text.indexOf('\0') >= 0) {
            throw new IOException("not as agreed");
        }
        return text;
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
