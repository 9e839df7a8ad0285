/**
 * The traces of a record as its holder takes them with him: a table (CSV), pages to read (PDF), and events (NDJSON), with
 * the same visibility as a search. Neighbours: {@code trace} reads the rows; {@code enforcement} decides, traces and sends.
 */
package fr.carnet.trace.export;
