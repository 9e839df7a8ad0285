package fr.carnet.caller;

import fr.carnet.caller.Claims.Coding;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.StructureId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Reads who calls, and in which circumstances, from the claims of a verified token (IUA and {@code extensions.carnet}).
 *
 * <p>Professionals and systems must state what R80 and R81 ask for; what is absent or contradicts itself is refused
 * with 422. A purpose that is no code of TRE_R248 leaves the mode empty: the policy refuses it (R50).
 */
public final class CallerTokens {

    /** System of {@code purpose_of_use}, "mode acces VIHF" (R50). */
    public static final String PURPOSE_SYSTEM = "urn:oid:1.2.250.1.213.1.1.4.248";

    private static final Set<CallerKind> ACTING = EnumSet.of(CallerKind.PROFESSIONAL, CallerKind.SYSTEM);
    private static final Set<CallerKind> PERSONS =
            EnumSet.of(CallerKind.PROFESSIONAL, CallerKind.HOLDER, CallerKind.REPRESENTATIVE);

    private static final String STRUCTURE_PREFIX = StructureId.SYSTEM + "|";

    /**
     * Session of a token.
     *
     * @throws DoorRefusal {@link DoorError#ASSERTION_MALFORMED}, naming the claim
     */
    public CallerSession session(Jwt token) {
        Claims root = new Claims("", token.getClaims());
        Claims iua = root.object("extensions").object("ihe_iua");
        Claims carnet = root.object("extensions").object("carnet");
        CallerKind kind = constant(
                        CallerKind.class, carnet, "kind", k -> k.name().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> carnet.malformed("kind"));
        Optional<Ins> patient = patient(iua);
        Optional<AccessMode> mode = mode(kind, iua);
        if (patient.isEmpty() && mode.filter(AccessMode::isEmergency).isPresent()) {
            throw iua.malformed("person_id"); // R58: an emergency is somebody's
        }
        return new CallerSession(
                caller(token, kind, iua, carnet, patient),
                new AccessContext(patient, mode, emergency(carnet), carnet.flag("secret")), // R141
                root.text("scope").map(Scope::granted).orElse(Set.of()));
    }

    private static Caller caller(Jwt token, CallerKind kind, Claims iua, Claims carnet, Optional<Ins> patient) {
        Optional<String> specialty = specialty(iua);
        String client = token.getClaimAsString("client_id");
        return new Caller(
                kind,
                subject(token, kind, patient),
                name(kind, iua).orElse(client),
                role(kind, iua, specialty),
                specialty,
                carnet.text("function"),
                sector(kind, carnet),
                structure(kind, iua),
                iua.text("subject_organization"),
                carnet.flag("regulation"),
                authentication(kind, carnet),
                software(kind, carnet).orElse(client),
                new Caller.TokenRef(token.getClaimAsString("iss"), client, token.getId()));
    }

    private static String subject(Jwt token, CallerKind kind, Optional<Ins> patient) {
        String subject = token.getSubject();
        boolean coherent =
                switch (kind) {
                    case PROFESSIONAL -> isIdNatPs(subject);
                    case HOLDER ->
                        patient.filter(p -> p.value().equals(subject)).isPresent();
                    case REPRESENTATIVE, SYSTEM, OPERATOR, AUDITOR -> !subject.isBlank();
                };
        if (!coherent) {
            throw new DoorRefusal(DoorError.ASSERTION_MALFORMED, "sub");
        }
        return subject;
    }

    private static boolean isIdNatPs(String subject) {
        try {
            return new IdNatPs(subject).value().equals(subject);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** R70: a natural person is named. */
    private static Optional<String> name(CallerKind kind, Claims iua) {
        return PERSONS.contains(kind) ? Optional.of(iua.requiredText("subject_name")) : iua.text("subject_name");
    }

    /** One acting situation per token: two roles do not add up (R34). */
    private static Optional<ActorCode> role(CallerKind kind, Claims iua, Optional<String> specialty) {
        if (kind == CallerKind.HOLDER) {
            return Optional.of(ActorCode.HOLDER);
        }
        if (!ACTING.contains(kind)) {
            return Optional.empty();
        }
        List<Coding> roles = of(iua, RoleSystem::isRole).toList();
        if (roles.size() != 1) {
            throw iua.malformed("subject_role");
        }
        ActorCode role = actor(iua, roles.get(0));
        if (needsSpecialty(role) && specialty.isEmpty()) {
            throw iua.malformed("subject_role");
        }
        return Optional.of(role);
    }

    private static ActorCode actor(Claims iua, Coding role) {
        try {
            return RoleSystem.of(role.system()).orElseThrow().actor(role.code());
        } catch (IllegalArgumentException e) {
            throw iua.malformed("subject_role");
        }
    }

    /** R81: physicians state their savoir-faire, pharmacists their section. */
    private static boolean needsSpecialty(ActorCode role) {
        return role.code().equals("10") || role.code().equals("21");
    }

    private static Optional<String> specialty(Claims iua) {
        return of(iua, system -> !system.isRole()).map(Coding::code).findFirst();
    }

    private static Stream<Coding> of(Claims iua, Predicate<RoleSystem> wanted) {
        return iua.codings("subject_role").stream()
                .filter(c -> RoleSystem.of(c.system()).filter(wanted).isPresent());
    }

    private static Optional<String> sector(CallerKind kind, Claims carnet) {
        return kind == CallerKind.PROFESSIONAL ? Optional.of(carnet.requiredText("sector")) : carnet.text("sector");
    }

    private static Optional<String> software(CallerKind kind, Claims carnet) {
        return ACTING.contains(kind) ? Optional.of(carnet.requiredText("software")) : carnet.text("software");
    }

    private static AuthenticationMode authentication(CallerKind kind, Claims carnet) {
        Optional<AuthenticationMode> mode = constant(AuthenticationMode.class, carnet, "auth_mode", Enum::name);
        if (mode.isEmpty() && ACTING.contains(kind)) {
            throw carnet.malformed("auth_mode");
        }
        return mode.orElse(AuthenticationMode.DIRECTE);
    }

    private static Optional<StructureId> structure(CallerKind kind, Claims iua) {
        Optional<String> stated = iua.text("subject_organization_id");
        if (stated.isEmpty() && ACTING.contains(kind)) {
            throw iua.malformed("subject_organization_id");
        }
        return stated.map(id -> structure(iua, id));
    }

    private static StructureId structure(Claims iua, String id) {
        try {
            if (id.startsWith(STRUCTURE_PREFIX)) {
                return new StructureId(id.substring(STRUCTURE_PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            throw iua.malformed("subject_organization_id");
        }
        throw iua.malformed("subject_organization_id");
    }

    private static Optional<Ins> patient(Claims iua) {
        return iua.text("person_id").map(id -> {
            try {
                return Ins.ofCx(id);
            } catch (Ins.InvalidIns e) {
                throw iua.malformed("person_id");
            }
        });
    }

    /** Stated by the token of every request (R58), by professionals always (R80); the others come in the normal mode otherwise. */
    private static Optional<AccessMode> mode(CallerKind kind, Claims iua) {
        List<Coding> purposes = iua.codings("purpose_of_use");
        if (purposes.size() > 1 || (purposes.isEmpty() && kind == CallerKind.PROFESSIONAL)) {
            throw iua.malformed("purpose_of_use");
        }
        if (purposes.isEmpty()) {
            return Optional.of(AccessMode.NORMAL);
        }
        return Optional.of(purposes.get(0))
                .filter(p -> PURPOSE_SYSTEM.equals(p.system()))
                .flatMap(p -> AccessMode.of(p.code()));
    }

    private static EmergencyStatement emergency(Claims carnet) {
        return new EmergencyStatement(
                carnet.text("reason"), carnet.flag("unable_to_consent"), carnet.flag("immediate_risk"));
    }

    private static <E extends Enum<E>> Optional<E> constant(
            Class<E> type, Claims claims, String name, Function<E, String> code) {
        return claims.text(name).map(text -> Stream.of(type.getEnumConstants())
                .filter(e -> code.apply(e).equals(text))
                .findFirst()
                .orElseThrow(() -> claims.malformed(name)));
    }
}
