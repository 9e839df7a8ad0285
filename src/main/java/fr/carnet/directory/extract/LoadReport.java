package fr.carnet.directory.extract;

import java.util.List;

/**
 * What a load did.
 *
 * @param lines lines of data
 * @param entries professionals or structures that they list
 * @param closed professionals whom the former extract listed and this one does not
 * @param refused lines that could not be used
 * @param refusedLines the first of them by their number in the file, the line of names being 1
 */
public record LoadReport(long lines, long entries, long closed, long refused, List<Long> refusedLines) {

    /** @throws NullPointerException if the list is missing */
    public LoadReport {
        refusedLines = List.copyOf(refusedLines);
    }
}
