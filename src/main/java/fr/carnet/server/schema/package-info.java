/**
 * The tables and their versions: HAPI's in {@code public}, ours in {@code carnet}. Migrated by their owner on command, in the
 * sandbox at start; checked at every other start. Neighbours: {@code server} and its command {@code migrate}.
 */
package fr.carnet.server.schema;
