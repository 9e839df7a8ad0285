package fr.carnet.server.schema;

import fr.carnet.shared.Texts;

/** The tables of the database are not those of this program: it neither serves on them nor changes them. */
public final class UnfitSchema extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SchemaState state;

    /** @param state that is not current */
    public UnfitSchema(SchemaState state) {
        super(state.kind().name());
        this.state = state;
    }

    /** What is the matter, and which command helps. */
    public String sentence(Texts texts) {
        return state.sentence(texts);
    }
}
