package fr.carnet.token.establishment;

import fr.carnet.caller.RoleSystem;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an establishment states of one of its professionals, proved by its signature, whether as a VIHF or as a JWT.
 *
 * <p>Proved are the structure, the words themselves, their freshness and single use. Whether the directory knows the
 * professional (R76), the structure is declared (R79) and the software is homologated (R86) is still to be asked. The
 * patient is optional: who consults must name him (R77), who wants to act upon one without it is refused there (R80, R82).
 *
 * @param assertion which assertion said so
 * @param professional for whom
 * @param structure structure of the certificate, and of the assertion (R82)
 * @param structureName its name in the certificate
 * @param authentication {@code INDIRECTE} or {@code INDIRECTE_RENFORCEE} (R71); an establishment proves no other
 * @param method how the establishment authenticated him; always there when reinforced (R75)
 * @param context patient, mode (always there), what is stated in an emergency, secret connection
 * @param software which software made the assertion
 */
public record EstablishmentStatements(
        Assertion assertion,
        Professional professional,
        StructureId structure,
        String structureName,
        AuthenticationMode authentication,
        Optional<String> method,
        AccessContext context,
        Software software) {

    /** @throws NullPointerException if a component is missing */
    public EstablishmentStatements {
        Objects.requireNonNull(assertion);
        Objects.requireNonNull(professional);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(structureName);
        Objects.requireNonNull(authentication);
        Objects.requireNonNull(method);
        Objects.requireNonNull(context);
        Objects.requireNonNull(software);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "EstablishmentStatements[" + assertion.form() + " " + authentication + " " + structure.value() + "]";
    }

    /** Forms in which an establishment may state it. */
    public enum Form {
        /** SAML, {@code VIHF_Version} 3.0. */
        VIHF_3,
        /** SAML, {@code VIHF_Version} 4.0. */
        VIHF_4,
        /** Signed JWT (RFC 7523). */
        AIR
    }

    /**
     * The assertion itself, for the trace.
     *
     * @param form its form
     * @param id id given by the establishment, unique within it
     * @param issued when it was made
     * @param expires from when on it is refused
     */
    public record Assertion(Form form, String id, Instant issued, Instant expires) {}

    /**
     * The professional who acts.
     *
     * @param id national identifier; {@code 8} and the RPPS number whenever the authentication is reinforced (R76)
     * @param name display name
     * @param role profession or role, one column of the matrix (R34, R81)
     * @param specialty savoir-faire of a physician, section of a pharmacist (R81)
     * @param function function of the activity, e.g. {@code FON-29}; a VIHF has none
     * @param sector sector of activity (TRE_R02), e.g. {@code SA01}
     */
    public record Professional(
            IdNatPs id, String name, Role role, Optional<Role> specialty, Optional<String> function, String sector) {

        private static final String RPPS = "8\\d{11}";

        /** True if he is named by his RPPS number. */
        public boolean hasRpps() {
            return id.value().matches(RPPS);
        }

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Professional[" + role + "]";
        }
    }

    /**
     * A code of JDV_J65.
     *
     * @param system its table
     * @param code its code there
     */
    public record Role(RoleSystem system, String code) {

        private static final Pattern SHAPE = Pattern.compile("[A-Z0-9_-]{1,32}");

        /** @throws IllegalArgumentException if it has not the shape of a code */
        public Role {
            Objects.requireNonNull(system);
            if (!SHAPE.matcher(code).matches()) {
                throw new IllegalArgumentException("not a code of JDV_J65");
            }
        }

        /** Column of the matrix; only of roles, not of specialties. */
        public ActorCode actor() {
            return system.actor(code);
        }
    }

    /**
     * The software that made the assertion.
     *
     * @param name {@code LPS_Nom}
     * @param version {@code LPS_Version}
     * @param homologation {@code LPS_ID_HOMOLOGATION_DMP}, a secret of the product (R86)
     */
    public record Software(String name, Optional<String> version, String homologation) {

        /** The number is a secret: not shown. */
        @Override
        public String toString() {
            return "Software[" + name + "]";
        }
    }
}
