package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Permit;
import fr.carnet.shared.Visibility;
import java.util.List;
import java.util.Optional;

/** Which copies of a document its depositor sends along (R169, R170), once the record-level steps of a deposit are done. */
record CopyRights(LegalCalendar calendar) {

    Decision decide(AccessRequest request) {
        Optional<Rule> refusal = request.document().flatMap(document -> refusal(request, document));
        return refusal.<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> new Permit(List.of(Rule.R169_COPY), AccessModes.obligations(request)));
    }

    private Optional<Rule> refusal(AccessRequest request, DocumentFacts document) {
        Optional<Rule> absent = Visibilities.absence(request, document);
        if (absent.isPresent()) {
            return absent;
        }
        if (!Authorship.isAuthor(request.caller(), document)) {
            return Optional.of(Rule.R169_NOT_DEPOSITOR);
        }
        return request.action() == Action.COPY_TO_HOLDER ? toHolder(request, document) : toPhysician(request);
    }

    private Optional<Rule> toHolder(AccessRequest request, DocumentFacts document) {
        if (calendar.announcement(document, request.now()).hides()) {
            return Optional.of(Rule.R169_NOT_ANNOUNCED);
        }
        boolean hidden = document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX)
                || request.context().secretConnection();
        boolean readByOthers = !calendar.isOfAge(request.patient().orElseThrow(), request.now())
                || !request.patient().orElseThrow().representatives().isEmpty();
        return hidden && readByOthers ? Optional.of(Rule.R170_REPRESENTATIVE_READS) : Optional.empty();
    }

    /** R44: one whom the holder blocks gets nothing. R108: whoever masks everything masks it for his physician too. */
    private static Optional<Rule> toPhysician(AccessRequest request) {
        PatientFacts patient = request.patient().orElseThrow();
        boolean blocked = patient.treatingPhysician()
                .filter(patient.choices().blocked()::contains)
                .isPresent();
        if (blocked
                || patient.treatingPhysician().isEmpty()
                || patient.isTreatedBy(request.caller().subject())) {
            return Optional.of(Rule.R169_NO_PHYSICIAN);
        }
        return patient.choices().masksAll() ? Optional.of(Rule.R108_MASKED) : Optional.empty();
    }
}
