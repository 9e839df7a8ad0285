package fr.carnet.trace;

import java.util.List;

/**
 * A page of traces, newest first.
 *
 * @param entries entries of the page
 * @param total how many there are on all pages
 */
public record TracePage(List<TraceEntry> entries, int total) {
    /** Keeps a copy of the list. */
    public TracePage {
        entries = List.copyOf(entries);
    }
}
