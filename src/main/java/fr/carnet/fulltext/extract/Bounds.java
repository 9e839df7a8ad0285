package fr.carnet.fulltext.extract;

import java.time.Duration;

/**
 * How far a worker reads.
 *
 * @param characters of a body
 * @param labelCharacters of all labels together
 * @param pages of a PDF
 * @param time after which the server kills the worker
 */
record Bounds(int characters, int labelCharacters, int pages, Duration time) {

    /** When a document that is begun now is to be handed over as far as it was read: a text that is cut is better than none. */
    long deadline() {
        return System.nanoTime() + time.toNanos() / 4 * 3;
    }
}
