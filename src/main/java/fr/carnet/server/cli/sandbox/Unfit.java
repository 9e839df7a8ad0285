package fr.carnet.server.cli.sandbox;

/** What a sandbox cannot be started with. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Object[] arguments;

    /**
     * @param key of the sentence
     * @param arguments of the sentence
     */
    Unfit(String key, Object... arguments) {
        super(key);
        this.key = key;
        this.arguments = arguments.clone();
    }

    String key() {
        return key;
    }

    Object[] arguments() {
        return arguments.clone();
    }
}
