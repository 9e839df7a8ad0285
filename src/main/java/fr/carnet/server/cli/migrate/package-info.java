/** {@code migrate}: the tables of a production server, by the role that owns them. Starts nothing of the server. */
package fr.carnet.server.cli.migrate;
