package fr.carnet.token.psc;

import fr.carnet.caller.RoleSystem;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The userinfo of Pro Santé Connect, with the spellings of its documentation (R85).
 *
 * @param professional {@code SubjectNameID}
 * @param situations each activity of each exercise; the default one of {@code SubjectRole} and {@code SubjectOrganization}
 *     is one of them, and no more than they
 * @param regulator {@code Acces_Regulation_Medicale} (R54)
 */
record PscUser(IdNatPs professional, List<PscSituation> situations, boolean regulator) {

    private static final String STUDENT = "E";
    private static final String PHARMACIST = "21";

    /** @throws TokenRefusal {@link TokenError#STATEMENT_MISSING} naming the claim that is absent or misshapen */
    static PscUser of(Map<String, Object> userinfo) {
        Map<?, ?> reference = object(userinfo, "SubjectRefPro");
        List<PscSituation> situations =
                list(reference, "exercices").flatMap(PscUser::situations).toList();
        return new PscUser(
                shaped("SubjectNameID", userinfo, IdNatPs::new)
                        .orElseThrow(() -> new TokenRefusal(TokenError.STATEMENT_MISSING, "SubjectNameID")),
                situations,
                text(userinfo, "Acces_Regulation_Medicale")
                        .filter("VRAI"::equals)
                        .isPresent());
    }

    private static Stream<PscSituation> situations(Map<?, ?> exercise) {
        String name = Stream.of(text(exercise, "prenomDexercice"), text(exercise, "nomDexercice"))
                .flatMap(Optional::stream)
                .reduce((given, family) -> given + " " + family)
                .orElseThrow(() -> new TokenRefusal(TokenError.STATEMENT_MISSING, "nomDexercice"));
        return list(exercise, "activities").map(activity -> situation(name, exercise, activity));
    }

    private static PscSituation situation(String name, Map<?, ?> exercise, Map<?, ?> activity) {
        ActorCode profession = profession(exercise, activity);
        return new PscSituation(
                name,
                profession,
                profession.code().equals(PHARMACIST)
                        ? text(activity, "codeSectionPharmacien")
                        : text(exercise, "codeSavoirFaire"),
                text(activity, "codeSecteurDactivite"),
                shaped("ancienIdentifiantDeLaStructure", activity, StructureId::new),
                text(activity, "raisonSocialeSite"));
    }

    /** A profession, in training or not; whoever has none acts by his role or the kind of his activity. */
    private static ActorCode profession(Map<?, ?> exercise, Map<?, ?> activity) {
        boolean student = text(exercise, "codeCategorieProfessionnelle")
                .filter(STUDENT::equals)
                .isPresent();
        RoleSystem ofProfession = student ? RoleSystem.G16 : RoleSystem.G15;
        return shaped("codeProfession", exercise, ofProfession::actor)
                .or(() -> shaped("codeRole", activity, RoleSystem.R85::actor))
                .or(() -> shaped("codeGenreActivite", activity, RoleSystem.R22::actor))
                .orElseThrow(() -> new TokenRefusal(TokenError.STATEMENT_MISSING, "codeProfession"));
    }

    private static <T> Optional<T> shaped(String name, Map<?, ?> from, Function<String, T> shape) {
        try {
            return text(from, name).map(shape);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal(TokenError.STATEMENT_MISSING, name);
        }
    }

    private static Optional<String> text(Map<?, ?> from, String name) {
        return Optional.ofNullable(from.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank());
    }

    private static Map<?, ?> object(Map<?, ?> from, String name) {
        if (from.get(name) instanceof Map<?, ?> object) {
            return object;
        }
        throw new TokenRefusal(TokenError.STATEMENT_MISSING, name);
    }

    private static Stream<Map<?, ?>> list(Map<?, ?> from, String name) {
        if (from.get(name) instanceof List<?> items) {
            return items.stream().map(item -> {
                if (item instanceof Map<?, ?> object) {
                    return object;
                }
                throw new TokenRefusal(TokenError.STATEMENT_MISSING, name);
            });
        }
        throw new TokenRefusal(TokenError.STATEMENT_MISSING, name);
    }
}
