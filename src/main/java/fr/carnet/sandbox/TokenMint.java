package fr.carnet.sandbox;

import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.caller.RoleSystem;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.StructureId;
import fr.carnet.token.SigningKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

/** Makes the token that is asked, also a nonsensical one. */
final class TokenMint {

    static final String CLIENT = "sandbox";

    private final Cast cast;
    private final JwtEncoder encoder;
    private final SigningKeys keys;
    private final DoorSettings settings;
    private final Clock clock;

    TokenMint(Cast cast, JwtEncoder encoder, SigningKeys keys, DoorSettings settings, Clock clock) {
        this.cast = cast;
        this.encoder = encoder;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    Jwt mint(Actor actor, TokenRequest request) {
        Instant now = clock.instant();
        Instant expiry = now.plus(request.lifetime());
        // an encoder of sound mind refuses exp <= iat: a token that is born expired was issued earlier
        Instant issued = expiry.isAfter(now) ? now : expiry.minus(Duration.ofMinutes(1));
        JwsHeader header = JwsHeader.with(
                        SignatureAlgorithm.from(keys.current().getAlgorithm().getName()))
                .type("at+jwt")
                .build();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(settings.base())
                .audience(List.of(settings.fhirBase()))
                .subject(request.or("subject", subject(actor)).orElse(""))
                .id(UUID.randomUUID().toString())
                .issuedAt(issued)
                .expiresAt(expiry)
                .claim("client_id", CLIENT)
                .claim("scope", request.scope())
                .claim("extensions", Map.of("ihe_iua", iua(actor, request), "carnet", carnet(actor, request)))
                .build();
        return encoder.encode(JwtEncoderParameters.from(header, claims));
    }

    private String subject(Actor actor) {
        return actor.kind() == CallerKind.HOLDER
                ? cast.patient(actor.id()).orElseThrow().ins().value()
                : actor.idNatPs().orElse(actor.id());
    }

    private Map<String, Object> iua(Actor actor, TokenRequest request) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("subject_name", name(actor));
        request.or("structure", actor.structure()).ifPresent(id -> {
            Optional<CastStructure> known = cast.structure(id);
            known.ifPresent(structure -> claims.put("subject_organization", structure.name()));
            String idNat = known.map(s -> s.structure().value()).orElse(id);
            claims.put("subject_organization_id", StructureId.SYSTEM + "|" + idNat);
        });
        claims.put("subject_role", roles(actor));
        request.or("purpose", "normal")
                .ifPresent(code -> claims.put(
                        "purpose_of_use", List.of(Map.of("system", CallerTokens.PURPOSE_SYSTEM, "code", code))));
        request.or("patient", ownPatient(actor)).ifPresent(ins -> claims.put("person_id", personId(ins)));
        return claims;
    }

    private Map<String, Object> carnet(Actor actor, TokenRequest request) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("kind", actor.kind().name().toLowerCase(Locale.ROOT));
        sector(actor, request).ifPresent(sector -> claims.put("sector", sector));
        actor.function().ifPresent(function -> claims.put("function", function));
        claims.put("regulation", actor.regulator());
        request.or("auth_mode", "DIRECTE").ifPresent(mode -> claims.put("auth_mode", mode));
        request.or("software", "Carnet (bac à sable)").ifPresent(software -> claims.put("software", software));
        request.or("reason", "").ifPresent(reason -> claims.put("reason", reason));
        claims.put("unable_to_consent", request.flag("unable_to_consent"));
        claims.put("immediate_risk", request.flag("immediate_risk"));
        claims.put("secret", request.flag("secret"));
        return claims;
    }

    private String name(Actor actor) {
        if (actor.kind() == CallerKind.HOLDER) {
            CastPatient self = cast.patient(actor.id()).orElseThrow();
            return self.firstGiven() + " " + self.birthName();
        }
        return actor.given()
                .flatMap(given -> actor.family().map(family -> given + " " + family))
                .orElse(actor.id());
    }

    private static List<Map<String, String>> roles(Actor actor) {
        List<Map<String, String>> codings = new ArrayList<>();
        actor.profession().ifPresent(profession -> {
            RoleSystem system = RoleSystem.ofActor(profession);
            codings.add(coding(system, profession.substring(system.prefix().length())));
            RoleSystem second = profession.equals("21") ? RoleSystem.G05 : RoleSystem.R38;
            actor.specialty().ifPresent(specialty -> codings.add(coding(second, specialty)));
        });
        return codings;
    }

    private static Map<String, String> coding(RoleSystem system, String code) {
        return Map.of("system", system.url(), "code", code);
    }

    /** One acting situation per token: another structure brings its own sector. */
    private Optional<String> sector(Actor actor, TokenRequest request) {
        return request.fields().containsKey("structure")
                ? cast.structure(request.fields().get("structure"))
                        .flatMap(CastStructure::sector)
                        .or(actor::sector)
                : actor.sector();
    }

    private Optional<String> ownPatient(Actor actor) {
        Optional<String> id = actor.kind() == CallerKind.HOLDER
                ? Optional.of(actor.id())
                : actor.represents().stream().findFirst();
        return id.flatMap(cast::patient).map(patient -> patient.ins().value());
    }

    private String personId(String ins) {
        InsDomain domain =
                cast.patientOfIns(ins).map(patient -> patient.ins().domain()).orElse(InsDomain.TEST);
        return ins + "^^^&" + domain.oid() + "&ISO^NH";
    }
}
