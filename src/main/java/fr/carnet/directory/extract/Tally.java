package fr.carnet.directory.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Counts the lines of a file while it is read, and keeps the numbers of the first ones that cannot be used. */
final class Tally {

    private static final int NAMED = 20;
    private static final long STEP = 100_000;
    private static final long HUNDRED = 100;

    private final LongConsumer progress;
    private final List<Long> refusedLines = new ArrayList<>();
    private long lines;
    private long refused;

    Tally(LongConsumer progress) {
        this.progress = progress;
    }

    void used() {
        next();
    }

    void refused() {
        refused++;
        if (refusedLines.size() < NAMED) {
            // the line of names is 1
            refusedLines.add(lines + 2);
        }
        next();
    }

    private void next() {
        lines++;
        if (lines % STEP == 0) {
            progress.accept(lines);
        }
    }

    /** @throws LoadRefused if hardly anything can be used */
    void check() {
        if (lines == refused) {
            throw new LoadRefused(LoadRefused.Reason.NOTHING_USABLE, lines);
        }
        if (refused * HUNDRED > lines) {
            throw new LoadRefused(LoadRefused.Reason.TOO_MANY_REFUSED, refused + " / " + lines + " " + refusedLines);
        }
    }

    long lines() {
        return lines;
    }

    long refusedCount() {
        return refused;
    }

    LoadReport report(long entries, long closed) {
        return new LoadReport(lines, entries, closed, refused, refusedLines);
    }
}
