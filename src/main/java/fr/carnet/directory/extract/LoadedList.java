package fr.carnet.directory.extract;

import java.time.Instant;

/**
 * A list as it is loaded.
 *
 * @param name {@code PROFESSIONALS} or {@code STRUCTURES}
 * @param asOf date of the file
 * @param loaded when it was loaded
 * @param entries how many professionals or structures it lists
 */
public record LoadedList(String name, Instant asOf, Instant loaded, long entries) {}
