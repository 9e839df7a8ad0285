package fr.carnet.directory.extract;

import fr.carnet.directory.Situation;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lines of the public extract « PS_LibreAcces_Personne_activite » of the Annuaire Santé: one per person, exercise,
 * savoir-faire and activity.
 */
final class ExtractLines {

    private static final String PROFESSIONAL = "Identification nationale PP";
    private static final String FAMILY = "Nom d'exercice";
    private static final String GIVEN = "Prénom d'exercice";
    private static final String PROFESSION = "Code profession";
    private static final String CATEGORY = "Code catégorie professionnelle";
    private static final String SPECIALTY = "Code savoir-faire";
    private static final String SECTION = "Code section tableau pharmaciens";
    private static final String SECTOR = "Code secteur d'activité";
    private static final String SIRET = "Numéro SIRET site";
    private static final String SIREN = "Numéro SIREN site";
    private static final String FINESS = "Numéro FINESS site";
    private static final String LEGAL_FINESS = "Numéro FINESS établissement juridique";
    private static final String STRUCTURE = "Ancien identifiant de la structure";
    /** Not in older extracts. */
    private static final String ROLE = "Code rôle";
    /** Not in older extracts. */
    private static final String KIND = "Code genre activité";

    private static final List<String> REQUIRED = List.of(
            PROFESSIONAL,
            FAMILY,
            GIVEN,
            PROFESSION,
            CATEGORY,
            SPECIALTY,
            SECTION,
            SECTOR,
            SIRET,
            SIREN,
            FINESS,
            LEGAL_FINESS,
            STRUCTURE);

    /** Codes of these tables stand in the column of professions without their table; no code is in two of them. */
    private static final Set<String> SOCIAL =
            Set.of("41", "42", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53");

    private static final Set<String> TITLES = Set.of("71", "72", "73", "93", "97");
    private static final String IN_TRAINING = "E";

    private final Columns columns;

    /** @throws LoadRefused if the first line is not that of the extract */
    ExtractLines(String header) {
        columns = new Columns(header, REQUIRED);
    }

    /** What a line says; empty if it cannot be used. */
    Optional<ListedSituation> read(String line) {
        return columns.row(line).flatMap(ExtractLines::read);
    }

    private static Optional<ListedSituation> read(Columns.Row row) {
        try {
            Optional<ActorCode> profession = profession(row);
            Optional<IdNatPs> professional = row.cell(PROFESSIONAL).map(IdNatPs::new);
            if (profession.isEmpty()
                    || professional.isEmpty()
                    || row.cell(FAMILY).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ListedSituation(
                    professional.get(),
                    row.cell(FAMILY).get(),
                    row.cell(GIVEN).orElse(""),
                    new Situation(
                            profession.get(),
                            row.cell(SPECIALTY).or(() -> row.cell(SECTION)),
                            row.cell(SECTOR),
                            structures(row),
                            Optional.empty(),
                            Optional.empty())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A profession where there is one, else the role in care (TRE_R85), else the kind of activity (R35). */
    private static Optional<ActorCode> profession(Columns.Row row) {
        return row.cell(PROFESSION)
                .map(code -> tableOf(code, row.cell(CATEGORY)) + code)
                .or(() -> row.cell(ROLE).filter(role -> role.matches("\\d{3}")).map("R85:"::concat))
                .or(() -> row.cell(KIND).map("R22:"::concat))
                .map(ActorCode::new);
    }

    private static String tableOf(String code, Optional<String> category) {
        if (SOCIAL.contains(code)) {
            return "R94:";
        }
        if (TITLES.contains(code)) {
            return "R95:";
        }
        return category.filter(IN_TRAINING::equals).isPresent() ? "G16:" : "";
    }

    private static Set<StructureId> structures(Columns.Row row) {
        Set<StructureId> structures = new LinkedHashSet<>();
        row.cell(STRUCTURE).ifPresent(id -> add(id, structures));
        row.cell(FINESS).ifPresent(id -> add("1" + id, structures));
        row.cell(LEGAL_FINESS).ifPresent(id -> add("1" + id, structures));
        row.cell(SIREN).ifPresent(id -> add("2" + id, structures));
        row.cell(SIRET).ifPresent(id -> add("3" + id, structures));
        return structures;
    }

    /** An identifier of another shape identifies nothing that could be stated: the line counts without it. */
    private static void add(String id, Set<StructureId> structures) {
        try {
            structures.add(new StructureId(id));
        } catch (IllegalArgumentException e) {
            // left out
        }
    }

    /**
     * One line: a person in one situation.
     *
     * @param professional his national identifier
     * @param family name of exercise
     * @param given first name of exercise; empty when the extract has none
     * @param situation where and as what he acts
     */
    record ListedSituation(IdNatPs professional, String family, String given, Situation situation) {

        @Override
        public String toString() {
            return "ListedSituation";
        }
    }
}
