package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Permit;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Visibility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decisions on the holder and his representatives.
 *
 * <p>Their title is checked before the state of the record: a stranger learns neither that a record exists nor that it
 * is closed.
 */
final class HolderPolicy {

    /** What a curator does with the agreement of the person whom he assists (R149). */
    private static final Set<Action> READING = EnumSet.of(
            Action.CHECK_STATUS,
            Action.SEARCH,
            Action.READ,
            Action.READ_TRACES,
            Action.READ_CONSENTS,
            Action.READ_TEAMS,
            Action.READ_RELATED,
            Action.READ_COMMUNICATIONS,
            Action.LIST_READERS);

    /** What does not need an open record. */
    private static final Set<Action> BESIDE = EnumSet.of(
            Action.CHECK_STATUS,
            Action.READ_TRACES,
            Action.READ_CONSENTS,
            Action.READ_TEAMS,
            Action.READ_RELATED,
            Action.READ_COMMUNICATIONS);

    private final RecordSteps steps;
    private final LegalCalendar calendar;
    private final Titles titles;
    private final Habilitations habilitations;
    private final Visibilities visibilities;
    private final Feeding feeding;
    private final RecordRights rights;
    private final ConversationRights conversations;

    HolderPolicy(HabilitationMatrix matrix, PolicySettings settings) {
        calendar = new LegalCalendar(settings);
        titles = new Titles(calendar);
        steps = new RecordSteps(settings, calendar, new Authorisations(settings));
        habilitations = new Habilitations(matrix, settings);
        visibilities = new Visibilities(settings, calendar);
        feeding = new Feeding(habilitations, visibilities, calendar);
        rights = new RecordRights(calendar);
        conversations = new ConversationRights(calendar);
    }

    /** The checks that {@link #decide} goes through before it looks at what exactly is asked. */
    List<Check> checks(AccessRequest request) {
        Action action = request.action();
        if (isNobodysOwn(action)) {
            return List.of();
        }
        var title = new Check(CheckPoint.TITLE, r -> Optional.of(title(r)));
        var identity = new Check(CheckPoint.IDENTITY, steps::identity);
        if (BESIDE.contains(action) || RecordLife.isChangedBy(action)) {
            return List.of(title, identity);
        }
        var open = new Check(CheckPoint.RECORD, steps::open);
        var activated = new Check(CheckPoint.ACTIVATION, this::notActivated);
        boolean looksAtIt = request.document().isPresent() && action != Action.DEPOSIT;
        return looksAtIt
                ? List.of(title, identity, open, activated, new Check(CheckPoint.LABELS, r -> Optional.of(showing(r))))
                : List.of(title, identity, open, activated);
    }

    private static boolean isNobodysOwn(Action action) {
        return action == Action.REGISTER_PATIENT
                || action == Action.EXPLAIN
                || action == Action.READ_OWN_TRACES
                || RecordRights.isOperators(action);
    }

    Decision decide(AccessRequest request) {
        if (request.action() == Action.EXPLAIN) {
            return say(request, Rule.R92_NOT_ENTITLED);
        }
        if (request.action() == Action.READ_OWN_TRACES) {
            return say(request, Rule.R91_NOT_HABILITATED);
        }
        if (request.action() == Action.REGISTER_PATIENT || RecordRights.isOperators(request.action())) {
            return say(request, Rule.R10_NOT_HABILITATED);
        }
        Rule title = title(request);
        Optional<Rule> refusal =
                Optional.of(title).filter(rule -> !rule.permits()).or(() -> steps.identity(request));
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (title == Rule.R149_CURATOR && !READING.contains(request.action())) {
            return say(request, Rule.R149_READS_ONLY);
        }
        return switch (request.action()) {
            case CHECK_STATUS -> status(request);
            case READ_TRACES, READ_RELATED -> traces(request, title);
            case READ_CONSENTS -> choices(request, title);
            case READ_TEAMS -> teams(request, title);
            case READ_COMMUNICATIONS -> communications(request, title);
            default -> RecordLife.isChangedBy(request.action()) ? rights.asHolder(request) : onRecord(request, title);
        };
    }

    /** R27, R119, R147–R149: himself; the representative of a minor; the guardian of an adult. */
    private Rule title(AccessRequest request) {
        Caller caller = request.caller();
        if (caller.kind() == CallerKind.HOLDER) {
            return ofHolder(request);
        }
        return request.patient()
                .map(patient -> titles.verdict(caller.subject(), patient, request.now()))
                .orElse(Rule.R147_NOT_REPRESENTATIVE);
    }

    /** R9, R27, R148: under any matricule of his, as long as he lives. */
    private static Rule ofHolder(AccessRequest request) {
        String subject = request.caller().subject();
        boolean himself = request.patient()
                .map(patient -> patient.isHolder(subject))
                .orElseGet(() -> request.context()
                        .patient()
                        .filter(ins -> ins.value().equals(subject))
                        .isPresent());
        if (!himself) {
            return Rule.R148_NOT_HOLDER;
        }
        boolean deceased = request.patient().filter(PatientFacts::deceased).isPresent();
        return deceased ? Rule.R27_DECEASED : Rule.R91_HOLDER;
    }

    private static Decision status(AccessRequest request) {
        return request.caller().kind() == CallerKind.HOLDER
                ? new Permit(List.of(Rule.R42_STATUS), Set.of())
                : say(request, Rule.R148_NOT_HOLDER);
    }

    /** R20, R91: one's traces stay readable when the record is closed. */
    private Decision traces(AccessRequest request, Rule title) {
        boolean record = request.patient()
                .filter(p -> calendar.stateOf(p, request.now()).isRecord())
                .isPresent();
        return record ? new Permit(List.of(title), Set.of()) : say(request, Rule.R13_NO_DMP);
    }

    /** R144: what was declared in a secret connection is not told to representatives. */
    private Decision choices(AccessRequest request, Rule title) {
        boolean secret = request.caller().kind() == CallerKind.REPRESENTATIVE
                && request.consent().filter(ConsentFacts::secret).isPresent();
        return secret ? hide(Rule.R144_SECRET_CONNECTION) : traces(request, title);
    }

    private Decision teams(AccessRequest request, Rule title) {
        Decision record = traces(request, title);
        return record.permitted() ? CircleRights.team(request, title) : record;
    }

    /** R20: what he was told stays readable when the record is closed. */
    private Decision communications(AccessRequest request, Rule title) {
        Decision record = traces(request, title);
        return record.permitted() ? CommunicationRights.reading(request, title) : record;
    }

    private Decision onRecord(AccessRequest request, Rule title) {
        boolean ofNobody = request.team().filter(team -> !team.ofOnePatient()).isPresent();
        if (CircleRights.isOfTeams(request.action()) && ofNobody) {
            return say(request, Rule.R43_NOT_ENTITLED);
        }
        Optional<Rule> refusal = steps.open(request).or(() -> notActivated(request));
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        return switch (request.action()) {
            case CREATE_CONSENT, END_CONSENT -> choice(request);
            case DEPOSIT -> deposit(request);
            case DECLARE_TEAM, CHANGE_TEAM, END_TEAM -> team(request);
            case REGISTER_RELATED, CHANGE_RELATED -> share(request, title);
            case START_CONVERSATION, ANSWER_MESSAGE, MARK_MESSAGE, CLOSE_CONVERSATION ->
                conversations.asHolder(request, title);
            case COPY_TO_HOLDER, COPY_TO_PHYSICIAN -> say(request, Rule.R169_NOT_DEPOSITOR);
            case KEEP_PREFERENCES -> new Permit(List.of(title), Set.of());
            default -> onDocument(request, title);
        };
    }

    /** R18: until he activated his space, he can neither mask, block nor oppose, and has neither profile nor messages. */
    private Optional<Rule> notActivated(AccessRequest request) {
        boolean needsActivation =
                switch (request.action()) {
                    case CREATE_CONSENT,
                            END_CONSENT,
                            DECLARE_TEAM,
                            CHANGE_TEAM,
                            END_TEAM,
                            MASK,
                            UNMASK,
                            SHOW_TO_REPRESENTATIVES,
                            KEEP_PREFERENCES -> true;
                    default -> ConversationRights.isOfMessages(request.action());
                };
        boolean activated = request.patient()
                .filter(p -> calendar.stateOf(p, request.now()) == RecordState.OPENED_ACTIVATED)
                .isPresent();
        return needsActivation && !activated ? Optional.of(Rule.R18_NOT_ACTIVATED) : Optional.empty();
    }

    private static Decision choice(AccessRequest request) {
        if (request.consent().isEmpty()) {
            return say(request, Rule.R37_INCOMPLETE_DECLARATION);
        }
        if (request.caller().kind() != CallerKind.HOLDER) {
            return answer(
                    request, ConsentRights.asRepresentative(request.consent().get()));
        }
        Rule verdict = request.action() == Action.END_CONSENT
                ? Rule.R91_HOLDER_CHOICE
                : ConsentRights.creatingAsHolder(
                        request.patient().orElseThrow(), request.consent().get());
        return answer(request, verdict);
    }

    /** R43, R91: whom he recognises as his team is the holder's own word. */
    private static Decision team(AccessRequest request) {
        return request.caller().kind() == CallerKind.HOLDER
                ? CircleRights.team(request, Rule.R43_NOT_ENTITLED)
                : say(request, Rule.R91_HOLDER_ONLY);
    }

    /** R147: the child's main insured person shares; the holder himself registers nobody. */
    private static Decision share(AccessRequest request, Rule title) {
        return request.caller().kind() == CallerKind.HOLDER
                ? say(request, Rule.R147_NOT_ENTITLED)
                : CircleRights.related(request, title);
    }

    /** R135: the holder's own documents come from him alone. */
    private Decision deposit(AccessRequest request) {
        if (request.caller().kind() != CallerKind.HOLDER) {
            return say(request, Rule.R135_NOT_HABILITATED);
        }
        Optional<Rule> refusal = request.document().flatMap(document -> Feeding.foreign(request, document)
                .or(() -> habilitations.holderFeeding(document))
                .or(() -> hiddenFromHimself(document))
                .or(() -> feeding.labels(request, document)));
        return answer(request, refusal.orElse(Rule.R135_HOLDER_DOCUMENT));
    }

    /** R116: only what a professional has to announce is hidden from the holder. */
    private static Optional<Rule> hiddenFromHimself(DocumentFacts document) {
        return document.is(Visibility.INVISIBLE_PATIENT) ? Optional.of(Rule.R116_TRANSITION_REFUSED) : Optional.empty();
    }

    private Decision onDocument(AccessRequest request, Rule title) {
        if (request.document().isEmpty()) {
            return new Permit(List.of(title), Set.of());
        }
        Rule visible = showing(request);
        if (!visible.permits()) {
            return hide(visible);
        }
        return switch (request.action()) {
            case SEARCH, READ, LIST_READERS, EXPORT_RECORD -> new Permit(List.of(title, visible), Set.of());
            default -> answer(request, changing(request, request.document().get()));
        };
    }

    /** The rule that shows the document of the request to the holder's side, or hides it. */
    private Rule showing(AccessRequest request) {
        DocumentFacts document = request.document().orElseThrow();
        return Visibilities.absence(request, document)
                .orElseGet(() -> visibilities.toOwnSide(request.caller().kind(), document, request.now()));
    }

    private static Rule changing(AccessRequest request, DocumentFacts document) {
        boolean own = Authorship.isHoldersOwn(request, document);
        return switch (request.action()) {
            case MASK, UNMASK -> Rule.R104_HOLDER_MASKS;
            case REPLACE -> ActionRights.replacing(own, document);
            case DELETE, ARCHIVE -> own ? Rule.R136_OWN_DOCUMENT : Rule.R136_NOT_AUTHOR;
            case SHOW_TO_HOLDER -> Rule.R112_NOT_AUTHOR;
            case HIDE_FROM_HOLDER -> Rule.R116_TRANSITION_REFUSED;
            case HIDE_FROM_REPRESENTATIVES -> Rule.R115_TRANSITION_REFUSED;
            case SHOW_TO_REPRESENTATIVES ->
                request.caller().kind() == CallerKind.HOLDER ? Rule.R115_SHOWN : Rule.R115_NOT_AUTHOR;
            default -> throw new IllegalArgumentException("changes no document");
        };
    }

    private static Decision answer(AccessRequest request, Rule verdict) {
        return verdict.permits() ? new Permit(List.of(verdict), Set.of()) : say(request, verdict);
    }
}
