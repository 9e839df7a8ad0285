package fr.carnet.shared;

import java.util.Arrays;
import java.util.Optional;

/** Purpose of use (TRE_R248, R50): in which mode the caller comes. */
public enum AccessMode {
    NORMAL("normal"),
    /** Emergency, the person cannot express her will (R51–R53). */
    BREAK_GLASS("bris_de_glace"),
    /** Regulating physician of an emergency call centre (R54–R56). */
    REGULATION("centre_15");

    private final String code;

    AccessMode(String code) {
        this.code = code;
    }

    /** Code of TRE_R248. */
    public String code() {
        return code;
    }

    /** Emergency modes are marked and told to the holder (R57). */
    public boolean isEmergency() {
        return this != NORMAL;
    }

    /** Mode of a code; empty for any other code, which is refused (R50). */
    public static Optional<AccessMode> of(String code) {
        return Arrays.stream(values()).filter(m -> m.code.equals(code)).findFirst();
    }
}
