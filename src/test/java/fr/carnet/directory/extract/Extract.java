package fr.carnet.directory.extract;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Extracts of people who do not exist, in the columns of the public one. */
final class Extract {

    /** All columns, in the order of the public extract, the bar at the end of the line included. */
    static final List<String> COLUMNS = List.of(
            "Type d'identifiant PP",
            "Identifiant PP",
            "Identification nationale PP",
            "Code civilité d'exercice",
            "Libellé civilité d'exercice",
            "Code civilité",
            "Libellé civilité",
            "Nom d'exercice",
            "Prénom d'exercice",
            "Code profession",
            "Libellé profession",
            "Code catégorie professionnelle",
            "Libellé catégorie professionnelle",
            "Code type savoir-faire",
            "Libellé type savoir-faire",
            "Code savoir-faire",
            "Libellé savoir-faire",
            "Code mode exercice",
            "Libellé mode exercice",
            "Numéro SIRET site",
            "Numéro SIREN site",
            "Numéro FINESS site",
            "Numéro FINESS établissement juridique",
            "Identifiant technique de la structure",
            "Raison sociale site",
            "Ancien identifiant de la structure",
            "Autorité d'enregistrement",
            "Code secteur d'activité",
            "Libellé secteur d'activité",
            "Code section tableau pharmaciens",
            "Libellé section tableau pharmaciens",
            "Code rôle",
            "Libellé rôle",
            "Code genre activité",
            "Libellé genre activité",
            "");

    static final String HEADER = String.join("|", COLUMNS);

    private final List<String> lines = new ArrayList<>(List.of(HEADER));

    /** A line with these cells, the others empty. */
    static String line(Map<String, String> cells) {
        return COLUMNS.stream().map(column -> cells.getOrDefault(column, "")).collect(Collectors.joining("|"));
    }

    /** A physician in a practice. */
    static String physician(int number) {
        return line(Map.of(
                "Identification nationale PP", id(number),
                "Nom d'exercice", "NOM" + number,
                "Prénom d'exercice", "PRENOM",
                "Code profession", "10",
                "Code catégorie professionnelle", "C",
                "Code savoir-faire", "SM54",
                "Numéro SIRET site", "99999001300016",
                "Ancien identifiant de la structure", "399999001300016",
                "Code secteur d'activité", "SA07"));
    }

    static String id(int number) {
        return "8" + (99_700_900_000L + number);
    }

    static Extract of(int from, int to) {
        var extract = new Extract();
        for (int number = from; number < to; number++) {
            extract.with(physician(number));
        }
        return extract;
    }

    Extract with(String line) {
        lines.add(line);
        return this;
    }

    BufferedReader reader() {
        return new BufferedReader(new StringReader(String.join("\n", lines)));
    }
}
