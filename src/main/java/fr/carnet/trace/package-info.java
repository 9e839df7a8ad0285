/**
 * Every access leaves a durable trace, before the first byte of the answer (R90–R95).
 *
 * <p>{@link fr.carnet.trace.TraceStore} appends one row per request: by itself for a read, inside the surrounding
 * transaction for a write. What makes of the rows chains that cannot be changed unseen is in {@link fr.carnet.trace.chain};
 * {@link fr.carnet.trace.Deliveries} notes which answers left. {@link fr.carnet.trace.AuditEventProvider} serves a record's
 * rows as {@code AuditEvent}, each reader seeing what concerns him. Neighbours: {@code enforcement} appends, decides who may
 * read, leaves a {@link fr.carnet.trace.TraceReading} with the request, and implements
 * {@link fr.carnet.trace.DisclosedDocuments}. What the holder takes with him is in {@link fr.carnet.trace.export}; {@link
 * fr.carnet.trace.feed} sends every trace to an audit repository, by way of {@code outbox}.
 */
package fr.carnet.trace;
