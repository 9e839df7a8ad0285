package fr.carnet.directory.insi;

import java.util.Arrays;
import java.util.Optional;

/**
 * How sure a local identity is (R4): INSi has answered for it, somebody has controlled it, both or neither. The codes are
 * those of {@code fr-core-cs-identity-status}.
 */
public enum IdentityStatus {
    /** Provisoire: neither. */
    PROVISIONAL("PROV", false, false),
    /** Récupérée: answered by INSi, not controlled. */
    RETRIEVED("RECUP", true, false),
    /** Validée: controlled, not answered by INSi. */
    VALIDATED("VALI", false, true),
    /** Qualifiée: both. Only such an INS goes with documents (R5). */
    QUALIFIED("QUAL", true, true);

    private final String code;
    private final boolean answered;
    private final boolean controlled;

    IdentityStatus(String code, boolean answered, boolean controlled) {
        this.code = code;
        this.answered = answered;
        this.controlled = controlled;
    }

    /** Status of a code; empty for one that is none of the four. */
    public static Optional<IdentityStatus> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }

    /** Code in {@code fr-core-identity-reliability}. */
    public String code() {
        return code;
    }

    /** Status once something has happened. */
    public IdentityStatus after(Event event) {
        return switch (event) {
            case ANSWERED -> of(true, controlled);
            case CONTRADICTED -> of(false, controlled);
            case CONTROLLED -> of(answered, true);
            case DOUBTED -> PROVISIONAL;
        };
    }

    private static IdentityStatus of(boolean answered, boolean controlled) {
        return Arrays.stream(values())
                .filter(s -> s.answered == answered && s.controlled == controlled)
                .findFirst()
                .orElseThrow();
    }

    /** What changes how sure an identity is. */
    public enum Event {
        /** INSi found exactly this identity, or confirmed it. */
        ANSWERED,
        /** INSi does not confirm it any more: the INS is not to be used. */
        CONTRADICTED,
        /** Controlled with a document of high trust, or attested as known (R7). */
        CONTROLLED,
        /** Doubtful or fictitious ({@code DOUT}, {@code FICT}): nothing but provisional goes with that. */
        DOUBTED
    }
}
