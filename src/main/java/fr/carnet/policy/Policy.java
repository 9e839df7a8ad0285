package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Permit;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The policy: who may do what, and why not.
 *
 * <p>Pure and total: every request has an answer, the same one for the same facts. The checks run in the published order
 * (rules.md §0) and stop at the first refusal; what no rule permits is refused. Immutable and thread-safe.
 */
public final class Policy {

    private final HabilitationMatrix matrix;
    private final PolicySettings settings;
    private final LegalCalendar calendar;
    private final Authorisations authorisations;
    private final ProfessionalPolicy professionals;
    private final HolderPolicy holders;
    private final RecordRights rights;
    private final RecordSteps steps;
    private final CircleRights circle;
    private final NoticeRights notices;

    /**
     * @param matrix the whole matrix; its columns of functions count only with role-based access (R35)
     * @param settings switches and parameters
     */
    public Policy(HabilitationMatrix matrix, PolicySettings settings) {
        Objects.requireNonNull(matrix);
        this.settings = Objects.requireNonNull(settings);
        this.matrix = settings.roleBasedAccess() ? matrix : matrix.withoutFunctions();
        calendar = new LegalCalendar(settings);
        authorisations = new Authorisations(settings);
        professionals = new ProfessionalPolicy(this.matrix, settings);
        holders = new HolderPolicy(this.matrix, settings);
        rights = new RecordRights(calendar);
        steps = new RecordSteps(settings, calendar, authorisations);
        circle = new CircleRights(steps);
        notices = new NoticeRights(calendar);
    }

    /** Answers one question. */
    public Decision decide(AccessRequest request) {
        if (request.action() == Action.EXPLAIN && settings.openExplanations()) {
            return new Permit(List.of(Rule.R92_EXPLAINED), Set.of());
        }
        return switch (request.caller().kind()) {
            case PROFESSIONAL, SYSTEM -> professionals.decide(request);
            case HOLDER, REPRESENTATIVE -> holders.decide(request);
            case OPERATOR -> operate(request);
            case AUDITOR -> audit(request);
        };
    }

    /** The decision and the checks that led to it, in the published order (rules.md §0). */
    public Explanation explain(AccessRequest request) {
        List<Check> checks =
                switch (request.caller().kind()) {
                    case PROFESSIONAL, SYSTEM -> professionals.checks(request);
                    case HOLDER, REPRESENTATIVE -> holders.checks(request);
                    case OPERATOR, AUDITOR -> List.of();
                };
        return Explanation.of(decide(request), checks, professionals.asSeen(request));
    }

    /** Who could read a document at an instant (R91). */
    public Readership readership(PatientFacts patient, DocumentFacts document, Instant now) {
        return new Readers(this, patient, document, now).all();
    }

    /** Where a professional stands with a record, as TD0.2 tells it (R42, R44); {@code NONE} for all other callers. */
    public AuthorisationStatus authorisationStatus(Caller caller, PatientFacts patient, Instant now) {
        return authorisations.status(caller, patient, now);
    }

    /**
     * Where one declaration stands at an instant, as the holder is told it (R40, R42, R43, R44).
     *
     * @param patient facts with the teams of the professional whom it concerns
     */
    public AuthorisationStatus authorisationStatus(
            PatientFacts.Authorisation declared, PatientFacts patient, Instant now) {
        return authorisations.status(declared, patient, now);
    }

    /** State of a record at an instant: the stored state and the six weeks that run without anybody's doing (R12). */
    public RecordState stateOf(PatientFacts patient, Instant now) {
        return calendar.stateOf(patient, now);
    }

    /**
     * Whether somebody acts for a patient in law at an instant, by title, dates and age (R119, R147, R149); a curator assists
     * him and does not act for him.
     *
     * @param localId subject of his tokens
     */
    public boolean isRepresentedBy(String localId, PatientFacts patient, Instant now) {
        Rule verdict = new Titles(calendar).verdict(localId, patient, now);
        return verdict.permits() && verdict != Rule.R149_CURATOR;
    }

    /** How far the announcement of a document has come at an instant (R111–R114): it runs without anybody's doing. */
    public Announcement announcement(DocumentFacts document, Instant now) {
        return calendar.announcement(document, now);
    }

    /** No document that was deposited from then on is late for its announcement (R113). */
    public Instant lateBefore(Instant now) {
        return calendar.lateBefore(now);
    }

    /** R96, R113, R114: a notice of one of his documents may be owed to the holder; what he is told is decided when it leaves. */
    public boolean owesNotice(PatientFacts patient, Instant now) {
        return notices.isOwed(patient, now);
    }

    /**
     * R96, R99, R112: the holder may be told now of a document, since he sees it and nobody reads it from whom it is hidden.
     *
     * @param ownAddress he has an address that nobody else reads
     */
    public boolean mayTellOfDocument(PatientFacts patient, DocumentFacts document, boolean ownAddress, Instant now) {
        return notices.ofDocument(patient, document, ownAddress, now);
    }

    /**
     * R99, R113: the holder may be invited now to see a professional, since a document awaits its announcement.
     *
     * @param ownAddress as in {@link #mayTellOfDocument}
     */
    public boolean mayInvite(PatientFacts patient, DocumentFacts document, boolean ownAddress, Instant now) {
        return notices.invitation(patient, document, ownAddress, now);
    }

    /** R11: a person may be told now that a space will be opened. */
    public boolean mayTellOfOpening(PatientFacts patient, Instant now) {
        return notices.beforeOpening(patient, now);
    }

    /** R57, R96: the holder may be told now of an access to his record. */
    public boolean mayTellOfAccess(PatientFacts patient, Instant now) {
        return notices.ofAccess(patient, now);
    }

    /** R165: the holder may be told now that a message waits for him. */
    public boolean mayTellOfMessage(PatientFacts patient, Instant now) {
        return notices.ofMessage(patient, now);
    }

    /** R12, R22, R23, R26: the holder may be told now what became of his record. */
    public boolean mayTellOfRecord(PatientFacts patient) {
        return notices.ofRecord(patient);
    }

    /** R57: the treating physician may be told now of an access in an emergency. */
    public boolean mayTellTreatingPhysician(PatientFacts patient, Instant now) {
        return notices.toTreatingPhysician(patient, now);
    }

    /** The matrix in service. */
    public HabilitationMatrix matrix() {
        return matrix;
    }

    /** Switches and parameters. */
    public PolicySettings settings() {
        return settings;
    }

    /** The operator keeps the records and never sees their content. */
    private Decision operate(AccessRequest request) {
        if (RecordLife.isChangedBy(request.action())) {
            return steps.identity(request)
                    .<Decision>map(rule -> say(request, rule))
                    .orElseGet(() -> rights.asOperator(request));
        }
        return switch (request.action()) {
            case REGISTER_PATIENT -> new Permit(List.of(Rule.R10_OPERATOR), Set.of());
            case CHECK_STATUS -> new Permit(List.of(Rule.R42_STATUS), Set.of());
            case DECLARE_TEAM, CHANGE_TEAM, END_TEAM, READ_TEAMS, REGISTER_RELATED, CHANGE_RELATED, READ_RELATED ->
                circle.asOperator(request);
            case KEEP_PREFERENCES -> keepAddress(request);
            case EXPLAIN -> new Permit(List.of(Rule.R92_EXPLAINED), Set.of());
            default -> outsider(request);
        };
    }

    /** R11, R97: he writes down where the person is told, as long as there is something to tell. */
    private Decision keepAddress(AccessRequest request) {
        Optional<Rule> refusal = steps.identity(request)
                .or(() -> request.patient().isEmpty() ? Optional.of(Rule.R13_NO_DMP) : Optional.empty());
        return refusal.<Decision>map(rule -> say(request, rule))
                .orElseGet(() -> new Permit(List.of(Rule.R97_ADDRESS), Set.of()));
    }

    private static Decision audit(AccessRequest request) {
        return switch (request.action()) {
            case READ_TRACES -> new Permit(List.of(Rule.R90_AUDITOR), Set.of());
            case EXPLAIN -> new Permit(List.of(Rule.R92_EXPLAINED), Set.of());
            default -> outsider(request);
        };
    }

    /** No column of the matrix, no consent of his, no trace to read. */
    private static Decision outsider(AccessRequest request) {
        if (RecordLife.isChangedBy(request.action())) {
            return say(request, RecordRights.refusal(request));
        }
        return switch (request.action()) {
            case READ_TRACES, READ_OWN_TRACES -> say(request, Rule.R91_NOT_HABILITATED);
            case READ_COMMUNICATIONS -> CommunicationRights.ofNobody(request);
            case KEEP_PREFERENCES -> say(request, Rule.R97_NOT_ENTITLED);
            case LIST_READERS -> say(request, Rule.R91_NOT_HOLDER);
            case EXPORT_RECORD -> say(request, Rule.R91_COPY_RESERVED);
            case REGISTER_PATIENT -> say(request, Rule.R10_NOT_HABILITATED);
            case CREATE_CONSENT, END_CONSENT -> say(request, Rule.R36_NOT_HABILITATED);
            case READ_CONSENTS -> say(request, Rule.R91_CHOICES_RESERVED);
            case DECLARE_TEAM, CHANGE_TEAM, END_TEAM, READ_TEAMS -> say(request, Rule.R43_NOT_ENTITLED);
            case START_CONVERSATION -> say(request, Rule.R161_NOT_ENTITLED);
            case ANSWER_MESSAGE, MARK_MESSAGE, CLOSE_CONVERSATION -> say(request, Rule.R163_NOT_ENTITLED);
            case COPY_TO_HOLDER, COPY_TO_PHYSICIAN -> say(request, Rule.R169_NOT_DEPOSITOR);
            case REGISTER_RELATED, CHANGE_RELATED, READ_RELATED -> say(request, Rule.R147_NOT_ENTITLED);
            default -> say(request, Rule.R28_NOT_HABILITATED);
        };
    }
}
