/** {@code directory}: what is loaded of the national directory and of the declared structures. */
package fr.carnet.server.cli.directory;
