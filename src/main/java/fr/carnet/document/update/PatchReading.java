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
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Meta;

/** Compares a document before and after a patch: PDSm allows one change, of a few elements. */
final class PatchReading {

    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    private final DocumentReference before;
    private final DocumentReference after;
    private final boolean firstLabelReplaced;
    private boolean dmpForm;

    /** @param firstLabelReplaced the patch put a label in place of the first one */
    PatchReading(DocumentReference before, DocumentReference after, boolean firstLabelReplaced) {
        this.before = before;
        this.after = after;
        this.firstLabelReplaced = firstLabelReplaced;
    }

    /** True when the DMP's form {@code replace /securityLabel/0} was read as setting or lifting a label. */
    boolean isDmpForm() {
        return dmpForm;
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
        boolean twice = Stream.of(ProfileUris.IS_ARCHIVED, ProfileUris.IS_DELETED)
                .anyMatch(url -> after.getExtensionsByUrl(url).size() > 1);
        if (twice) {
            throw Fault.of(422, "patch-does-not-fit");
        }
        List<Effect> effects = new ArrayList<>();
        addDeletion(effects);
        boolean archived = DocumentResources.isArchived(after);
        // what is deleted is archived no more, whether the patch says so or not
        boolean goesWithDeletion = !effects.isEmpty() && !archived;
        if (archived != DocumentResources.isArchived(before) && !goesWithDeletion) {
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
        if (added.isEmpty() && removed.isEmpty() && isBackToNormal(old)) {
            dmpForm = true;
            removed.addAll(old);
        } else {
            dmpForm = !keepsConfidentiality();
            refuseLoss(added.size() + removed.size());
        }
        added.forEach(label -> effects.add(new Effect.LabelAdded(label)));
        removed.forEach(label -> effects.add(new Effect.LabelRemoved(label)));
    }

    /** The DMP's {@code N} in place of the first label lifts the one that is set; without any it says what is so already. */
    private boolean isBackToNormal(Set<Visibility> old) {
        return firstLabelReplaced
                && after.getSecurityLabelFirstRep().getCoding().stream()
                        .anyMatch(c -> "N".equals(c.getCode())
                                && (Visibility.SYSTEM.equals(c.getSystem())
                                        || (!old.isEmpty() && CONFIDENTIALITY.equals(c.getSystem()))));
    }

    private boolean keepsConfidentiality() {
        List<String> now = confidentialities(after);
        return now.containsAll(confidentialities(before))
                && now.size() == confidentialities(before).size();
    }

    private void refuseLoss(int changes) {
        boolean replacedOne =
                before.getSecurityLabel().size() == after.getSecurityLabel().size();
        if (dmpForm && !(replacedOne && changes == 1)) {
            throw Fault.of(422, "confidentiality-lost");
        }
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

    private static Stream<Coding> codings(DocumentReference document) {
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
