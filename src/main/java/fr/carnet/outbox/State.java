package fr.carnet.outbox;

/** Where an entry stands. */
public enum State {
    /** To be delivered, now or later. */
    WAITING,
    /** Delivered. */
    SENT,
    /** Not delivered: nobody was to have it any more. */
    WITHDRAWN,
    /** Given up; it can be replayed. */
    DEAD
}
