package fr.carnet.document.update;

import fr.carnet.document.DocumentResources;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Meta;

/** Compares a document before and after a patch: PDSm allows one change, of a few elements. */
final class PatchReading {

    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    private final DocumentReference before;
    private final DocumentReference after;
    private boolean confidentialityKept = true;

    PatchReading(DocumentReference before, DocumentReference after) {
        this.before = before;
        this.after = after;
    }

    /** True when the DMP's form {@code replace /securityLabel/0} was read as setting or lifting the mask. */
    boolean isDmpForm() {
        return !confidentialityKept;
    }

    /**
     * The one thing that changes.
     *
     * @throws Fault 405 if something else changes, or more than one thing; 422 if the confidentiality code vanishes
     */
    Effect effect() {
        if (!bare(before).equalsDeep(bare(after))) {
            throw Fault.of(405, "patch-not-allowed");
        }
        List<Effect> effects = new ArrayList<>();
        addDeletion(effects);
        boolean archived = DocumentResources.isArchived(after);
        if (archived != DocumentResources.isArchived(before)) {
            effects.add(new Effect.Archived(archived));
        }
        addLabels(effects);
        if (effects.size() > 1) {
            throw Fault.of(405, "patch-one-change");
        }
        return effects.isEmpty() ? new Effect.None() : effects.get(0);
    }

    private void addDeletion(List<Effect> effects) {
        boolean flagged = DocumentResources.flag(after, ProfileUris.IS_DELETED);
        boolean inError = after.getStatus() == DocumentReferenceStatus.ENTEREDINERROR;
        if (inError || (flagged && after.getStatus() == DocumentReferenceStatus.SUPERSEDED)) {
            effects.add(new Effect.Deleted());
        } else if (flagged) {
            throw Fault.of(422, "deletion-incomplete");
        } else if (after.getStatus() != before.getStatus()) {
            throw Fault.of(405, "patch-not-allowed");
        }
    }

    private void addLabels(List<Effect> effects) {
        Set<Visibility> old = DocumentResources.visibility(before);
        Set<Visibility> now = DocumentResources.visibility(after);
        refuseUnknownLabels();
        Set<Visibility> added = EnumSet.noneOf(Visibility.class);
        added.addAll(now);
        added.removeAll(old);
        Set<Visibility> removed = EnumSet.noneOf(Visibility.class);
        removed.addAll(old);
        removed.removeAll(now);
        confidentialityKept = confidentialities(after).containsAll(confidentialities(before))
                && confidentialities(after).size() == confidentialities(before).size();
        boolean replacedOne =
                before.getSecurityLabel().size() == after.getSecurityLabel().size();
        if (!confidentialityKept && !(replacedOne && added.size() + removed.size() == 1)) {
            throw Fault.of(422, "confidentiality-lost");
        }
        added.forEach(label -> effects.add(new Effect.LabelAdded(label)));
        removed.forEach(label -> effects.add(new Effect.LabelRemoved(label)));
    }

    /** R100: labels without a rule yet. */
    private void refuseUnknownLabels() {
        boolean unknown = codings(after)
                .filter(c -> Visibility.SYSTEM.equals(c.getSystem()))
                .anyMatch(c -> Visibility.of(c.getCode()).isEmpty() && !"N".equals(c.getCode()));
        if (unknown) {
            throw Rule.R100_UNSUPPORTED_LABEL.refusal();
        }
    }

    private static List<String> confidentialities(DocumentReference document) {
        return codings(document)
                .filter(c -> CONFIDENTIALITY.equals(c.getSystem()))
                .map(Coding::getCode)
                .toList();
    }

    private static java.util.stream.Stream<Coding> codings(DocumentReference document) {
        return document.getSecurityLabel().stream().flatMap(l -> l.getCoding().stream());
    }

    /** Without the elements that a patch may change. */
    private static DocumentReference bare(DocumentReference document) {
        DocumentReference bare = document.copy();
        bare.setMeta(new Meta());
        bare.setId((String) null);
        bare.setStatus(null);
        bare.setSecurityLabel(null);
        bare.getExtension()
                .removeIf(e -> ProfileUris.IS_ARCHIVED.equals(e.getUrl()) || ProfileUris.IS_DELETED.equals(e.getUrl()));
        return bare;
    }
}
