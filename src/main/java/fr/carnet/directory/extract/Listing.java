package fr.carnet.directory.extract;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;

/** A list that is loaded from a file: how its lines are read, and the rows that they become. */
interface Listing {

    /** Its name in {@code carnet.directory_load}. */
    String name();

    /**
     * How lines are read.
     *
     * @param header first line of the file
     * @return values of a row, without the number of the load; empty for a line that cannot be used
     * @throws LoadRefused if the file is none of this list
     */
    Function<String, Optional<Object[]>> reader(String header);

    /** Statement that inserts one row, the number of the load first. */
    String insert();

    /** How many professionals or structures a load lists. */
    long entries(DSLContext dsl, long load);

    /**
     * Puts away what is not of this load.
     *
     * @return how many professionals it does not list any more
     */
    long retire(DSLContext dsl, long load, Instant asOf);
}
