package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListEntryComponent;

/** What SubmissionSets and Folders have in common. */
final class ListShape {

    private ListShape() {}

    static void check(ListResource list, String status, Scope scope) {
        scope.required(list.hasStatus(), "status");
        scope.value(list.hasStatus(), list.hasStatus() ? list.getStatus().toCode() : "", status, "status");
        scope.required(list.hasMode(), "mode");
        scope.value(list.hasMode(), list.hasMode() ? list.getMode().toCode() : "", "working", "mode");
        scope.atMostOnce(list.getExtensionsByUrl(ProfileUris.IS_ARCHIVED).size(), "extension");
        scope.forbidden(list.hasEncounter(), "encounter");
        scope.forbidden(list.hasOrderedBy(), "orderedBy");
        scope.forbidden(list.hasEmptyReason(), "emptyReason");
        scope.forbidden(list.hasModifierExtension(), "modifierExtension");
        for (int i = 0; i < list.getEntry().size(); i++) {
            ListEntryComponent entry = list.getEntry().get(i);
            scope.forbidden(entry.hasFlag(), "entry[" + i + "].flag");
            scope.forbidden(entry.hasDeleted(), "entry[" + i + "].deleted");
            scope.forbidden(entry.hasDate(), "entry[" + i + "].date");
        }
    }

    /**
     * References of the items; each must be an entry of the Bundle that may be listed, or a stored resource {@code
     * Type/id}.
     *
     * @param types types that may be listed, separated by {@code |}
     */
    static Set<String> items(Entry<ListResource> list, Entries entries, Findings findings, String types) {
        Pattern stored = Pattern.compile("(" + types + ")/[A-Za-z0-9.-]{1,64}");
        Set<String> listable = new HashSet<>();
        entries.documents().forEach(d -> listable.add(d.fullUrl()));
        if (types.contains("List")) {
            entries.folders().forEach(f -> listable.add(f.fullUrl()));
        }
        Set<String> items = new HashSet<>();
        List<ListEntryComponent> listed = list.resource().getEntry();
        for (int i = 0; i < listed.size(); i++) {
            String item = listed.get(i).getItem().hasReference()
                    ? listed.get(i).getItem().getReference()
                    : "";
            String path = list.path() + ".entry[" + i + "].item";
            if (!items.add(item)) {
                findings.error(path, "mhd-provide-bundle", "item-repeated");
            } else if (!listable.contains(item) && !stored.matcher(item).matches()) {
                findings.error(path, "mhd-provide-bundle", "item-unknown");
            }
        }
        return items;
    }
}
