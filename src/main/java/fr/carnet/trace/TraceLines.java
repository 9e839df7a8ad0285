package fr.carnet.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.List;
import org.jooq.JSONB;

/** The lines of an entry as the JSON of the column {@code lines}. */
final class TraceLines {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();
    private static final TypeReference<List<TraceLine>> LINES = new TypeReference<>() {};

    private TraceLines() {}

    static JSONB write(List<TraceLine> lines) {
        try {
            return JSONB.jsonb(JSON.writeValueAsString(lines));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lines of a trace are plain values", e);
        }
    }

    static List<TraceLine> read(JSONB json) {
        try {
            return JSON.readValue(json.data(), LINES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored trace has lines that cannot be read", e);
        }
    }
}
