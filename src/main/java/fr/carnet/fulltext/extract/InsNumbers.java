package fr.carnet.fulltext.extract;

import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves INS numbers out of a text: documents have to bear the one of their patient on every page, and it would be a word by
 * which they are found.
 */
final class InsNumbers {

    /** Also in groups, as it is printed; nothing of an alphabet on either side. */
    private static final Pattern SHAPE = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[1-478](?: ?\\d){4} ?(?:\\d ?\\d|2 ?[AB])(?: ?\\d){8}(?![\\p{L}\\p{N}])");

    /** Around what was left out. */
    private static final Pattern BLANKS = Pattern.compile("(?m)^ +| +$|(?<= ) +");

    private InsNumbers() {}

    /** The same text without them; other numbers of the same shape have a wrong key and stay. */
    static String without(String text) {
        String rest = SHAPE.matcher(text)
                .replaceAll(found -> isIns(found.group()) ? "" : Matcher.quoteReplacement(found.group()));
        return rest.length() == text.length() ? text : BLANKS.matcher(rest).replaceAll("");
    }

    private static boolean isIns(String number) {
        try {
            // the key is computed alike in every domain
            return !new Ins(InsDomain.NIR, number.replace(" ", "")).value().isEmpty();
        } catch (Ins.InvalidIns e) {
            return false;
        }
    }
}
