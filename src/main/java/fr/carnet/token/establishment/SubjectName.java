package fr.carnet.token.establishment;

import fr.carnet.shared.StructureId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Distinguished name of an establishment's certificate, as IGC-Santé gives them to organisations: {@code CN} freely chosen,
 * {@code OU} the national identifier of the structure, {@code O} its name, {@code ST} its department, {@code C} FR.
 */
public final class SubjectName {

    /** What software writes for the attributes that RFC 2253 gives no name to. */
    private static final Map<String, String> KEYWORDS = Map.of("GN", "2.5.4.42", "G", "2.5.4.42", "SN", "2.5.4.4");

    private final X500Principal principal;

    private SubjectName(X500Principal principal) {
        this.principal = principal;
    }

    /** The name of a certificate. */
    public static SubjectName of(X500Principal principal) {
        return new SubjectName(principal);
    }

    /**
     * True if a text is this name: the order of RFC 2253 (most specific first) and the one in which certificates encode it
     * are both written by software of the field; capitals, spaces and the string type of the encoding do not matter.
     */
    public boolean isWritten(String text) {
        try {
            X500Principal written = new X500Principal(text, KEYWORDS);
            return written.equals(principal) || reversed(written).equals(principal);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The structure of the only {@code OU} that is the identifier of one. */
    Optional<StructureId> structure() {
        List<StructureId> structures =
                values("OU").flatMap(value -> structure(value).stream()).toList();
        return structures.size() == 1 ? Optional.of(structures.get(0)) : Optional.empty();
    }

    /** Name of the structure. */
    Optional<String> organisation() {
        return values("O").findFirst();
    }

    private static Optional<StructureId> structure(String value) {
        try {
            return Optional.of(new StructureId(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Stream<String> values(String type) {
        return parts(principal).stream()
                .filter(part -> part.size() == 1 && part.getType().equalsIgnoreCase(type))
                .map(Rdn::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static X500Principal reversed(X500Principal name) {
        List<Rdn> parts = new ArrayList<>(parts(name));
        Collections.reverse(parts);
        return new X500Principal(new LdapName(parts).toString());
    }

    /** From the last to the first, as LdapName counts. */
    private static List<Rdn> parts(X500Principal name) {
        try {
            return new LdapName(name.getName(X500Principal.RFC2253)).getRdns();
        } catch (InvalidNameException e) {
            throw new EstablishmentRefusal(EstablishmentError.CERTIFICATE_INVALID, e);
        }
    }
}
