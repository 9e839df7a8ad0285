package fr.carnet.trace.chain;

import java.util.List;

/**
 * What a verification saw.
 *
 * @param rows how many rows
 * @param chains how many chains
 * @param roots number of the last signed root; 0 without any
 * @param older rows written before there were chains: nothing is proved of them
 * @param findings what is not as it was written, the first of each chain before its others; empty if all is well
 */
public record Verified(long rows, long chains, long roots, long older, List<Finding> findings) {
    /** Keeps a copy of the list. */
    public Verified {
        findings = List.copyOf(findings);
    }
}
