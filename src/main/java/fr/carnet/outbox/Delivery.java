package fr.carnet.outbox;

/**
 * What became of one attempt. A code says why in one word of our own; a text that came from outside may hold an address.
 */
public sealed interface Delivery {

    /** It has left, for good. */
    record Done() implements Delivery {}

    /** Nobody is to have it any more: it is not sent, and that is no failure. */
    record Withdrawn(String code) implements Delivery {}

    /** It did not arrive, and another attempt may succeed. */
    record Deferred(String code) implements Delivery {}

    /** Nothing arrives by this channel at present: the rest of the round waits as well, without an attempt. */
    record Unreachable(String code) implements Delivery {}

    /** The connection broke in the middle: it may have arrived, and is sent again. */
    record Unknown(String code) implements Delivery {}

    /** It will never arrive. */
    record Refused(String code) implements Delivery {}
}
