/** {@code health}: whether the server of this machine is ready. Asks its management port, and starts nothing. */
package fr.carnet.server.cli.health;
