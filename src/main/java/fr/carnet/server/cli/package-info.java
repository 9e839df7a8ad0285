/**
 * The command line of the jar. Speaks to a server over HTTP only, but for {@code registry}, which runs with the server's own
 * configuration, and {@code rules}, which needs no server; neighbours: {@code client}, {@code push}, {@code bench}, {@code
 * tour}.
 */
package fr.carnet.server.cli;
