package fr.carnet.shared;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identité nationale de santé: the patient's matricule with its domain (R1, R2).
 *
 * @param domain assigning authority
 * @param value 15 characters: 13 of the number, 2 of the key (97 − N mod 97; Corsica 2A→19, 2B→18)
 */
public record Ins(InsDomain domain, String value) {

    private static final Pattern SHAPE = Pattern.compile("[1-478]\\d{4}(\\d\\d|2[AB])\\d{6}\\d{2}");
    private static final Pattern CX = Pattern.compile("([^^&]+)\\^\\^\\^&([0-9.]+)&ISO\\^NH");
    private static final int KEY_AT = 13;
    private static final int MODULUS = 97;

    /**
     * @throws InvalidIns if shape or key are wrong; the message never repeats the value
     */
    public Ins {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new InvalidIns("15 characters expected: 13 of the number and a key of 2");
        }
        if (key(value) != Integer.parseInt(value.substring(KEY_AT))) {
            throw new InvalidIns("wrong key");
        }
    }

    /**
     * Reads an identifier.
     *
     * @param oidOrSystem dotted OID or {@code urn:oid:} system
     * @throws InvalidIns if the domain is none of the INS domains, or the value is refused
     */
    public static Ins of(String oidOrSystem, String value) {
        return new Ins(InsDomain.of(oidOrSystem).orElseThrow(() -> new InvalidIns("unknown domain")), value);
    }

    /**
     * Reads the form of HL7 v2 and of SAML: {@code <INS>^^^&<OID>&ISO^NH} (VIHF {@code resource-id}, IUA {@code person_id}).
     *
     * @throws InvalidIns if it has not that form, or its parts are refused
     */
    public static Ins ofCx(String cx) {
        Matcher parts = CX.matcher(cx);
        if (!parts.matches()) {
            throw new InvalidIns("<INS>^^^&<OID>&ISO^NH expected");
        }
        return of(parts.group(2), parts.group(1));
    }

    /** The form that {@link #ofCx} reads. */
    public String cx() {
        return value + "^^^&" + domain.oid() + "&ISO^NH";
    }

    /** {@code system|value}, the form of a FHIR token. */
    public String token() {
        return domain.system() + "|" + value;
    }

    /** Personal data: only the domain is shown. */
    @Override
    public String toString() {
        return "Ins[" + domain + "]";
    }

    private static int key(String value) {
        String digits = value.substring(0, KEY_AT).replace("2A", "19").replace("2B", "18");
        return MODULUS - (int) (Long.parseLong(digits) % MODULUS);
    }

    /** A matricule that cannot be one (R1, R2): refused with 422 {@code ins-invalid}. */
    public static final class InvalidIns extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidIns(String message) {
            super(message);
        }
    }
}
