package fr.carnet.sandbox;

import java.util.Locale;
import java.util.Optional;

/**
 * A SOAP fault of INSi.
 *
 * @param role whose fault it is: {@code Sender} or {@code Receiver}
 * @param subcode e.g. {@code siram_40}
 * @param code e.g. {@code insi_102}
 * @param severity {@code erreur} or {@code fatal}
 * @param reason sentence of the simulator
 */
record InsiFault(String role, Optional<String> subcode, Optional<String> code, String severity, String reason) {

    private static final String REASON = "Faute jouée par le bac à sable.";

    static InsiFault of(Table.Row row) {
        return new InsiFault(
                row.get("role"),
                row.find("subcode"),
                row.find("code"),
                row.find("severity").orElse("erreur"),
                REASON);
    }

    /** A request that the WSDL does not allow. */
    static InsiFault form(String what) {
        return new InsiFault("Sender", Optional.empty(), Optional.empty(), "erreur", what);
    }

    /** A software without a number of authorisation. */
    static InsiFault software() {
        return new InsiFault(
                "Sender",
                Optional.of("siram_100"),
                Optional.of("desir_550"),
                "erreur",
                "Numéro d'autorisation du logiciel inconnu.");
    }

    /** Any code of a family; the families of which one member is known have its role and subcode. */
    static Optional<InsiFault> ofFamily(String family, int number) {
        String code = family.toLowerCase(Locale.ROOT) + "_" + number;
        return switch (family) {
            case "SIRAM" ->
                Optional.of(new InsiFault(
                        number < 100 ? "Receiver" : "Sender", Optional.of(code), Optional.empty(), "erreur", REASON));
            case "INSI" ->
                Optional.of(new InsiFault("Receiver", Optional.of("siram_40"), Optional.of(code), "fatal", REASON));
            case "DESIR" ->
                Optional.of(new InsiFault("Sender", Optional.of("siram_100"), Optional.of(code), "erreur", REASON));
            default -> Optional.empty();
        };
    }
}
