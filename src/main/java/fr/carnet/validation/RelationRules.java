package fr.carnet.validation;

import fr.carnet.validation.Entries.Entry;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceRelatesToComponent;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Reference;

/**
 * Relations between documents: a replacement supersedes, the others are kept with a target that is known. MHD's warnings of
 * content that is not processed are for servers that drop them.
 */
final class RelationRules {

    private static final Pattern LITERAL = Pattern.compile("DocumentReference/[A-Za-z0-9.-]{1,64}");

    private final Findings findings;

    RelationRules(Findings findings) {
        this.findings = findings;
    }

    void check(Entry<DocumentReference> entry, Form form) {
        List<DocumentReferenceRelatesToComponent> relations = entry.resource().getRelatesTo();
        int replacements = 0;
        for (int i = 0; i < relations.size(); i++) {
            String path = entry.path() + ".relatesTo[" + i + "]";
            DocumentRelationshipType code = relations.get(i).getCode();
            if (code == DocumentRelationshipType.REPLACES) {
                replacements++;
                target(relations.get(i).getTarget(), path);
            } else if (code == null) {
                findings.error(path + ".code", "constr-bind-relatesTo", "element-missing", "relatesTo.code");
            } else if (form.isSimplified()) {
                findings.error(path + ".code", "constr-bind-relatesTo", "relation-not-simplified", code.toCode());
            }
        }
        if (replacements > 1) {
            findings.error(
                    entry.path() + ".relatesTo",
                    "constr-cdr-rempl",
                    "element-repeated",
                    "relatesTo:replaces",
                    Integer.toString(replacements));
        }
    }

    private void target(Reference target, String path) {
        boolean literal = target.hasReference() && isLiteral(target);
        boolean logical = !target.hasReference()
                && target.getIdentifier().hasSystem()
                && target.getIdentifier().hasValue();
        if (!literal && !logical) {
            findings.error(path + ".target", "constr-bind-relatesToTarget", "relation-target");
        }
    }

    /** {@code DocumentReference/id}. */
    static boolean isLiteral(Reference reference) {
        return LITERAL.matcher(reference.getReference()).matches();
    }
}
