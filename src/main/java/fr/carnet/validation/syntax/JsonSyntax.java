package fr.carnet.validation.syntax;

import fr.carnet.validation.syntax.Grammar.AnyResource;
import fr.carnet.validation.syntax.Grammar.Child;
import fr.carnet.validation.syntax.Grammar.Narrative;
import fr.carnet.validation.syntax.Grammar.Primitive;
import fr.carnet.validation.syntax.Grammar.Shape;
import fr.carnet.validation.syntax.Grammar.Structure;
import fr.carnet.validation.syntax.Json.Items;
import fr.carnet.validation.syntax.Json.Member;
import fr.carnet.validation.syntax.Json.Members;
import fr.carnet.validation.syntax.Json.Scalar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds JSON to the grammar (FHIR R4, 2.6.2 JSON Representation of Resources). */
record JsonSyntax(Grammar grammar, Complaints complaints) {

    private static final String RESOURCE_TYPE = "resourceType";
    private static final String ID = "id";
    private static final String EXTENSION = "extension";

    /** A resource; {@code path} is empty for the one that was sent. */
    void resource(Json json, String path) {
        if (!(json instanceof Members members)) {
            complaints.form(path, JsonKind.OBJECT, json.kind());
            return;
        }
        Optional<String> type = members.text(RESOURCE_TYPE);
        Optional<Structure> structure = type.flatMap(grammar::resource);
        if (structure.isEmpty()) {
            complaints.resourceType(path);
            return;
        }
        structure(members, structure.get(), path.isEmpty() ? type.get() : path);
    }

    /** Whatever JSON: only that nothing is said twice. */
    void anything(Json json, String path) {
        if (json instanceof Members members) {
            Set<String> names = new HashSet<>();
            for (Member member : members.list()) {
                if (!names.add(member.name())) {
                    complaints.repeated(path, member.name());
                }
                anything(member.value(), Complaints.within(path, member.name()));
            }
        } else if (json instanceof Items items) {
            for (int i = 0; i < items.list().size(); i++) {
                anything(items.list().get(i), path + "[" + i + "]");
            }
        }
    }

    private void structure(Members members, Structure structure, String path) {
        if (members.list().isEmpty()) {
            complaints.empty(path);
        }
        Set<String> names = new HashSet<>();
        Map<Object, String> given = new HashMap<>();
        for (Member member : members.list()) {
            if (!names.add(member.name())) {
                complaints.repeated(path, member.name());
            } else {
                member(member, members, structure, path, given);
            }
        }
    }

    private void member(Member member, Members among, Structure structure, String path, Map<Object, String> given) {
        String name = member.name();
        if (structure.isResource() && name.equals(RESOURCE_TYPE)) {
            return;
        }
        if (!structure.isResource() && name.equals(ID)) {
            string(member.value(), path + "." + ID);
            return;
        }
        boolean beside = name.startsWith("_");
        String element = beside ? name.substring(1) : name;
        Optional<Child> known = structure
                .child(element)
                .filter(child -> !beside || (child.shape() instanceof Primitive && !isUrl(structure, element)));
        if (known.isEmpty()) {
            complaints.unknown(path, name);
            return;
        }
        Child child = known.get();
        String other = given.putIfAbsent(child.definition(), element);
        if (other != null && !other.equals(element)) {
            complaints.repeated(path, name);
        } else if (beside) {
            beside(member.value(), child, among, element, path + "." + element);
        } else {
            repetitions(member.value(), child, among, path + "." + element);
        }
    }

    private static boolean isUrl(Structure structure, String element) {
        return structure.isExtension() && element.equals("url");
    }

    private void repetitions(Json json, Child child, Members among, String path) {
        if (!child.repeats()) {
            single(json, child.shape(), path);
            return;
        }
        if (!(json instanceof Items items)) {
            complaints.form(path, JsonKind.ARRAY, json.kind());
            return;
        }
        if (items.list().isEmpty()) {
            complaints.empty(path);
        }
        for (int i = 0; i < items.list().size(); i++) {
            Json item = items.list().get(i);
            // a null holds the place of a value of which only an extension is told
            if (!(item.kind() == JsonKind.NULL && child.shape() instanceof Primitive)) {
                single(item, child.shape(), path + "[" + i + "]");
            } else if (!isObjectAt(i, path.substring(path.lastIndexOf('.') + 1), among)) {
                complaints.empty(path + "[" + i + "]");
            }
        }
    }

    private static boolean isObjectAt(int index, String element, Members among) {
        return items("_" + element, among).stream()
                .anyMatch(list -> index < list.size() && list.get(index).kind() == JsonKind.OBJECT);
    }

    private static Optional<List<Json>> items(String name, Members among) {
        return among.list().stream()
                .filter(member -> member.name().equals(name))
                .map(Member::value)
                .filter(Items.class::isInstance)
                .map(value -> ((Items) value).list())
                .findFirst();
    }

    private void single(Json json, Shape shape, String path) {
        if (shape instanceof AnyResource) {
            resource(json, path);
        } else if (shape instanceof Structure structure) {
            if (json instanceof Members members) {
                structure(members, structure, path);
            } else {
                complaints.form(path, JsonKind.OBJECT, json.kind());
            }
        } else if (shape instanceof Primitive primitive) {
            value(json, primitive, path);
        } else if (shape instanceof Narrative) {
            string(json, path);
        }
    }

    private void string(Json json, String path) {
        if (json.kind() != JsonKind.STRING) {
            complaints.form(path, JsonKind.STRING, json.kind());
        } else if (((Scalar) json).text().isBlank()) {
            complaints.empty(path);
        }
    }

    private void value(Json json, Primitive type, String path) {
        JsonKind kind = JsonKind.ofType(type.type());
        if (json.kind() != kind) {
            complaints.form(path, kind, json.kind());
            return;
        }
        String text = ((Scalar) json).text();
        if (text.isBlank()) {
            complaints.empty(path);
        } else if (!type.reads(text)) {
            complaints.value(path, type.type());
        }
    }

    /** What stands beside a value, under its name with an underscore: its id and its extensions. */
    private void beside(Json json, Child child, Members among, String element, String path) {
        if (!child.repeats()) {
            besideOne(json, path);
            return;
        }
        if (!(json instanceof Items items)) {
            complaints.form(path, JsonKind.ARRAY, json.kind());
            return;
        }
        int values = items(element, among).map(List::size).orElse(0);
        for (int i = 0; i < items.list().size(); i++) {
            String at = path + "[" + i + "]";
            if (i >= values) {
                // the parser stops where the values end
                complaints.unknown(path.substring(0, path.lastIndexOf('.')), "_" + element);
            } else if (items.list().get(i).kind() != JsonKind.NULL) {
                besideOne(items.list().get(i), at);
            }
        }
    }

    private void besideOne(Json json, String path) {
        if (!(json instanceof Members members)) {
            complaints.form(path, JsonKind.OBJECT, json.kind());
            return;
        }
        if (members.list().isEmpty()) {
            complaints.empty(path);
        }
        Set<String> names = new HashSet<>();
        for (Member member : members.list()) {
            if (!names.add(member.name())) {
                complaints.repeated(path, member.name());
            } else if (member.name().equals(ID)) {
                string(member.value(), path + "." + ID);
            } else if (member.name().equals(EXTENSION)) {
                repetitions(member.value(), grammar.extension(), members, path + "." + EXTENSION);
            } else {
                complaints.unknown(path, member.name());
            }
        }
    }
}
