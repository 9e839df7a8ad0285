package fr.carnet.fulltext.extract;

/** A worker is of no use any more: it is dead, or will be at once. */
final class WorkerLost extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause why;

    WorkerLost(Cause why, Throwable cause) {
        super(why.name(), cause);
        this.why = why;
    }

    Cause why() {
        return why;
    }

    /** What it was lost to. */
    enum Cause {
        /** It was killed when its time was over. */
        LATE,
        /** It ended itself for want of memory. */
        MEMORY,
        /** It ended otherwise, or said what nobody understands. */
        DIED
    }
}
