/**
 * The command line of the jar. Speaks to a server over HTTP only, but for {@code serve} and {@code sandbox}, which start it,
 * {@code registry} and its like, which run with the server's own configuration, {@code migrate}, which runs with that of the
 * database, and {@code rules} and {@code matrix}, which need no server; neighbours: {@code client}, {@code push}, {@code
 * bench}, {@code tour}.
 */
package fr.carnet.server.cli;
