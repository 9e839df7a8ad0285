package fr.carnet.sandbox;

/** The store as the sandbox sees it. */
@FunctionalInterface
public interface SandboxStore {

    /** Empties everything, traces included, and brings the cast back as on the first day. */
    void reset();
}
