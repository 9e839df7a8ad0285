package fr.carnet.validation.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import fr.carnet.shared.Fault;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON as it is written: the members of an object in their order, one that is given twice among them. */
sealed interface Json {

    /** How long a body may be is asked at the door: a text may be as long as a document in base64. */
    JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Kind of this value. */
    JsonKind kind();

    /** A member of an object. */
    record Member(String name, Json value) {}

    /** An object. */
    record Members(List<Member> list) implements Json {

        @Override
        public JsonKind kind() {
            return JsonKind.OBJECT;
        }

        /** Text of a member; empty if there is none of this name, or if it is no string. */
        Optional<String> text(String name) {
            return list.stream()
                    .filter(member -> member.name.equals(name))
                    .findFirst()
                    .map(Member::value)
                    .filter(value -> value.kind() == JsonKind.STRING)
                    .map(value -> ((Scalar) value).text());
        }
    }

    /** An array. */
    record Items(List<Json> list) implements Json {

        @Override
        public JsonKind kind() {
            return JsonKind.ARRAY;
        }
    }

    /** Anything else; a null has no text. */
    record Scalar(JsonKind kind, String text) implements Json {}

    /**
     * Reads a body.
     *
     * @throws JsonProcessingException if it is no JSON, or has more than one value
     * @throws Fault 400 if a text has half a character
     */
    static Json read(Reader body) throws JsonProcessingException {
        try (JsonParser in = FACTORY.createParser(body)) {
            Json read = value(in, in.nextToken());
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "more than one value");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json value(JsonParser in, JsonToken token) throws IOException {
        if (token == null) {
            throw new JsonParseException(in, "nothing to read");
        }
        return switch (token) {
            case START_OBJECT -> {
                List<Member> members = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    members.add(new Member(name, value(in, in.nextToken())));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
                    items.add(value(in, next));
                }
                yield new Items(items);
            }
            case VALUE_STRING -> new Scalar(JsonKind.STRING, whole(in));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar(JsonKind.NUMBER, in.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(JsonKind.BOOLEAN, in.getText());
            default -> new Scalar(JsonKind.NULL, "");
        };
    }

    /** Half a character (RFC 8259, 8.2) would be stored as another one. */
    private static String whole(JsonParser in) throws IOException {
        String text = in.getText();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
                if (!pair) {
                    throw Fault.of(400, "unreadable");
                }
                i++;
            }
        }
        return text;
    }
}
