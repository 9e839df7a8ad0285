package fr.carnet.policy;

import static java.util.stream.Collectors.toMap;

import fr.carnet.policy.HabilitationMatrix.Cell;
import fr.carnet.shared.ActorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole matrix in French, one block per actor and one line per cell: a cell that changes is one line that changes. */
final class HabilitationPage {

    private final HabilitationMatrix matrix;
    private final ActorLabels actors = ActorLabels.load();
    private final Map<String, String> rows;

    HabilitationPage(HabilitationTables tables) {
        matrix = tables.matrix();
        rows = tables.grid()
                .lines()
                .filter(line -> !line.startsWith("# "))
                .skip(1)
                .map(line -> line.split("\t", -1))
                .collect(toMap(row -> row[0], row -> row[1]));
    }

    List<String> lines() {
        List<String> page = new ArrayList<>(List.of(
                "# La matrice d’habilitation",
                "",
                "Page produite à partir de `src/main/resources/habilitation/`. Une ligne qui change ici est un droit qui"
                        + " change : elle se fait lire par un juriste.",
                "",
                "Version " + matrix.version() + ". " + matrix.source() + ".",
                "",
                matrix.rows().size() + " lignes (types de document, puis classes pour les types inconnus), "
                        + matrix.actors().size()
                        + " acteurs. Un type absent du tableau d’un acteur ne lui donne aucun droit."
                        + " **Confirmé** : une source dit si l’acteur lit ce type ; tout le reste est reconstitué,"
                        + " l’alimentation toujours."));
        matrix.actors().forEach(actor -> page.addAll(block(actor)));
        return page;
    }

    private List<String> block(ActorCode actor) {
        String service =
                HabilitationMatrix.isFunction(actor) ? " (colonne d’une fonction, hors service par défaut)" : "";
        List<String> block = new ArrayList<>(
                List.of("", "## " + actors.of(actor).orElseThrow() + " — `" + actor.code() + "`" + service, ""));
        List<String> granted = matrix.rows().stream()
                .filter(row -> matrix.cell(actor, row) != Cell.NONE || matrix.isConfirmed(actor, row))
                .map(row -> line(actor, row))
                .toList();
        if (granted.isEmpty()) {
            block.add("Aucun droit.");
        } else {
            block.add("| Acteur | Type | | Droit | |");
            block.add("|---|---|---|---|---|");
            block.addAll(granted);
        }
        return block;
    }

    private String line(ActorCode actor, String row) {
        String grade = matrix.isConfirmed(actor, row) ? "confirmé" : "";
        return "| " + actor.code() + " | " + row + " | " + rows.get(row) + " | " + right(matrix.cell(actor, row))
                + " | " + grade + " |";
    }

    private static String right(Cell cell) {
        return switch (cell) {
            case NONE -> "aucun";
            case R -> "lit";
            case W -> "alimente";
            case RW -> "lit et alimente";
        };
    }
}
