/**
 * Text search of documents: what a document says is found by its words, within what a caller may read.
 *
 * <p>{@code extract} gets the text out of a content. Neighbours: uses {@code shared}, {@code policy}, {@code validation},
 * {@code outbox} and {@code document}; put together by {@code server}.
 */
package fr.carnet.fulltext;
