package fr.carnet.sandbox.psc;

import fr.carnet.caller.RoleSystem;
import fr.carnet.sandbox.Actor;
import fr.carnet.sandbox.Cast;
import fr.carnet.sandbox.CastStructure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The userinfo of a professional of the cast, with the spellings of Pro Santé Connect. */
final class CastUserinfo {

    private static final String PHARMACIST = "21";

    private final Cast cast;

    CastUserinfo(Cast cast) {
        this.cast = cast;
    }

    /** Claims of {@code userinfo}; {@code sub} is Pro Santé Connect's own name for him. */
    Map<String, Object> of(Actor actor) {
        List<CastStructure> structures = cast.structuresOf(actor);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", sub(actor));
        claims.put("SubjectNameID", idNat(actor));
        claims.put("preferred_username", idNat(actor));
        claims.put("given_name", actor.given().orElse(""));
        claims.put("family_name", actor.family().orElse(""));
        claims.put("SubjectRole", List.of(codeIn(RoleSystem.G15, actor) + "^1.2.250.1.213.1.1.5.5"));
        claims.put("Secteur_Activite", actor.sector().orElse("") + "^1.2.250.1.71.4.2.4");
        structures.stream().findFirst().ifPresent(structure -> {
            claims.put("SubjectOrganization", structure.name());
            claims.put("SubjectOrganizationID", structure.structure().value());
        });
        claims.put("Acces_Regulation_Medicale", actor.regulator() ? "VRAI" : "FAUX");
        claims.put("authMode", "CARD");
        claims.put("SubjectRefPro", Map.of("exercices", List.of(exercise(actor, structures))));
        return claims;
    }

    /** {@code sub}: a name of his own there. */
    static String sub(Actor actor) {
        return "f:bac-a-sable:" + idNat(actor);
    }

    private static String idNat(Actor actor) {
        return actor.idNatPs().orElseThrow();
    }

    private Map<String, Object> exercise(Actor actor, List<CastStructure> structures) {
        boolean student = !codeIn(RoleSystem.G16, actor).isEmpty();
        boolean pharmacist = actor.profession().filter(PHARMACIST::equals).isPresent();
        return Map.of(
                "codeProfession",
                codeIn(RoleSystem.G15, actor) + codeIn(RoleSystem.G16, actor),
                "codeCategorieProfessionnelle",
                student ? "E" : "C",
                "codeSavoirFaire",
                pharmacist ? "" : actor.specialty().orElse(""),
                "prenomDexercice",
                actor.given().orElse(""),
                "nomDexercice",
                actor.family().orElse(""),
                "activities",
                structures.stream()
                        .map(structure -> activity(actor, structure, pharmacist))
                        .toList());
    }

    private Map<String, Object> activity(Actor actor, CastStructure structure, boolean pharmacist) {
        return Map.of(
                "codeSecteurDactivite",
                cast.sectorOf(actor, structure).orElse(""),
                "codeSectionPharmacien",
                pharmacist ? actor.specialty().orElse("") : "",
                "codeRole",
                codeIn(RoleSystem.R85, actor),
                "codeGenreActivite",
                codeIn(RoleSystem.R22, actor),
                "ancienIdentifiantDeLaStructure",
                structure.structure().value(),
                "raisonSocialeSite",
                structure.name());
    }

    /** His code in that system; empty when it is of another. */
    private static String codeIn(RoleSystem system, Actor actor) {
        return actor.profession()
                .filter(profession -> RoleSystem.ofActor(profession) == system)
                .map(profession -> profession.substring(system.prefix().length()))
                .orElse("");
    }
}
