package fr.carnet.caller;

import static java.util.stream.Collectors.toUnmodifiableMap;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Ins;
import fr.carnet.shared.StructureId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a session as the {@code extensions} claim of an access token (IUA and {@code carnet}): what {@link CallerTokens}
 * reads is what was written.
 */
public final class CallerClaims {

    private CallerClaims() {}

    /**
     * The {@code extensions} claim.
     *
     * @param session who calls, in which circumstances; a mode that is absent cannot be written
     * @throws IllegalArgumentException if the session states no mode
     */
    public static Map<String, Object> of(CallerSession session) {
        return Map.of(
                "ihe_iua", iua(session.caller(), session.context()),
                "carnet", carnet(session.caller(), session.context()));
    }

    private static Map<String, Object> iua(Caller caller, AccessContext context) {
        Map<String, Optional<?>> claims = new LinkedHashMap<>();
        claims.put("subject_name", Optional.of(caller.name()));
        claims.put("subject_organization", caller.structureName());
        claims.put("subject_organization_id", caller.structure().map(id -> StructureId.SYSTEM + "|" + id.value()));
        claims.put("subject_role", Optional.of(roles(caller)).filter(roles -> !roles.isEmpty()));
        claims.put("purpose_of_use", Optional.of(List.of(coding(CallerTokens.PURPOSE_SYSTEM, mode(context)))));
        claims.put("person_id", context.patient().map(Ins::cx));
        return present(claims);
    }

    private static Map<String, Object> carnet(Caller caller, AccessContext context) {
        Map<String, Optional<?>> claims = new LinkedHashMap<>();
        claims.put("kind", Optional.of(caller.kind().name().toLowerCase(Locale.ROOT)));
        claims.put("sector", caller.sector());
        claims.put("function", caller.function());
        claims.put("regulation", Optional.of(caller.regulator()));
        claims.put("auth_mode", Optional.of(caller.authentication().name()));
        claims.put("software", Optional.of(caller.software()));
        claims.put("reason", context.emergency().reason());
        claims.put("unable_to_consent", Optional.of(context.emergency().unableToConsent()));
        claims.put("immediate_risk", Optional.of(context.emergency().immediateRisk()));
        claims.put("secret", Optional.of(context.secretConnection()));
        return present(claims);
    }

    private static Map<String, Object> present(Map<String, Optional<?>> claims) {
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue().isPresent())
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey, claim -> claim.getValue().orElseThrow()));
    }

    private static String mode(AccessContext context) {
        return context.mode()
                .orElseThrow(() -> new IllegalArgumentException("a token states a mode"))
                .code();
    }

    /** The holder's column of the matrix is no code of any system: his kind says it. */
    private static List<Map<String, String>> roles(Caller caller) {
        List<Map<String, String>> codings = new ArrayList<>();
        caller.role().filter(role -> caller.kind() != CallerKind.HOLDER).ifPresent(role -> {
            RoleSystem system = RoleSystem.ofActor(role.code());
            codings.add(coding(system.url(), system.codeOf(role)));
            caller.specialty()
                    .ifPresent(specialty -> codings.add(coding(secondOf(role).url(), specialty)));
        });
        return codings;
    }

    /** R81: a pharmacist's second value is the section of his register. */
    private static RoleSystem secondOf(ActorCode role) {
        return role.code().equals("21") ? RoleSystem.G05 : RoleSystem.R38;
    }

    private static Map<String, String> coding(String system, String code) {
        return Map.of("system", system, "code", code);
    }
}
