package fr.carnet.fulltext.extract;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Reads pages until a bound is reached; it looks at the clock at every operator. */
final class PageReader extends PDFTextStripper {

    /** Glyphs of a page are held until its end. A page of small print has some ten thousand. */
    private static final int GLYPHS_PER_PAGE = 50_000;

    private final Gathered out;
    private int glyphs;

    PageReader(Gathered out) {
        this.out = out;
        setEndPage(out.bounds().pages());
        setLineSeparator("\n");
        setPageEnd("\n");
    }

    /** What was read of a page until a bound was reached is written, too. */
    @Override
    public void processPage(PDPage page) throws IOException {
        glyphs = 0;
        try {
            super.processPage(page);
        } catch (Enough e) {
            writePage();
            throw e;
        }
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        out.requireTime();
        super.processOperator(operator, operands);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
        glyphs++;
        if (glyphs > GLYPHS_PER_PAGE) {
            throw new Enough();
        }
        out.requireTime();
        super.processTextPosition(text);
    }
}
