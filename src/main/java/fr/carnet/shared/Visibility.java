package fr.carnet.shared;

import java.util.Arrays;
import java.util.Optional;

/** Visibility status of a document beyond the default (TRE_A07, R100). The constant is the code on the wire. */
public enum Visibility {
    /** Readable by holder, depositor, his structure and the treating physician only (R105). */
    MASQUE_PS,
    /** Hidden from the holder until announced (R111). */
    INVISIBLE_PATIENT,
    /** Hidden from the legal representatives of a minor (R117). */
    INVISIBLE_REPRESENTANTS_LEGAUX;

    /** Code system of the labels. */
    public static final String SYSTEM =
            "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument";

    /** Status of a code; empty for the codes without a rule yet (MASQUE_PSOCIAL, MASQUE_PT) and for unknown ones. */
    public static Optional<Visibility> of(String code) {
        return Arrays.stream(values()).filter(v -> v.name().equals(code)).findFirst();
    }
}
