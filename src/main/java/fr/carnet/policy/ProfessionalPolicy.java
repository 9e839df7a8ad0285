package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decisions on professionals and machines. */
final class ProfessionalPolicy {

    private final StepTable table;
    private final RecordSteps steps;
    private final LegalCalendar calendar;
    private final Consultation consultation;
    private final ActionRights actionRights;
    private final ConsentRights consentRights;
    private final Feeding feeding;
    private final RecordRights rights;
    private final CircleRights circle;
    private final ConversationRights conversations;
    private final CopyRights copies;

    ProfessionalPolicy(HabilitationMatrix matrix, PolicySettings settings) {
        calendar = new LegalCalendar(settings);
        Authorisations authorisations = new Authorisations(settings);
        steps = new RecordSteps(settings, calendar, authorisations);
        Habilitations habilitations = new Habilitations(matrix, settings);
        Visibilities visibilities = new Visibilities(settings, calendar);
        actionRights = new ActionRights(visibilities);
        consentRights = new ConsentRights(authorisations);
        feeding = new Feeding(habilitations, visibilities, calendar);
        rights = new RecordRights(calendar);
        circle = new CircleRights(steps);
        conversations = new ConversationRights(calendar);
        copies = new CopyRights(calendar);
        table = new StepTable(new Purposes(authorisations), steps, new AccessModes(calendar), habilitations);
        consultation = new Consultation(table, steps, habilitations, visibilities);
    }

    Decision decide(AccessRequest request) {
        return switch (request.action()) {
            case CHECK_STATUS -> status(request);
            case SEARCH, READ -> consultation.decide(request);
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
            case READ_OWN_TRACES -> ownTraces(request);
            case READ_CONSENTS -> consents(request);
            case DECLARE_TEAM, CHANGE_TEAM, END_TEAM, READ_TEAMS -> team(request);
            case REGISTER_RELATED, CHANGE_RELATED, READ_RELATED -> say(request, Rule.R147_NOT_ENTITLED);
            case READ_COMMUNICATIONS -> communications(request);
            case KEEP_PREFERENCES -> say(request, Rule.R97_NOT_ENTITLED);
            case LIST_READERS -> say(request, Rule.R91_NOT_HOLDER);
            case EXPORT_RECORD -> say(request, Rule.R91_COPY_RESERVED);
            case EXPLAIN -> say(request, Rule.R92_NOT_ENTITLED);
            case REGISTER_PATIENT -> say(request, Rule.R10_NOT_HABILITATED);
            case REACTIVATE -> reactivate(request);
            case INFORM, OPPOSE, ACTIVATE, CLOSE, REOPEN, SUSPEND, RESUME, REQUEST_DELETION, CHANGE_INS ->
                say(request, RecordRights.refusal(request));
            case START_CONVERSATION, ANSWER_MESSAGE, MARK_MESSAGE, CLOSE_CONVERSATION -> converse(request);
            case COPY_TO_HOLDER, COPY_TO_PHYSICIAN -> copy(request);
        };
    }

    /** The checks that {@link #decide} goes through before it looks at what exactly is asked. */
    List<Check> checks(AccessRequest request) {
        return switch (request.action()) {
            case CHECK_STATUS -> table.status();
            case SEARCH, READ -> with(consultation.onDocument(request), table.consulting());
            case CREATE_CONSENT, END_CONSENT -> table.declaring();
            case DEPOSIT, REPLACE -> table.feeding();
            case DELETE,
                    ARCHIVE,
                    MASK,
                    UNMASK,
                    HIDE_FROM_HOLDER,
                    SHOW_TO_HOLDER,
                    HIDE_FROM_REPRESENTATIVES,
                    SHOW_TO_REPRESENTATIVES ->
                isAuthor(request)
                        ? table.changing(true)
                        : with(consultation.onDocument(request), table.changing(false));
            case REACTIVATE -> request.caller().isProfessional() ? table.reactivating() : List.of();
            case READ_COMMUNICATIONS -> request.caller().isProfessional() ? table.corresponding() : List.of();
            case READ_CONSENTS, READ_TEAMS -> request.caller().isProfessional() ? table.declaring() : List.of();
            case READ_TRACES,
                    READ_OWN_TRACES,
                    EXPORT_RECORD,
                    DECLARE_TEAM,
                    CHANGE_TEAM,
                    END_TEAM,
                    REGISTER_RELATED,
                    CHANGE_RELATED,
                    READ_RELATED,
                    KEEP_PREFERENCES,
                    LIST_READERS,
                    EXPLAIN,
                    REGISTER_PATIENT,
                    INFORM,
                    OPPOSE,
                    ACTIVATE,
                    CLOSE,
                    REOPEN,
                    SUSPEND,
                    RESUME,
                    REQUEST_DELETION,
                    CHANGE_INS -> List.of();
            case START_CONVERSATION, ANSWER_MESSAGE, MARK_MESSAGE, CLOSE_CONVERSATION -> table.writing();
            case COPY_TO_HOLDER, COPY_TO_PHYSICIAN -> table.feeding();
        };
    }

    private static List<Check> with(List<Check> onDocument, List<Check> onRecord) {
        return Stream.concat(onRecord.stream(), onDocument.stream()).toList();
    }

    /** TD0.2 tells unknown, opposed and not yet opened alike: nothing of such a patient is looked at (R13). */
    AccessRequest asSeen(AccessRequest request) {
        if (request.action() != Action.CHECK_STATUS) {
            return request;
        }
        Optional<PatientFacts> known = request.patient()
                .filter(patient -> calendar.stateOf(patient, request.now()).isRecord());
        return new AccessRequest(
                request.caller(),
                request.context(),
                request.action(),
                known,
                request.document(),
                request.consent(),
                request.now());
    }

    private Decision status(AccessRequest request) {
        return StepTable.refusal(table.status(), asSeen(request))
                .<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> new Permit(List.of(Rule.R42_STATUS), Set.of()));
    }

    /** R25: a natural person, not blocked, in the normal mode: the patient is there and consents. */
    private Decision reactivate(AccessRequest request) {
        Optional<Rule> refusal = request.caller().isProfessional()
                ? StepTable.refusal(table.reactivating(), request)
                : Optional.of(RecordRights.refusal(request));
        return refusal.<Decision>map(rule -> say(request, rule)).orElseGet(() -> rights.reactivate(request));
    }

    private Decision declare(AccessRequest request) {
        Optional<Rule> refusal = StepTable.refusal(table.declaring(), request);
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
            boolean first = !ending
                    && !request.context().secretConnection()
                    && isFirstDeclaration(request.patient().orElseThrow(), consent);
            return new Permit(List.of(verdict), first ? EnumSet.of(Obligation.NOTIFY_HOLDER_OF_ACCESS) : Set.of());
        }
        return ending ? hide(verdict) : say(request, verdict);
    }

    /** R90: to each his own; a machine those of the structure in whose name it acts (EX_AIR-120). */
    private static Decision ownTraces(AccessRequest request) {
        if (request.caller().isProfessional()) {
            return new Permit(List.of(Rule.R90_OWN), Set.of());
        }
        return request.caller().structure().isPresent()
                ? new Permit(List.of(Rule.R90_STRUCTURE), Set.of())
                : say(request, Rule.R91_NOT_HABILITATED);
    }

    /** R91: a professional sees what he declared and what opens something to him, never what the holder shuts to him. */
    private Decision consents(AccessRequest request) {
        if (!request.caller().isProfessional()) {
            return say(request, Rule.R91_CHOICES_RESERVED);
        }
        Optional<Rule> refusal = StepTable.refusal(table.declaring(), request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        boolean concerned = request.consent()
                .map(consent -> ConsentRights.concerns(request.caller(), consent))
                .orElse(true);
        return concerned ? new Permit(List.of(Rule.R91_CONCERNED), Set.of()) : hide(Rule.R91_NOT_CONCERNED);
    }

    /** R43: an establishment declares its staff; a professional declares no team and sees his own. */
    private Decision team(AccessRequest request) {
        if (!request.caller().isProfessional()) {
            return circle.asStructure(request);
        }
        if (request.action() != Action.READ_TEAMS) {
            return say(request, Rule.R43_NOT_ENTITLED);
        }
        return StepTable.refusal(table.declaring(), request)
                .<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> CircleRights.team(request, Rule.R43_TOLD));
    }

    /** R57, R99: what is addressed to him by name; it needs no authorisation to consult, and tells nothing of the content. */
    private Decision communications(AccessRequest request) {
        if (!request.caller().isProfessional()) {
            return CommunicationRights.ofNobody(request);
        }
        return StepTable.refusal(table.corresponding(), request)
                .<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> CommunicationRights.reading(request, Rule.R99_ADDRESSED));
    }

    /**
     * R96: no access comes before a declaration but in an emergency, of which the holder is told anyway (R57); of a secret
     * connection nobody is told whose mail a representative reads (R144).
     */
    private static boolean isFirstDeclaration(PatientFacts patient, ConsentFacts consent) {
        return consent.concerned()
                .filter(professional -> patient.authorisations().stream()
                        .noneMatch(known -> known.professional().equals(professional)))
                .isPresent();
    }

    private Decision converse(AccessRequest request) {
        return StepTable.refusal(table.writing(), request)
                .<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> conversations.asProfessional(request));
    }

    /** R169: judged when the copy leaves, on what the depositor may do then. */
    private Decision copy(AccessRequest request) {
        return StepTable.refusal(table.feeding(), request)
                .<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> copies.decide(request));
    }

    private Decision deposit(AccessRequest request) {
        Optional<Rule> refusal = StepTable.refusal(table.feeding(), request).or(() -> feeding.refusal(request));
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        Set<Obligation> obligations = AccessModes.obligations(request);
        obligations.addAll(feeding.obligations(request));
        return new Permit(feeding.reasons(request), obligations);
    }

    /** On the replaced document: whoever neither wrote it nor may read it learns nothing of it (R125). */
    private Decision replace(AccessRequest request) {
        Optional<Rule> refusal = StepTable.refusal(table.feeding(), request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (request.document().isEmpty()) {
            return new Permit(feeding.reasons(request), AccessModes.obligations(request));
        }
        DocumentFacts document = request.document().get();
        Optional<Rule> absent = Visibilities.absence(request, document);
        if (absent.isPresent()) {
            return hide(absent.get());
        }
        boolean author = Authorship.isAuthor(request.caller(), document);
        Rule verdict = ActionRights.replacing(author, document);
        if (verdict.permits()) {
            return new Permit(List.of(verdict), AccessModes.obligations(request));
        }
        return author || consultation.isReadable(request) ? say(request, verdict) : hide(verdict);
    }

    private Decision change(AccessRequest request) {
        boolean author = isAuthor(request);
        Optional<Rule> refusal = StepTable.refusal(table.changing(author), request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (request.document().isEmpty()) {
            return new Permit(
                    List.of(steps.authorisation(request)), AccessModes.obligations(request), steps.consent(request));
        }
        DocumentFacts document = request.document().get();
        Optional<Rule> hidden = author ? Optional.empty() : consultation.hiding(request);
        if (hidden.isPresent()) {
            return hide(hidden.get());
        }
        return changeOf(request, document, author ? Optional.empty() : steps.consent(request));
    }

    /** True for whoever wrote the document of the request, if it is there at all. */
    private static boolean isAuthor(AccessRequest request) {
        return request.document()
                .filter(document -> Visibilities.absence(request, document).isEmpty())
                .filter(document -> Authorship.isAuthor(request.caller(), document))
                .isPresent();
    }

    private Decision changeOf(AccessRequest request, DocumentFacts document, Optional<String> consent) {
        Rule verdict = actionRights.verdict(request, request.patient().orElseThrow(), document);
        if (verdict.permits()) {
            Set<Obligation> obligations = AccessModes.obligations(request);
            if (request.action() == Action.SHOW_TO_HOLDER) {
                obligations.add(Obligation.NOTIFY_HOLDER);
            }
            return new Permit(List.of(verdict), obligations, consent);
        }
        boolean tellsHoldersChoice = verdict == Rule.R131_MASKED_BY_HOLDER && !consultation.isReadable(request);
        return tellsHoldersChoice ? hide(verdict) : say(request, verdict);
    }
}
