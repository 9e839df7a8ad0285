package fr.carnet.messaging.conversation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody wants with a message, as far as the judge had to find it out; left with the request for the provider.
 *
 * @param conversation in which it is; empty for a first message
 * @param party the professional's side
 * @param message that is answered, marked or whose conversation is closed; empty for a first message
 */
public record MessageRequest(Optional<Conversation> conversation, Party party, Optional<String> message) {

    private static final String KEY = MessageRequest.class.getName();

    /** @throws NullPointerException if a component is missing */
    public MessageRequest {
        Objects.requireNonNull(conversation);
        Objects.requireNonNull(party);
        Objects.requireNonNull(message);
    }

    /** Leaves this with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    static MessageRequest of(Map<Object, Object> userData) {
        if (userData.get(KEY) instanceof MessageRequest request) {
            return request;
        }
        throw new IllegalStateException("request was not judged");
    }
}
