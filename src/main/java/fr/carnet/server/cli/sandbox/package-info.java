/**
 * {@code sandbox}: the server with the profile of that name, in a folder of its own, with the guided tour. Uses {@code tour}
 * by its command.
 */
package fr.carnet.server.cli.sandbox;
