/** For commands that work with the server's own context, started without its web part and with its configuration. */
package fr.carnet.server.cli.context;
