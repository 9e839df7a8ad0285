/**
 * {@code advisories}: which known vulnerabilities concern the libraries of this jar, from a file, without network. Reads the
 * bill of materials that is in the jar; uses no other room.
 */
package fr.carnet.server.cli.advisories;
