/**
 * What is to leave the server: kept in the transaction that owes it, delivered afterwards, at least once.
 *
 * <p>{@link fr.carnet.outbox.Outbox} takes entries, a {@link fr.carnet.outbox.Courier} per channel carries them, {@link
 * fr.carnet.outbox.OutboxRound} shares the work between nodes and survives their end, {@link fr.carnet.outbox.OutboxLedger}
 * tells what waits, what is given up, and what may have arrived twice. Knows nothing of what it carries. Neighbours: uses
 * {@code shared}; used by whoever sends.
 */
package fr.carnet.outbox;
