/** {@code facts}: the facts of records against their resources. Starts the server's own context, without its web part. */
package fr.carnet.server.cli.facts;
