/** {@code serve}: the server itself, as without a command. Uses {@code cli} for its settings and nothing else. */
package fr.carnet.server.cli.serve;
