/**
 * The directory and the list of declared structures as files that were loaded into PostgreSQL.
 *
 * <p>{@link fr.carnet.directory.extract.DirectoryLoad} replaces what was loaded before, all or nothing; {@code
 * LoadedDirectory} and {@code LoadedStructures} answer from it. Neighbours: {@code directory}, whose ports it implements,
 * and {@code shared}.
 */
package fr.carnet.directory.extract;
