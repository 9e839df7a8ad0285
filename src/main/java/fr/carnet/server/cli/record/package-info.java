/**
 * {@code record}: what an operator does with one record at the machine. Starts the server's own context, without its web
 * part; {@code enforcement} makes the copy, {@code dmp} destroys.
 */
package fr.carnet.server.cli.record;
