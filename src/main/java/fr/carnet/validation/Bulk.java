package fr.carnet.validation;

import fr.carnet.validation.Entries.Entry;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * How much metadata may be: elements, depth, text. Far beyond any honest one; what is beyond is not looked at further, for
 * every element might have its finding, its index and its look-up.
 */
final class Bulk {

    private static final int MAX_ELEMENTS = 5_000;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_TEXT = 1 << 20;
    private static final String RULE = "limits";

    private int elements;
    private long text;
    private boolean deep;

    private Bulk() {}

    /** Reports the entries that are too much. */
    static void check(Entries entries, Findings findings) {
        for (List<? extends Entry<? extends Resource>> some :
                List.of(entries.sets(), entries.folders(), entries.documents(), entries.patches())) {
            some.forEach(entry -> check(entry, findings));
        }
    }

    private static void check(Entry<? extends Resource> entry, Findings findings) {
        Bulk bulk = new Bulk();
        bulk.weigh(entry.resource(), 1);
        if (bulk.deep) {
            findings.error(entry.path(), RULE, "resource-too-deep", Integer.toString(MAX_DEPTH));
        } else if (bulk.elements > MAX_ELEMENTS) {
            findings.error(entry.path(), RULE, "resource-too-many-elements", Integer.toString(MAX_ELEMENTS));
        } else if (bulk.text > MAX_TEXT) {
            findings.error(entry.path(), RULE, "resource-too-long", Integer.toString(MAX_TEXT));
        }
    }

    private void weigh(Base element, int depth) {
        elements++;
        deep |= depth > MAX_DEPTH;
        // a narrative is not kept
        if (deep || elements > MAX_ELEMENTS || element instanceof Narrative) {
            return;
        }
        if (element instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            text += primitive.getValueAsString().length();
        }
        for (Property property : element.children()) {
            for (Base child : property.getValues()) {
                if (child != null) {
                    weigh(child, depth + 1);
                }
            }
        }
    }
}
