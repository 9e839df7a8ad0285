package fr.carnet.validation;

import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Resources contained in another, found by {@code #id}. */
final class Contained {

    private Contained() {}

    /** The contained resource that a reference names. */
    static Optional<Resource> find(DomainResource owner, Reference reference) {
        if (!reference.hasReference() || !reference.getReference().startsWith("#")) {
            return Optional.empty();
        }
        String id = reference.getReference().substring(1);
        return owner.getContained().stream().filter(r -> bareId(r).equals(id)).findFirst();
    }

    /** The reference must name a contained resource of one of these types. */
    static void check(DomainResource owner, Reference reference, String element, Set<String> types, Scope scope) {
        Optional<Resource> found = find(owner, reference);
        if (found.isEmpty()) {
            scope.findings().error(scope.at(element), scope.rule(), "not-contained", element);
        } else if (!types.contains(found.get().fhirType())) {
            scope.findings()
                    .error(
                            scope.at(element),
                            scope.rule(),
                            "reference-type",
                            element,
                            found.get().fhirType(),
                            String.join(", ", types.stream().sorted().toList()));
        }
    }

    /**
     * As above; where the form lets persons be named otherwise, an identifier is enough. A reference to a resource elsewhere
     * is not: there is no directory here in which a reader could follow it.
     */
    static void check(
            DomainResource owner, Reference reference, String element, Set<String> types, Form form, Scope scope) {
        boolean named = !reference.hasReference()
                && reference.getIdentifier().hasSystem()
                && reference.getIdentifier().hasValue();
        if (form.containsPersons()) {
            check(owner, reference, element, types, scope);
        } else if (!named && find(owner, reference).isEmpty()) {
            scope.findings().error(scope.at(element), scope.rule(), "not-contained-nor-identified", element);
        } else if (!named) {
            check(owner, reference, element, types, scope);
        }
    }

    private static String bareId(Resource resource) {
        String id = resource.getIdElement().getIdPart();
        if (id == null) {
            return "";
        }
        return id.startsWith("#") ? id.substring(1) : id;
    }
}
