package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decisions on professionals and machines. */
final class ProfessionalPolicy {

    private final StepTable table;
    private final RecordSteps steps;
    private final LegalCalendar calendar;
    private final Habilitations habilitations;
    private final Visibilities visibilities;
    private final ActionRights actionRights;
    private final ConsentRights consentRights;
    private final Feeding feeding;

    ProfessionalPolicy(HabilitationMatrix matrix, PolicySettings settings) {
        calendar = new LegalCalendar(settings);
        Authorisations authorisations = new Authorisations(settings);
        steps = new RecordSteps(settings, calendar, authorisations);
        habilitations = new Habilitations(matrix, settings);
        visibilities = new Visibilities(settings);
        actionRights = new ActionRights(visibilities);
        consentRights = new ConsentRights(authorisations);
        feeding = new Feeding(habilitations, visibilities, calendar);
        table = new StepTable(new Purposes(authorisations), steps, new AccessModes(calendar), habilitations);
    }

    Decision decide(AccessRequest request) {
        return switch (request.action()) {
            case CHECK_STATUS -> status(request);
            case SEARCH, READ -> consult(request);
            case CREATE_CONSENT, END_CONSENT -> declare(request);
            case DEPOSIT -> deposit(request);
            case REPLACE -> replace(request);
            case DELETE,
                    ARCHIVE,
                    MASK,
                    UNMASK,
                    HIDE_FROM_HOLDER,
                    SHOW_TO_HOLDER,
                    HIDE_FROM_REPRESENTATIVES,
                    SHOW_TO_REPRESENTATIVES -> change(request);
            case READ_TRACES -> say(request, Rule.R91_NOT_HABILITATED);
            case REGISTER_PATIENT -> say(request, Rule.R10_NOT_HABILITATED);
        };
    }

    /** TD0.2 tells unknown, opposed and not yet opened alike: nothing of such a patient is looked at (R13). */
    private Decision status(AccessRequest request) {
        Optional<PatientFacts> known = request.patient()
                .filter(patient -> calendar.stateOf(patient, request.now()).isRecord());
        AccessRequest asked = new AccessRequest(
                request.caller(),
                request.context(),
                request.action(),
                known,
                request.document(),
                request.consent(),
                request.now());
        return table.status(asked)
                .<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> new Permit(List.of(Rule.R42_STATUS), Set.of()));
    }

    private Decision consult(AccessRequest request) {
        Optional<Rule> refusal = table.consulting(request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        List<Rule> reasons = new ArrayList<>(List.of(steps.authorisation(request)));
        if (request.document().isPresent()) {
            List<Rule> verdicts = reading(request, request.document().get());
            Optional<Rule> hidden = firstRefusal(verdicts);
            if (hidden.isPresent()) {
                return hide(hidden.get());
            }
            reasons.addAll(verdicts);
        }
        return new Permit(reasons, emergencyObligations(request));
    }

    private Decision declare(AccessRequest request) {
        Optional<Rule> refusal = table.declaring(request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (request.consent().isEmpty()) {
            return say(request, Rule.R37_INCOMPLETE_DECLARATION);
        }
        ConsentFacts consent = request.consent().get();
        boolean ending = request.action() == Action.END_CONSENT;
        Rule verdict = ending
                ? ConsentRights.endingAsProfessional(request.caller(), consent)
                : consentRights.creatingAsProfessional(
                        request, request.patient().orElseThrow(), consent);
        if (verdict.permits()) {
            return new Permit(List.of(verdict), Set.of());
        }
        return ending ? hide(verdict) : say(request, verdict);
    }

    private Decision deposit(AccessRequest request) {
        Optional<Rule> refusal = table.feeding(request).or(() -> feeding.refusal(request));
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        Set<Obligation> obligations = emergencyObligations(request);
        obligations.addAll(feeding.obligations(request));
        return new Permit(feeding.reasons(request), obligations);
    }

    /** On the replaced document: whoever neither wrote it nor may read it learns nothing of it (R125). */
    private Decision replace(AccessRequest request) {
        Optional<Rule> refusal = table.feeding(request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (request.document().isEmpty()) {
            return new Permit(feeding.reasons(request), emergencyObligations(request));
        }
        DocumentFacts document = request.document().get();
        Optional<Rule> absent = absence(request, document);
        if (absent.isPresent()) {
            return hide(absent.get());
        }
        boolean author = Authorship.isAuthor(request.caller(), document);
        Rule verdict = ActionRights.replacing(author, document);
        if (verdict.permits()) {
            return new Permit(List.of(verdict), emergencyObligations(request));
        }
        return author || isReadable(request, document) ? say(request, verdict) : hide(verdict);
    }

    private Decision change(AccessRequest request) {
        Optional<DocumentFacts> target =
                request.document().filter(d -> absence(request, d).isEmpty());
        boolean author =
                target.filter(d -> Authorship.isAuthor(request.caller(), d)).isPresent();
        Optional<Rule> refusal = table.changing(request, author);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (request.document().isEmpty()) {
            return new Permit(List.of(steps.authorisation(request)), emergencyObligations(request));
        }
        DocumentFacts document = request.document().get();
        Optional<Rule> hidden = author ? Optional.empty() : firstRefusal(reading(request, document));
        if (hidden.isPresent()) {
            return hide(hidden.get());
        }
        return changeOf(request, document);
    }

    private Decision changeOf(AccessRequest request, DocumentFacts document) {
        Rule verdict = actionRights.verdict(request, request.patient().orElseThrow(), document);
        if (verdict.permits()) {
            Set<Obligation> obligations = emergencyObligations(request);
            if (request.action() == Action.SHOW_TO_HOLDER) {
                obligations.add(Obligation.NOTIFY_HOLDER);
            }
            return new Permit(List.of(verdict), obligations);
        }
        boolean tellsHoldersChoice = verdict == Rule.R131_MASKED_BY_HOLDER && !isReadable(request, document);
        return tellsHoldersChoice ? hide(verdict) : say(request, verdict);
    }

    private boolean isReadable(AccessRequest request, DocumentFacts document) {
        return table.consulting(request).isEmpty()
                && firstRefusal(reading(request, document)).isEmpty();
    }

    /** Steps 9 and 10: the rules that show this document to the caller, or hide it. */
    private List<Rule> reading(AccessRequest request, DocumentFacts document) {
        return absence(request, document)
                .map(List::of)
                .orElseGet(() -> List.of(
                        habilitations.reading(request.caller(), document),
                        visibilities.toProfessional(
                                request.caller(), request.patient().orElseThrow(), document)));
    }

    /** R82, R128: another patient's document and a deleted one do not exist here. */
    static Optional<Rule> absence(AccessRequest request, DocumentFacts document) {
        boolean ofPatient = request.patient()
                .filter(patient -> patient.id().equals(document.patient()))
                .isPresent();
        if (!ofPatient) {
            return Optional.of(Rule.R82_OTHER_PATIENT);
        }
        return document.deleted() ? Optional.of(Rule.R128_DELETED) : Optional.empty();
    }

    private static Optional<Rule> firstRefusal(List<Rule> verdicts) {
        return verdicts.stream().filter(rule -> !rule.permits()).findFirst();
    }

    /** R57: holder and treating physician learn of every access in an emergency. */
    private static Set<Obligation> emergencyObligations(AccessRequest request) {
        Set<Obligation> obligations = EnumSet.noneOf(Obligation.class);
        if (request.context().mode().orElseThrow().isEmergency()) {
            obligations.add(Obligation.TRACE_EMERGENCY);
            obligations.add(Obligation.NOTIFY_HOLDER);
            request.patient()
                    .flatMap(PatientFacts::treatingPhysician)
                    .ifPresent(physician -> obligations.add(Obligation.NOTIFY_TREATING_PHYSICIAN));
        }
        return obligations;
    }
}
