/**
 * Text search of documents: their words in an index, beside the keys of who may see them.
 *
 * <p>{@link fr.carnet.fulltext.TextIndex} is the port, PostgreSQL and Elasticsearch its two implementations. What changes in the
 * registry reaches the index after the commit, by the outbox; {@link fr.carnet.fulltext.Reindexing} makes it anew. Nothing here
 * decides: what the index proposes is read from the registry under the caller's keys, and passes the sieve. Neighbours: follows
 * {@code document}, which asks it for ids and excerpts; uses {@code outbox}, {@code policy} types and {@code validation}.
 */
package fr.carnet.fulltext;
