package fr.carnet.fulltext.extract;

/** A bound is reached: what was gathered so far is the text. Unchecked, for libraries swallow checked ones. */
final class Enough extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Enough() {
        super("a bound is reached", null, false, false);
    }
}
