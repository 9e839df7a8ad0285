/** {@code matrix}: the matrix of habilitations, shown, and a proposed one held against it. Needs no server. */
package fr.carnet.server.cli.matrix;
