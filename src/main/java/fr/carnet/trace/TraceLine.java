package fr.carnet.trace;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One resource that a request disclosed, wrote or refused.
 *
 * <p>Content read by ITI-68 is named by its {@code DocumentReference}, never by the {@code Binary}.
 *
 * @param ref relative reference without version, e.g. {@code DocumentReference/12}
 * @param version version disclosed or written; empty where there is none
 * @param hash hash of the content as the {@code DocumentReference} states it (base64 SHA-1)
 * @param effect what happened to it
 */
public record TraceLine(String ref, Optional<Integer> version, Optional<String> hash, Effect effect) {

    private static final Pattern REF = Pattern.compile("[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}");

    /**
     * @throws IllegalArgumentException if the reference is not {@code Type/id}
     */
    public TraceLine {
        if (!REF.matcher(ref).matches()) {
            throw new IllegalArgumentException("not a relative reference");
        }
        Objects.requireNonNull(version);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(effect);
    }

    /** True for documents, lots and folders: they may be hidden from whoever reads the trace (R111, R117). */
    boolean isShared() {
        return ref.startsWith("DocumentReference/") || isList();
    }

    boolean isList() {
        return ref.startsWith("List/");
    }

    /** Type of the resource. */
    String type() {
        return ref.substring(0, ref.indexOf('/'));
    }

    /** What a request did to a resource. */
    public enum Effect {
        DISCLOSED,
        WRITTEN,
        REFUSED
    }
}
