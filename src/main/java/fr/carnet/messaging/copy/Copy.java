package fr.carnet.messaging.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import fr.carnet.shared.Caller;
import java.util.Objects;

/**
 * A copy that is owed, as it waits in the outbox.
 *
 * @param document FHIR id of its DocumentReference
 * @param content id of its content
 * @param secret it was deposited in a secret connection (R170)
 * @param depositor who deposited it, and asked for the copy
 */
public record Copy(String document, String content, boolean secret, Caller depositor) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws NullPointerException if a component is missing */
    public Copy {
        Objects.requireNonNull(document);
        Objects.requireNonNull(content);
        Objects.requireNonNull(depositor);
    }

    /**
     * From the payload of an entry.
     *
     * @throws IllegalArgumentException if it is none of a copy
     */
    public static Copy of(String payload) {
        try {
            return JSON.readValue(payload, Copy.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a copy");
        }
    }

    /** As the payload of an entry. */
    String payload() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a copy is not written");
        }
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Copy[" + document + "]";
    }
}
