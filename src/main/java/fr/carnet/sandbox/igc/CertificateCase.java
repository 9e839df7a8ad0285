package fr.carnet.sandbox.igc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A good certificate, or one of those that must be refused. */
public enum CertificateCase {
    VALID,
    /** Valid until the day before. */
    EXPIRED,
    /** Valid from the next day on. */
    NOT_YET_VALID,
    /** Revoked as soon as it is issued. */
    REVOKED,
    /** Issued by an authority of the same name, but of another key. */
    UNKNOWN_AUTHORITY,
    /** Its {@code OU} is a department of the organisation. */
    NO_STRUCTURE;

    /** Word on the wire: the constant in lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Case of a word; empty for any other. */
    public static Optional<CertificateCase> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
