package fr.carnet.validation;

import fr.carnet.validation.Entries.Entry;
import fr.carnet.validation.Submission.Supersession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * PATCH entries (IHE.MHD.Patch.Parameters): one operation that replaces {@code DocumentReference.status} by {@code
 * superseded}, on a document that another entry replaces.
 */
final class Supersessions {

    private static final String RULE = "IHE.MHD.Patch.Parameters";
    private static final String PREFIX = "DocumentReference/";

    private final Findings findings;

    Supersessions(Findings findings) {
        this.findings = findings;
    }

    List<Supersession> check(Entries entries) {
        List<Reference> replaced = entries.documents().stream()
                .map(Entry::resource)
                .flatMap(Supersessions::replaced)
                .toList();
        boolean byIdentifier = replaced.stream().anyMatch(r -> !r.hasReference());
        Set<String> urls = new HashSet<>();
        List<Supersession> supersessions = new ArrayList<>();
        for (Entry<Parameters> patch : entries.patches()) {
            operation(patch);
            boolean matches =
                    byIdentifier || replaced.stream().anyMatch(r -> patch.url().equals(r.getReference()));
            if (!matches) {
                findings.error(patch.path(), "constr-cdr-rempl", "patch-without-replaces");
            }
            if (!urls.add(patch.url())) {
                findings.error(patch.path(), RULE, "patch-repeated");
            }
            if (patch.url().startsWith(PREFIX)) {
                supersessions.add(new Supersession(patch.index(), patch.url().substring(PREFIX.length())));
            }
        }
        return supersessions;
    }

    private static java.util.stream.Stream<Reference> replaced(DocumentReference document) {
        return document.getRelatesTo().stream()
                .filter(r -> r.getCode() == DocumentRelationshipType.REPLACES)
                .map(r -> r.getTarget());
    }

    private void operation(Entry<Parameters> patch) {
        List<ParametersParameterComponent> parameters = patch.resource().getParameter();
        boolean supersedes = parameters.size() == 1
                && "operation".equals(parameters.get(0).getName())
                && parameters.get(0).getPart().size() == 3
                && part(parameters.get(0), "type").filter("replace"::equals).isPresent()
                && part(parameters.get(0), "path")
                        .filter("DocumentReference.status"::equals)
                        .isPresent()
                && part(parameters.get(0), "value").filter("superseded"::equals).isPresent();
        if (!supersedes) {
            findings.error(patch.path() + ".parameter", RULE, "patch-operation");
        }
    }

    private static Optional<String> part(ParametersParameterComponent operation, String name) {
        return operation.getPart().stream()
                .filter(p ->
                        name.equals(p.getName()) && p.hasValue() && p.getValue().isPrimitive())
                .map(p -> p.getValue().primitiveValue())
                .findFirst();
    }
}
