/** {@code letters}: notices by post, as PDF. */
package fr.carnet.server.cli.letters;
