package fr.carnet.policy;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.shared.Visibility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a new document must be like, and what its deposit obliges to (R45, R47, R69, R96, R99, R101, R102, R134, R142). */
record Feeding(Habilitations habilitations, Visibilities visibilities, LegalCalendar calendar) {

    /** Steps 9 and 10 of a deposit: cell, labels; nothing to refuse while no document is named. */
    Optional<Rule> refusal(AccessRequest request) {
        return request.document().flatMap(document -> foreign(request, document)
                .or(() -> habilitations.serviceFeeding(request, document))
                .or(() -> habilitations.feeding(request.caller(), document))
                .or(() -> labels(request, document)));
    }

    /** R82: a deposit bears on the patient of the request. */
    static Optional<Rule> foreign(AccessRequest request, DocumentFacts document) {
        return Visibilities.isOfPatient(request, document) ? Optional.empty() : Optional.of(Rule.R82_OTHER_PATIENT);
    }

    /** R102, R142. */
    Optional<Rule> labels(AccessRequest request, DocumentFacts document) {
        boolean secretAndShown =
                request.context().secretConnection() && !document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX);
        if (secretAndShown) {
            return Optional.of(Rule.R142_SECRET_CONNECTION);
        }
        return visibilities.together(document.is(Visibility.MASQUE_PS), document.is(Visibility.INVISIBLE_PATIENT));
    }

    /** R45, R47, R69, R134: informing the holder is enough, and a block does not stop feeding. */
    List<Rule> reasons(AccessRequest request) {
        if (request.caller().role().equals(Optional.of(Habilitations.INSURANCE))) {
            return List.of(Rule.R134_INSURANCE);
        }
        if (Habilitations.isDigitalService(request.caller())) {
            return List.of(Rule.R69_SERVICE);
        }
        return List.of(RecordSteps.isBlocked(request) ? Rule.R45_BLOCKED_FEEDS : Rule.R47_FEEDING);
    }

    Set<Obligation> obligations(AccessRequest request) {
        Set<Obligation> obligations = EnumSet.noneOf(Obligation.class);
        request.document().ifPresent(document -> {
            if (habilitations.warnsOfFeeding(request.caller(), document)) {
                obligations.add(Obligation.WARN_FEEDING_CELL);
            }
            obligations.addAll(toOwnSide(request, document));
        });
        return obligations;
    }

    /** R96: no notice of what the holder may not see; R101, R143: the depositor must choose. */
    private Set<Obligation> toOwnSide(AccessRequest request, DocumentFacts document) {
        Set<Obligation> obligations = EnumSet.noneOf(Obligation.class);
        if (!visibilities.isHiddenFromHolder(document, request.now())) {
            obligations.add(Obligation.NOTIFY_HOLDER);
        }
        if (isMinor(request) && !document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX)) {
            obligations.add(Obligation.WARN_MINOR_WITHOUT_CHOICE);
        }
        return obligations;
    }

    private boolean isMinor(AccessRequest request) {
        return request.patient()
                .filter(patient -> !calendar.isOfAge(patient, request.now()))
                .isPresent();
    }
}
