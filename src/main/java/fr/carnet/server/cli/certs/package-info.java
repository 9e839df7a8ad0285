/** {@code certs}: certificates of the sandbox's authority, for vendors. */
package fr.carnet.server.cli.certs;
