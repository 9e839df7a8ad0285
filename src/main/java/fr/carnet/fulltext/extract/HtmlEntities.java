package fr.carnet.fulltext.extract;

import org.apache.commons.text.translate.AggregateTranslator;
import org.apache.commons.text.translate.CharSequenceTranslator;
import org.apache.commons.text.translate.EntityArrays;
import org.apache.commons.text.translate.LookupTranslator;

/** The named characters of HTML, which FHIR admits in narratives and XML does not know: nbsp, eacute. */
final class HtmlEntities {

    private static final CharSequenceTranslator NAMED = new AggregateTranslator(
            new LookupTranslator(EntityArrays.ISO8859_1_UNESCAPE),
            new LookupTranslator(EntityArrays.HTML40_EXTENDED_UNESCAPE));

    private HtmlEntities() {}

    /** The same XHTML without them; what is markup stays. */
    static String numeric(String xhtml) {
        return NAMED.translate(xhtml);
    }
}
