package fr.carnet.fulltext.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Takes the elements of FHIR resources as they come: titles, names of codes, texts. Resources that say who somebody is are left
 * out, and so are the names in references, which are those of people.
 */
final class FhirElements {

    private static final Set<String> WHO =
            Set.of("Patient", "Practitioner", "PractitionerRole", "RelatedPerson", "Person", "Organization");
    private static final Set<String> READ = Set.of("resourceType", "title", "display", "text", "code", "system");
    private static final Set<String> RESOURCES = Set.of("resource", "contained");
    private static final Set<String> NAMES = Set.of("name", "address");

    private final Gathered out;
    private final Deque<Element> open = new ArrayDeque<>();

    FhirElements(Gathered out) {
        this.out = out;
    }

    /** True for the only values that are looked at. */
    static boolean isRead(String name) {
        return READ.contains(name);
    }

    /** An element that has elements begins. */
    void begin(String name) {
        open.push(new Element(name, out.mark()));
    }

    /** A value of the element that is open. */
    void value(String name, String value) {
        Element element = open.peek();
        if (element == null) {
            return;
        }
        switch (name) {
            case "resourceType" -> element.type = value;
            case "title" -> out.label(value);
            case "display" -> element.display = value;
            case "text" -> text(element, value);
            default -> element.coded = true;
        }
    }

    /** The element that is open ends. */
    void end() {
        Element element = open.pop();
        if (element.coded && element.display != null) {
            out.label(element.display);
        }
        if (WHO.contains(element.type)) {
            out.backTo(element.before);
        }
    }

    /** The reading ends before they do: what is, or may yet turn out to be, of somebody is left out. */
    void interrupt() {
        for (Element element : open) {
            boolean unknown = element.type.isEmpty() && RESOURCES.contains(element.name);
            if (unknown || WHO.contains(element.type)) {
                out.backTo(element.before);
            }
        }
    }

    private void text(Element element, String value) {
        if (element.name.equals("note")) {
            out.body().endLine();
            out.body().lined(value);
            out.body().endLine();
            out.requireRoom();
        } else if (!NAMES.contains(element.name)) {
            out.label(value);
        }
    }

    /** An element of which not all is known yet: in JSON, the type may come last. */
    private static final class Element {

        private final String name;
        private final Gathered.Mark before;
        private String type = "";
        private String display;
        private boolean coded;

        Element(String name, Gathered.Mark before) {
            this.name = name;
            this.before = before;
        }
    }
}
