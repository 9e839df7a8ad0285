/** {@code insi}: search and verification of an identity at the national teleservice. */
package fr.carnet.server.cli.insi;
