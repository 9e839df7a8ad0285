/** {@code content}: the stored bytes against the documents. Starts the server's own context, without its web part. */
package fr.carnet.server.cli.content;
