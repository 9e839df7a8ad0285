/** The command line of the jar. Speaks to a server over HTTP only; neighbours: {@code client}, {@code push}, {@code bench}, {@code tour}. */
package fr.carnet.server.cli;
