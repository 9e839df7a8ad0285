package fr.carnet.dmp;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** Facts that travel with a resource which is about to be answered, so that it is judged once more before it leaves. */
public final class Shown {

    private static final String KEY = Shown.class.getName();

    private Shown() {}

    /** Lets the facts travel with a resource. */
    public static void mark(Resource answered, Object facts) {
        answered.setUserData(KEY, facts);
    }

    /**
     * The facts of a resource.
     *
     * @param type {@code ConsentFacts} or {@code CircleFacts}
     * @return empty if it bears none: then it must not leave
     */
    public static <T> Optional<T> facts(Resource answered, Class<T> type) {
        return Optional.ofNullable(answered.getUserData(KEY))
                .filter(type::isInstance)
                .map(type::cast);
    }
}
