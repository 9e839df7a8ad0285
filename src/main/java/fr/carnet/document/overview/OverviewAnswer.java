package fr.carnet.document.overview;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import fr.carnet.document.RegistryRow;
import fr.carnet.document.overview.Overview.Group;
import fr.carnet.shared.Texts;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes an overview as the JSON of a Parameters resource. */
public final class OverviewAnswer {

    private final StringBuilder out = new StringBuilder(8192);
    private final Texts texts;
    private final Map<String, String> documents;

    private OverviewAnswer(Texts texts, Map<String, String> documents) {
        this.texts = texts;
        this.documents = documents;
    }

    /**
     * Writes it.
     *
     * @param texts in whose language the labels are
     * @param resource a row as it leaves
     */
    public static String of(Overview overview, Texts texts, Function<RegistryRow, String> resource) {
        Map<String, String> documents =
                overview.page().rows().stream().collect(Collectors.toMap(RegistryRow::id, resource));
        return new OverviewAnswer(texts, documents).write(overview);
    }

    private String write(Overview overview) {
        out.append("{\"resourceType\":\"Parameters\",\"parameter\":[");
        total(overview.total());
        overview.groups().stream()
                .filter(group -> !group.rubric().last() || group.total() > 0)
                .forEach(this::group);
        return out.append("]}").toString();
    }

    private void total(int number) {
        out.append("{\"name\":\"total\",\"valueInteger\":").append(number).append('}');
    }

    private void group(Group group) {
        Rubric rubric = group.rubric();
        out.append(",{\"name\":\"")
                .append(group.repeats() ? "emergency" : "rubric")
                .append("\",\"part\":[{\"name\":\"code\",\"valueCoding\":{\"system\":\"")
                .append(rubric.side().system())
                .append("\",\"code\":\"")
                .append(rubric.code())
                .append("\",\"display\":\"");
        JsonStringEncoder.getInstance().quoteAsString(rubric.label(texts), out);
        out.append("\"}},");
        total(group.total());
        for (String id : group.documents()) {
            out.append(",{\"name\":\"document\",\"resource\":")
                    .append(documents.get(id))
                    .append('}');
        }
        out.append("]}");
    }
}
