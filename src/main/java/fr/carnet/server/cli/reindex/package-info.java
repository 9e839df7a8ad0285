/** {@code reindex}: the index of texts, made anew. Starts the server's own context, without its web part. */
package fr.carnet.server.cli.reindex;
