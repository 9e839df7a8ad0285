package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;

/** What a submission claims to be, and with it how much its metadata must say; the strictest first. */
enum Form {
    /** ITI-65 of PDSm: comprehensive, persons contained. */
    PDSM("pdsm-comprehensive-document-reference"),
    /** ITI-65 of MHD: comprehensive, persons contained. */
    COMPREHENSIVE("mhd-comprehensive-document-reference"),
    /** ITI-65 of MHD: comprehensive, persons contained or named by identifier. */
    UNCONTAINED("mhd-uncontained-comprehensive-document-reference"),
    /** ITI-65 of MHD: type and patient are enough, the rest is the sender's choice. */
    MINIMAL("mhd-minimal-document-reference"),
    /** ITI-105 of PDSm. */
    PDSM_SIMPLIFIED("pdsm-simplified-publish"),
    /** ITI-105 of MHD. */
    SIMPLIFIED("mhd-simplified-publish");

    private final String rule;

    Form(String rule) {
        this.rule = rule;
    }

    /** Of a Bundle; comprehensive where it claims nothing that is known. */
    static Form ofBundle(Bundle bundle) {
        if (ClaimedProfiles.claimsPdsm(bundle)) {
            return PDSM;
        }
        if (ClaimedProfiles.claims(bundle, ProfileUris.MHD + "IHE.MHD.Comprehensive.ProvideBundle")) {
            return COMPREHENSIVE;
        }
        if (ClaimedProfiles.claims(bundle, ProfileUris.MHD + "IHE.MHD.UnContained.Comprehensive.ProvideBundle")) {
            return UNCONTAINED;
        }
        boolean minimal = ClaimedProfiles.claims(bundle, ProfileUris.MHD + "IHE.MHD.Minimal.ProvideBundle");
        return minimal ? MINIMAL : COMPREHENSIVE;
    }

    /** Of an ITI-105 DocumentReference. */
    static Form ofPublished(DocumentReference published) {
        return ClaimedProfiles.claimsPdsm(published) ? PDSM_SIMPLIFIED : SIMPLIFIED;
    }

    /** The form to which a resource of such a submission is held: PDSm also where it alone claims it. */
    Form heldTo(Resource resource) {
        return !isSimplified() && ClaimedProfiles.claimsPdsm(resource) ? PDSM : this;
    }

    /** Profile of the DocumentReference, for findings. */
    String rule() {
        return rule;
    }

    boolean isPdsm() {
        return this == PDSM || this == PDSM_SIMPLIFIED;
    }

    boolean isSimplified() {
        return this == PDSM_SIMPLIFIED || this == SIMPLIFIED;
    }

    /** True when all that a search goes by must be there. */
    boolean isComprehensive() {
        return this == PDSM || this == COMPREHENSIVE || this == UNCONTAINED;
    }

    /** True when whoever is named must be contained. */
    boolean containsPersons() {
        return this == PDSM || this == COMPREHENSIVE;
    }
}
