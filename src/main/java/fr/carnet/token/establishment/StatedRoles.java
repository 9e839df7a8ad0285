package fr.carnet.token.establishment;

import fr.carnet.caller.RoleSystem;
import fr.carnet.token.establishment.EstablishmentStatements.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one role among the codes of JDV_J65 that an assertion states (R34, R81).
 *
 * <p>The first is the profession. Physicians add their savoir-faire, pharmacists their section; whoever is no member of a
 * profession (TRE_R291) adds the role that he plays, which is then his column.
 *
 * @param role column of the matrix
 * @param specialty savoir-faire or section; empty for other professions
 */
public record StatedRoles(Role role, Optional<Role> specialty) {

    private static final String PHYSICIAN = "10";
    private static final String PHARMACIST = "21";
    private static final Set<RoleSystem> FUNCTIONS = EnumSet.of(RoleSystem.R85, RoleSystem.R22);
    private static final Set<String> OTHER_PROFESSION = Set.of(
            "1.2.250.1.213.1.6.1.140",
            "https://mos.esante.gouv.fr/NOS/TRE_R291-AutreProfession/FHIR/TRE-R291-AutreProfession");
    private static final Map<String, RoleSystem> BY_OID = Map.ofEntries(
            Map.entry("1.2.250.1.71.1.2.7", RoleSystem.G15),
            Map.entry("1.2.250.1.71.1.2.8", RoleSystem.G16),
            Map.entry("1.2.250.1.213.1.6.1.4", RoleSystem.R94),
            Map.entry("1.2.250.1.213.1.6.1.109", RoleSystem.R95),
            Map.entry("1.2.250.1.213.1.6.1.19", RoleSystem.R22),
            Map.entry("1.2.250.1.213.1.6.1.107", RoleSystem.R85),
            Map.entry("1.2.250.1.213.1.1.4.6", RoleSystem.A00),
            Map.entry("1.2.250.1.213.2.28", RoleSystem.R38),
            // TRE_R01, the older table of the same codes, which software of the field names
            Map.entry("1.2.250.1.71.4.2.5", RoleSystem.R38),
            Map.entry("1.2.250.1.71.4.2.6", RoleSystem.G05));

    /**
     * A code and the table that it is said to be of.
     *
     * @param system URL of a JWT, or dotted OID of a VIHF
     * @param code its code there
     */
    public record Code(String system, String code) {}

    /**
     * Reads them in their order.
     *
     * @param field name of the field in the assertion
     * @throws EstablishmentRefusal if there is none, one is of no known table, what must go with it is missing, or two
     *     professions are stated
     */
    public static StatedRoles of(String field, List<Code> codes) {
        if (codes.isEmpty()) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, field);
        }
        List<Role> further =
                codes.stream().skip(1).map(code -> role(field, code)).toList();
        Role role = OTHER_PROFESSION.contains(codes.get(0).system())
                ? first(further, FUNCTIONS).orElseThrow(() -> incomplete(field))
                : role(field, codes.get(0));
        long professions = further.stream()
                .filter(one -> one.system().isRole() && !FUNCTIONS.contains(one.system()))
                .count();
        if (!role.system().isRole() || professions > 0) {
            throw incomplete(field);
        }
        return new StatedRoles(role, specialty(field, role, further));
    }

    private static Optional<Role> specialty(String field, Role role, List<Role> further) {
        if (role.system() != RoleSystem.G15) {
            return Optional.empty();
        }
        return switch (role.code()) {
            case PHYSICIAN -> Optional.of(first(further, Set.of(RoleSystem.R38)).orElseThrow(() -> incomplete(field)));
            case PHARMACIST ->
                Optional.of(first(further, Set.of(RoleSystem.G05)).orElseThrow(() -> incomplete(field)));
            default -> first(further, Set.of(RoleSystem.R38));
        };
    }

    private static Optional<Role> first(List<Role> roles, Set<RoleSystem> systems) {
        return roles.stream().filter(role -> systems.contains(role.system())).findFirst();
    }

    private static Role role(String field, Code code) {
        RoleSystem system = RoleSystem.of(code.system())
                .or(() -> Optional.ofNullable(BY_OID.get(code.system())))
                .orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, field));
        try {
            return new Role(system, code.code());
        } catch (IllegalArgumentException e) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, field);
        }
    }

    private static EstablishmentRefusal incomplete(String field) {
        return new EstablishmentRefusal(EstablishmentError.ROLE_INCOMPLETE, field);
    }
}
