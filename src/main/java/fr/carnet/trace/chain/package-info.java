/**
 * What makes tampering with the traces show (R95): one hash chain per record, daily roots signed over the heads of all
 * chains and kept outside the database, and the check of the whole.
 *
 * <p>A row bears the digest of its content ({@link fr.carnet.trace.chain.RowDigest}, computed by the server) and the hash
 * that ties it to the row before ({@link fr.carnet.trace.chain.Link}, computed by a trigger of the database, which the
 * serving role cannot go round). {@link fr.carnet.trace.chain.RootSealer} signs the heads once a day,
 * {@link fr.carnet.trace.chain.TraceVerification} checks rows, chains, roots and purges in one pass,
 * {@link fr.carnet.trace.chain.TracePurge} destroys what has been kept long enough. Neighbours: {@code trace} writes and
 * serves the rows; the command line verifies and purges.
 */
package fr.carnet.trace.chain;
