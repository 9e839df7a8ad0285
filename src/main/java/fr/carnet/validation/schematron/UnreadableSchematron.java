package fr.carnet.validation.schematron;

import fr.carnet.shared.Texts;
import java.util.List;

/** The operator's schematrons cannot be used: a server that checks less than it was told to does not start. */
public final class UnreadableSchematron extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String messageKey;
    private final transient List<Object> args;

    UnreadableSchematron(String messageKey, Exception cause, Object... args) {
        super(Texts.of("en").say(messageKey, args), cause);
        this.messageKey = messageKey;
        this.args = List.of(args);
    }

    /**
     * What is wrong and where, for the operator.
     *
     * @param texts in his language
     */
    public String sentence(Texts texts) {
        return texts.say(messageKey, args.toArray());
    }
}
