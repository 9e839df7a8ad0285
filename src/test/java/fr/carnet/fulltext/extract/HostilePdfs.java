package fr.carnet.fulltext.extract;

import static fr.carnet.fulltext.extract.RawPdf.CATALOGUE;
import static fr.carnet.fulltext.extract.RawPdf.FONT;
import static fr.carnet.fulltext.extract.RawPdf.shown;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/** PDF files that were made to do harm. */
final class HostilePdfs {

    private static final int MEGABYTE = 1 << 20;

    private HostilePdfs() {}

    static List<HostileFile> all(String url) {
        return List.of(
                pdf("4 GB of zeros in 4 MB", () -> bomb("\0"), "too-slow"),
                pdf("4 GB of text in 4 MB", () -> bomb("BT /F 9 Tf (A) Tj ET\n"), "text, cut"),
                pdf("4 GB of one word in 4 MB", () -> bomb("("), "too-much-memory"),
                pdf("2 GB compressed twice", HostilePdfs::doubleBomb, "no-text"),
                pdf("100 000 pages of one object", HostilePdfs::endless, "text, cut"),
                pdf("page tree that is its own child", HostilePdfs::cycle, "text"),
                pdf("page tree of 20 000 levels", HostilePdfs::deepTree, "malformed"),
                pdf("array of a million levels", HostilePdfs::deepArray, "malformed", "no-text"),
                pdf("form that shows itself twice, 40 levels", HostilePdfs::doublingForms, "text, cut"),
                pdf("form that shows itself", HostilePdfs::selfShowing, "text, cut"),
                pdf("5 million glyphs on a page", HostilePdfs::crowdedPage, "text, cut"),
                pdf("cross references of 2^31 objects", HostilePdfs::hugeXref, "text", "malformed", "too-much-memory"),
                pdf("cross references elsewhere", () -> replaced("startxref\n", "startxref\n9"), "text"),
                pdf("no cross references", () -> replaced("xref\n0", "gone\n0"), "text"),
                pdf("cut in the middle", HostilePdfs::cut, "malformed", "text"),
                pdf("head alone", () -> Documents.bytes("%PDF-1.7\n"), "malformed"),
                pdf("noise", HostilePdfs::noise, "malformed"),
                pdf("scripts, launched programs, attachments", () -> active(url), "text"),
                pdf("contents in a file elsewhere", () -> elsewhere(url), "text"),
                pdf("font without meaning", HostilePdfs::meaninglessFont, "no-text", "text"),
                pdf("encrypted", () -> TextExtractionTest.encrypted("secret"), "encrypted"),
                pdf("encrypted by no known handler", HostilePdfs::unknownHandler, "malformed", "encrypted"));
    }

    private static HostileFile pdf(String name, Supplier<byte[]> content, String... outcomes) {
        return HostileFile.of("pdf: " + name, "application/pdf", content, outcomes);
    }

    static byte[] bomb(String unit) {
        return RawPdf.ofOnePage("", deflated(unit, 4096), "/Filter/FlateDecode").bytes();
    }

    private static byte[] doubleBomb() {
        byte[] inner = deflated("\0", 2048);
        Deflater deflater = new Deflater();
        deflater.setInput(inner);
        deflater.finish();
        byte[] outer = new byte[inner.length];
        int length = deflater.deflate(outer);
        deflater.end();
        return RawPdf.ofOnePage("", Arrays.copyOf(outer, length), "/Filter[/FlateDecode/FlateDecode]")
                .bytes();
    }

    /** Blocks that know nothing of each other: the same one may stand there thousands of times. */
    private static byte[] deflated(String unit, int megabytes) {
        byte[] plain = unit.repeat(MEGABYTE / unit.length()).getBytes(StandardCharsets.ISO_8859_1);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        byte[] block = new byte[MEGABYTE];
        int length = deflater.deflate(block, 0, block.length, Deflater.FULL_FLUSH);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x78, (byte) 0xDA});
        for (int i = 0; i < megabytes; i++) {
            out.write(block, 0, length);
        }
        return out.toByteArray();
    }

    private static byte[] endless() {
        return new RawPdf()
                        .object(CATALOGUE)
                        .object("<</Type/Pages/Kids[" + "3 0 R ".repeat(100_000) + "]/Count 100000>>")
                        .object(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>")
                        .stream("", Documents.bytes(shown("page")))
                        .object(FONT)
                        .bytes();
    }

    private static byte[] cycle() {
        return new RawPdf()
                        .object(CATALOGUE)
                        .object("<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3/Parent 2 0 R>>")
                        .object(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>")
                        .stream("", Documents.bytes(shown("cycle")))
                        .object(FONT)
                        .bytes();
    }

    private static byte[] deepTree() {
        RawPdf pdf = new RawPdf().object(CATALOGUE);
        IntStream.range(2, 20_000).forEach(i -> pdf.object("<</Type/Pages/Count 1/Kids[" + (i + 1) + " 0 R]>>"));
        return pdf.object("<</Type/Page/MediaBox[0 0 600 800]>>").bytes();
    }

    private static byte[] deepArray() {
        return RawPdf.ofOnePage("/X " + "[".repeat(1_000_000), shown("deep")).bytes();
    }

    private static byte[] doublingForms() {
        RawPdf pdf = RawPdf.ofOnePage("/XObject<</X 6 0 R>>", shown("before") + "/X Do /X Do");
        String form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>";
        IntStream.range(6, 46).forEach(i -> pdf.stream(form.formatted(i + 1), Documents.bytes("/X Do /X Do")));
        return pdf.stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", Documents.bytes("q Q"))
                .bytes();
    }

    private static byte[] selfShowing() {
        return RawPdf.ofOnePage("/XObject<</X 6 0 R>>", shown("self") + "/X Do").stream(
                        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>",
                        Documents.bytes("/X Do /X Do"))
                .bytes();
    }

    private static byte[] crowdedPage() {
        return RawPdf.ofOnePage("", shown("A".repeat(100)).repeat(50_000)).bytes();
    }

    private static byte[] hugeXref() {
        byte[] pdf = RawPdf.ofOnePage("", shown("xref")).bytes();
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf("xref\n0");
        String stream = "99 0 obj\n<</Type/XRef/Size 2147483647/Index[0 2147483647]/W[1 8 8]/Root 1 0 R/Length 4>>\n"
                + "stream\nabcd\nendstream\nendobj\nstartxref\n" + at + "\n%%EOF\n";
        return (text.substring(0, at) + stream).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] replaced(String what, String with) {
        String pdf = new String(RawPdf.ofOnePage("", shown("found anyway")).bytes(), StandardCharsets.ISO_8859_1);
        return pdf.replace(what, with).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] cut() {
        byte[] pdf = Documents.pdf("first", "second", "third");
        return Arrays.copyOf(pdf, pdf.length / 2);
    }

    private static byte[] noise() {
        byte[] noise = new byte[MEGABYTE];
        new java.util.Random(7).nextBytes(noise);
        System.arraycopy(Documents.bytes("%PDF-1.7\n"), 0, noise, 0, 9);
        return noise;
    }

    private static byte[] active(String url) {
        return new RawPdf()
                        .object(
                                "<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/Names<</EmbeddedFiles<</Names[(a) 7 0 R]>>"
                                        + "/JavaScript<</Names[(j) 6 0 R]>>>>/AA<</WC 8 0 R>>>>")
                        .object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
                        .object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/AA<</O 9 0 R>>"
                                + "/Resources<</Font<</F 5 0 R>>>>>>")
                        .stream("", Documents.bytes(shown("visible")))
                        .object(FONT)
                        .object("<</S/JavaScript/JS(app.launchURL\\(\"" + url + "/js\"\\); SCRIPTWORD)>>")
                        .object("<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>")
                        .object("<</S/Launch/F(/bin/touch)/Win<</F(cmd.exe)>>>>")
                        .object("<</S/URI/URI(" + url + "/uri)>>")
                        .stream("/Type/EmbeddedFile", Documents.bytes("ATTACHEDWORD"))
                        .bytes();
    }

    private static byte[] elsewhere(String url) {
        return RawPdf.ofOnePage("/XObject<</X 6 0 R>>", shown("here") + "/X Do").stream(
                        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F<</FS/URL/F(" + url + "/stream)>>", new byte[0])
                .bytes();
    }

    private static byte[] meaninglessFont() {
        return new RawPdf()
                        .object(CATALOGUE)
                        .object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
                        .object(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>")
                        .stream("", Documents.bytes("BT /F 12 Tf <0001FFFFD800> Tj ET"))
                        .object("<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[6 0 R]>>")
                        .object("<</Type/Font/Subtype/CIDFontType2/BaseFont/None"
                                + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>")
                        .bytes();
    }

    private static byte[] unknownHandler() {
        return replaced("/Root 1 0 R", "/Root 1 0 R/ID[(a)(b)]/Encrypt<</Filter/Nobody/V 9>>");
    }
}
