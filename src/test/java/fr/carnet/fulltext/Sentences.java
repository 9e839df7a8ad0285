package fr.carnet.fulltext;

import static fr.carnet.fulltext.EnginesAgreeIT.lines;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Texts like those of a practice, of sentences of our own; always the same for the same number. */
final class Sentences {

    private static final int SMALL_NUMBER = 30;
    private static final double FINDINGS_IN_A_TEXT = 0.15;

    private final List<String> common;
    private final List<String> findings;

    Sentences() {
        List<String> all = lines("sentences.txt").toList();
        int mark = all.indexOf("FINDINGS");
        common = all.subList(0, mark);
        findings = all.subList(mark + 1, all.size());
    }

    /** Sentences of about so many characters; each finding stands in some texts, and in a few of them often. */
    List<String> text(int number, int characters) {
        var random = new SplittableRandom(number);
        List<String> text = new ArrayList<>();
        for (int length = 0;
                length < characters;
                length += text.get(text.size() - 1).length()) {
            text.add(common.get(random.nextInt(common.size()))
                    .replace("{n}", Integer.toString(1 + random.nextInt(SMALL_NUMBER))));
        }
        for (String finding : findings) {
            if (random.nextDouble() < FINDINGS_IN_A_TEXT) {
                int times = 1 + random.nextInt(3) * random.nextInt(3);
                Collections.nCopies(times, finding)
                        .forEach(sentence -> text.add(random.nextInt(text.size()), sentence));
            }
        }
        return text;
    }
}
