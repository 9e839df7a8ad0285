/** The commands of the token service: {@code token key}. */
package fr.carnet.server.cli.token;
