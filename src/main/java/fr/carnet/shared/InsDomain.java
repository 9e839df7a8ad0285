package fr.carnet.shared;

import java.util.Arrays;
import java.util.Optional;

/**
 * Assigning authority of a matricule INS (R1, {@code fr-core-patient-ins}).
 *
 * <p>Test and demonstration matricules are accepted only where the server is configured for them.
 */
public enum InsDomain {
    NIR("1.2.250.1.213.1.4.8"),
    NIA("1.2.250.1.213.1.4.9"),
    TEST("1.2.250.1.213.1.4.10"),
    DEMONSTRATION("1.2.250.1.213.1.4.11");

    private static final String URN = "urn:oid:";
    private final String oid;

    InsDomain(String oid) {
        this.oid = oid;
    }

    /** Dotted OID, without prefix. */
    public String oid() {
        return oid;
    }

    /** FHIR {@code Identifier.system}: {@code urn:oid:} and the OID. */
    public String system() {
        return URN + oid;
    }

    /** Domain of a dotted OID or of an {@code urn:oid:} system; empty when it names no INS. */
    public static Optional<InsDomain> of(String oidOrSystem) {
        String oid =
                oidOrSystem != null && oidOrSystem.startsWith(URN) ? oidOrSystem.substring(URN.length()) : oidOrSystem;
        return Arrays.stream(values()).filter(d -> d.oid.equals(oid)).findFirst();
    }
}
