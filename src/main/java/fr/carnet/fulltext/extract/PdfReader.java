package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.validation.MediaKind;
import java.io.IOException;
import java.io.Writer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDChoice;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/**
 * Reads the pages of a PDF, its title and what its form was filled in with. Actions and scripts are not run, attachments not
 * opened, no font of the machine is looked for.
 */
final class PdfReader {

    private static final String TYPE = "application/pdf";
    private static final String NO_PASSWORD = "";

    static {
        FontMappers.set(new OneFont());
    }

    private PdfReader() {}

    static void read(byte[] content, Gathered out) throws Textless {
        if (!MediaKind.fits(TYPE, content)) {
            throw new Textless(Reason.MALFORMED);
        }
        try (PDDocument pdf = Loader.loadPDF(
                content, NO_PASSWORD, null, null, MemoryUsageSetting.setupMainMemoryOnly().streamCache)) {
            gather(pdf, out);
        } catch (InvalidPasswordException e) {
            throw new Textless(Reason.ENCRYPTED);
        } catch (Enough e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            endEarly(out);
        }
    }

    private static void gather(PDDocument pdf, Gathered out) throws IOException {
        String title = pdf.getDocumentInformation().getTitle();
        if (title != null) {
            out.label(title);
        }
        PageReader pages = new PageReader(out);
        pages.writeText(pdf, new BodyWriter(out));
        if (pdf.getNumberOfPages() > out.bounds().pages()) {
            out.cut();
        }
        PDAcroForm form = pdf.getDocumentCatalog().getAcroForm(null);
        if (form != null) {
            gather(form, out);
        }
    }

    private static void gather(PDAcroForm form, Gathered out) {
        for (PDField field : form.getFieldTree()) {
            boolean said = field instanceof PDChoice || (field instanceof PDTextField text && !text.isPassword());
            if (said) {
                out.body().endLine();
                out.body().lined(field.getValueAsString());
            }
            out.requireRoom();
        }
        out.body().endLine();
    }

    /** A page that cannot be read ends the reading; what was read before it is a text. */
    private static void endEarly(Gathered out) throws Textless {
        if (out.body().length() == 0) {
            throw new Textless(Reason.MALFORMED);
        }
        out.cut();
    }

    /** Takes the pages as they are written. */
    private static final class BodyWriter extends Writer {

        private final Gathered out;

        BodyWriter(Gathered out) {
            this.out = out;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            out.body().lined(new String(buffer, offset, length));
            out.requireBodyRoom();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
