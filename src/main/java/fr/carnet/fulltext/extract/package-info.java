/**
 * What a document says, as text, by a worker that cannot take the server down.
 *
 * <p>{@link fr.carnet.fulltext.extract.TextExtraction} is asked for the text of a content. No library opens a content inside
 * the server: a process of its own does, of bounded memory, and it is killed when it is over time. Both ends live here: the
 * pool of workers, and {@code TextWorker} with a reader per format, which runs in the process only. Nothing is logged of what
 * a document says, on neither side. Neighbours: uses {@code validation} for XML; used by {@code fulltext}.
 */
package fr.carnet.fulltext.extract;
