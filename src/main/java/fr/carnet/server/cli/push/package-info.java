/**
 * {@code push}: publishes a folder of documents, as a software would on its first evening with Carnet.
 *
 * <p>Neighbours: {@code client} speaks to the server, {@code validation} reads headers and builds submissions.
 */
package fr.carnet.server.cli.push;
