package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.fulltext.extract.Extraction.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a reader has gathered of a document. Ends the reading with {@link Enough} when a bound is reached. */
final class Gathered {

    /** How much was gathered. */
    record Mark(int labels, int body) {}

    private static final int LONGEST_LABEL = 1000;

    private final Set<String> known = new HashSet<>();
    private final List<String> labels = new ArrayList<>();
    private final Lines body;
    private final Bounds bounds;
    private final long deadline;
    private int labelRoom;
    private boolean cut;
    private boolean late;

    Gathered(Bounds bounds) {
        this.bounds = bounds;
        deadline = bounds.deadline();
        body = new Lines(bounds.characters());
        labelRoom = bounds.labelCharacters();
    }

    Bounds bounds() {
        return bounds;
    }

    /** A title or a display name; each is kept once. */
    void label(String words) {
        Lines line = newLabel();
        line.flowing(words);
        label(line);
    }

    /** One that was gathered in pieces. */
    void label(Lines line) {
        requireTime();
        String label = InsNumbers.without(line.toText());
        cut |= line.isCut();
        if (label.isEmpty() || known.contains(label)) {
            return;
        }
        if (label.length() >= labelRoom) {
            cut = true;
            return;
        }
        known.add(label);
        labels.add(label);
        labelRoom -= label.length() + 1;
    }

    /** Where a label is gathered. */
    static Lines newLabel() {
        return new Lines(LONGEST_LABEL);
    }

    /** Where the body is gathered; {@link #requireRoom} is to be asked now and then. */
    Lines body() {
        return body;
    }

    /** @throws Enough if the body is full, or the time is over */
    void requireRoom() {
        requireBodyRoom();
        requireTime();
    }

    /** @throws Enough if the body is full */
    void requireBodyRoom() {
        if (body.isCut()) {
            throw new Enough();
        }
    }

    /** @throws Enough if the time is over */
    void requireTime() {
        if (System.nanoTime() - deadline > 0) {
            late = true;
            throw new Enough();
        }
    }

    /** How far it is, to go back to. */
    Mark mark() {
        return new Mark(labels.size(), body.length());
    }

    /** Forgets what came after. */
    void backTo(Mark mark) {
        for (int last = labels.size() - 1; last >= mark.labels(); last--) {
            String label = labels.remove(last);
            known.remove(label);
            labelRoom += label.length() + 1;
        }
        body.backTo(mark.body());
    }

    /** Something is left out. */
    void cut() {
        cut = true;
    }

    Extraction toExtraction() {
        String text = InsNumbers.without(body.toText());
        if (text.isEmpty() && labels.isEmpty()) {
            return new None(late ? Reason.TOO_SLOW : Reason.NO_TEXT);
        }
        return new Text(String.join("\n", labels), text, cut || body.isCut());
    }
}
