/** {@code registry}: the projections against the resources. Starts the server's own context, without its web part. */
package fr.carnet.server.cli.registry;
