/** {@code outbox}: what waits to leave the server, what was given up, what may have arrived twice. */
package fr.carnet.server.cli.outbox;
