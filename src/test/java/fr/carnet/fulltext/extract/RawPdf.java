package fr.carnet.fulltext.extract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the objects of a PDF as they are given, which a library would refuse to. The first one is the catalogue. */
final class RawPdf {

    static final String CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>";
    static final String FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    RawPdf() {
        write("%PDF-1.7\n");
    }

    /** A catalogue, a page with resources and contents, a font in object 5, and further objects from 6 on. */
    static RawPdf ofOnePage(String resources, byte[] contents, String filter) {
        return new RawPdf()
                        .object(CATALOGUE)
                        .object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
                        .object(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
                                        + resources + ">>>>")
                        .stream(filter, contents)
                        .object(FONT);
    }

    static RawPdf ofOnePage(String resources, String contents) {
        return ofOnePage(resources, contents.getBytes(StandardCharsets.ISO_8859_1), "");
    }

    static String shown(String words) {
        return "BT /F 12 Tf 50 700 Td (" + words + ") Tj ET\n";
    }

    RawPdf object(String object) {
        begin();
        write(object);
        return end();
    }

    RawPdf stream(String dictionary, byte[] content) {
        begin();
        write("<<" + dictionary + "/Length " + content.length + ">>\nstream\n");
        out.writeBytes(content);
        write("\nendstream");
        return end();
    }

    byte[] bytes() {
        int xref = out.size();
        write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> write("%010d 00000 n \n".formatted(offset)));
        write("trailer\n<</Size " + (offsets.size() + 1) + "/Root 1 0 R>>\nstartxref\n" + xref + "\n%%EOF\n");
        return out.toByteArray();
    }

    private void begin() {
        offsets.add(out.size());
        write(offsets.size() + " 0 obj\n");
    }

    private RawPdf end() {
        write("\nendobj\n");
        return this;
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
