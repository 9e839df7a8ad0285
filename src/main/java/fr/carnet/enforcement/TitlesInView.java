package fr.carnet.enforcement;

import fr.carnet.document.Registry;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Visibility;
import fr.carnet.trace.DisclosedDocuments;
import fr.carnet.trace.TraceView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Titles for a trace: of documents whose labels let the viewer know of them (R94, R111, R117), deleted ones included, for
 * their traces stay (R128); of lots and folders all of whose documents he may know of (R152).
 */
final class TitlesInView implements DisclosedDocuments {

    private final Registry registry;

    TitlesInView(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Map<String, String> titlesVisibleTo(TraceView view, Set<String> references) {
        Set<String> ids = references.stream()
                .filter(r -> r.startsWith("DocumentReference/"))
                .map(TitlesInView::id)
                .collect(Collectors.toSet());
        Set<String> lists = references.stream()
                .filter(r -> r.startsWith("List/"))
                .map(TitlesInView::id)
                .collect(Collectors.toSet());
        Map<String, List<String>> entries = registry.entries(lists);
        Set<String> wanted = new HashSet<>(ids);
        entries.values().forEach(wanted::addAll);
        Map<String, DocumentFacts> facts = registry.facts(wanted);
        Map<String, String> titles = new HashMap<>();
        registry.titles(ids).forEach((id, title) -> {
            if (mayKnow(facts.get(id), view)) {
                titles.put("DocumentReference/" + id, title);
            }
        });
        entries.forEach((list, documents) -> {
            if (documents.stream().allMatch(d -> mayKnow(facts.get(d), view))) {
                titles.put("List/" + list, "");
            }
        });
        return titles;
    }

    private static boolean mayKnow(DocumentFacts facts, TraceView view) {
        return facts != null
                && facts.patient().equals(view.patient())
                && !facts.is(Visibility.INVISIBLE_PATIENT)
                && !(view.viewer().kind() == CallerKind.REPRESENTATIVE
                        && facts.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX));
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
