package fr.carnet.server.cli.push;

/**
 * What became of a file.
 *
 * @param kind what
 * @param detail ids, or rule and sentence
 */
record Result(Kind kind, String detail) {

    enum Kind {
        ACCEPTED,
        REFUSED,
        NO_ANSWER
    }

    boolean isAccepted() {
        return kind == Kind.ACCEPTED;
    }
}
