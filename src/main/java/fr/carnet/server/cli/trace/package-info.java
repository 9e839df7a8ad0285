/** {@code carnet trace}: verifies that no trace was changed or lost, and destroys those that were kept long enough. */
package fr.carnet.server.cli.trace;
