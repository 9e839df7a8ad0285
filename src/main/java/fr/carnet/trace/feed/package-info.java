/**
 * Every trace to an audit repository outside, if there is one (ITI-20, ATNA option "ATX: FHIR Feed").
 *
 * <p>{@link fr.carnet.trace.TraceStore} leaves an entry in the outbox with each trace; {@link fr.carnet.trace.feed.AuditFeed}
 * carries them, round by round. Neighbours: {@code trace} reads the rows and makes the events; {@code outbox} calls.
 */
package fr.carnet.trace.feed;
