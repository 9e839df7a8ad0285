package fr.carnet.document.iti65;

import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** Recognises the database's refusal of what is there already (R124). */
final class Duplicates {

    private static final String UNIQUE_VIOLATION = "23505";

    private Duplicates() {}

    /** Whoever wraps it: jOOQ, Spring, or HAPI around the hook that writes the registry row. */
    static boolean isDuplicate(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(e -> e instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()));
    }
}
