package fr.carnet.enforcement;

import fr.carnet.document.Registry;
import fr.carnet.document.Tombstones;
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
 * their traces stay (R128); of lots and folders all of whose documents he may know of (R152). Destroyed ones have none
 * left, but their traces stay too (R95).
 */
final class TitlesInView implements DisclosedDocuments {

    private final Registry registry;
    private final Tombstones tombstones;

    TitlesInView(Registry registry, Tombstones tombstones) {
        this.registry = registry;
        this.tombstones = tombstones;
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
        Map<String, List<String>> entries = entries(lists);
        Set<String> wanted = new HashSet<>(ids);
        entries.values().forEach(wanted::addAll);
        Set<String> known = known(wanted, view);
        Map<String, String> stored = registry.titles(ids);
        Map<String, String> titles = new HashMap<>();
        ids.stream()
                .filter(known::contains)
                .forEach(id -> titles.put("DocumentReference/" + id, stored.getOrDefault(id, "")));
        entries.forEach((list, documents) -> {
            if (known.containsAll(documents)) {
                titles.put("List/" + list, "");
            }
        });
        return titles;
    }

    private Map<String, List<String>> entries(Set<String> lists) {
        Map<String, List<String>> entries = new HashMap<>(registry.entries(lists));
        tombstones.of(without(lists, entries.keySet())).forEach((id, left) -> entries.put(id, left.entries()));
        return entries;
    }

    /** Documents that the viewer may know of. */
    private Set<String> known(Set<String> documents, TraceView view) {
        Map<String, DocumentFacts> facts = registry.facts(documents);
        Set<String> known = new HashSet<>();
        facts.forEach((id, document) -> {
            if (mayKnow(document.patient(), document.visibility(), view)) {
                known.add(id);
            }
        });
        tombstones.of(without(documents, facts.keySet())).forEach((id, left) -> {
            if (mayKnow(left.patient(), left.visibility(), view)) {
                known.add(id);
            }
        });
        return known;
    }

    private static Set<String> without(Set<String> all, Set<String> found) {
        return all.stream().filter(id -> !found.contains(id)).collect(Collectors.toSet());
    }

    private static boolean mayKnow(String patient, Set<Visibility> labels, TraceView view) {
        return view.patient().filter(patient::equals).isPresent()
                && !labels.contains(Visibility.INVISIBLE_PATIENT)
                && !(view.viewer().kind() == CallerKind.REPRESENTATIVE
                        && labels.contains(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX));
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
