package fr.carnet.server.cli.push;

/**
 * What became of a file.
 *
 * @param kind what
 * @param detail ids, or rule and sentence
 */
record Result(Kind kind, String detail) {

    enum Kind {
        ACCEPTED("✓"),
        /** The same lot was accepted earlier; nothing was stored (R124). */
        ALREADY_THERE("="),
        REFUSED("✗"),
        NO_ANSWER("✗");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        /** What its line begins with. */
        String sign() {
            return sign;
        }
    }
}
