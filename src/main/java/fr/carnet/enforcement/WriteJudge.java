package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.Way;
import fr.carnet.dmp.ConsentResources;
import fr.carnet.dmp.RecordRequest;
import fr.carnet.dmp.RelatedResources;
import fr.carnet.dmp.SystemWrite;
import fr.carnet.dmp.TeamResources;
import fr.carnet.document.DocumentResources;
import fr.carnet.messaging.copy.Copies;
import fr.carnet.messaging.copy.Copy;
import fr.carnet.policy.Action;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.Policy;
import fr.carnet.policy.Rule;
import fr.carnet.policy.TeamFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Visibility;
import fr.carnet.trace.TraceLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/**
 * The last look before storage: decides on the facts before and after, whatever code led here, and ties the trace to the
 * transaction. Registered on the store's interceptor service, so that no write passes it by.
 */
@Interceptor
final class WriteJudge {

    private static final String ROOM = "judge-writes";

    private final Policy policy;
    private final Notary notary;
    private final Copies copies;

    WriteJudge(Policy policy, Notary notary, Copies copies) {
        this.policy = policy;
        this.notary = notary;
        this.copies = copies;
    }

    /** Judges a new resource. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void create(IBaseResource resource, RequestDetails request) {
        if (!SystemWrite.marks(request)) {
            var http = ((ServletRequestDetails) request).getServletRequest();
            Way.within(http, ROOM, () -> judgeNew(resource, request));
        }
    }

    private void judgeNew(IBaseResource resource, RequestDetails request) {
        Court court = court(request);
        if (resource instanceof DocumentReference document) {
            court.require(
                    court.decide(Action.DEPOSIT, DocumentResources.factsOf(document)),
                    document.getIdElement().getIdPart());
        } else if (resource instanceof ListResource) {
            court.require(court.decide(Action.DEPOSIT));
        } else if (resource instanceof Consent consent) {
            court.require(court.decide(Action.CREATE_CONSENT, ConsentResources.factsOf(consent)));
        } else if (resource instanceof CareTeam team) {
            court.require(court.decide(Action.DECLARE_TEAM, declared(team, request)));
        } else if (resource instanceof RelatedPerson person) {
            court.require(court.decide(Action.REGISTER_RELATED, RelatedResources.declared(person)));
        } else if (resource instanceof Patient) {
            court.require(court.decide(Action.REGISTER_PATIENT));
        } else {
            throw Refused.absent();
        }
        notary.attestWithTransaction((ServletRequestDetails) request);
    }

    /** Judges a change. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void update(IBaseResource before, IBaseResource after, RequestDetails request) {
        if (!SystemWrite.marks(request)) {
            var http = ((ServletRequestDetails) request).getServletRequest();
            Way.within(http, ROOM, () -> judgeChange(before, after, request));
        }
    }

    private void judgeChange(IBaseResource before, IBaseResource after, RequestDetails request) {
        Court court = court(request);
        if (after instanceof DocumentReference document) {
            DocumentFacts old = DocumentResources.factsOf((DocumentReference) before);
            Instant now = Judgement.of(request.getUserData()).now();
            List<Action> actions = actions(old, DocumentResources.factsOf(document), now);
            tell(actions, request);
            actions.forEach(action -> court.require(
                    court.decide(action, old), document.getIdElement().getIdPart()));
        } else if (after instanceof ListResource list) {
            relisted((ListResource) before, list, court, request);
        } else if (after instanceof Consent) {
            court.require(court.decide(Action.END_CONSENT, ConsentResources.factsOf((Consent) before)));
        } else if (after instanceof CareTeam team) {
            changed(TeamResources.factsOf((CareTeam) before), team, court, request);
        } else if (after instanceof RelatedPerson) {
            court.require(court.decide(Action.CHANGE_RELATED, RelatedResources.factsOf((RelatedPerson) before)));
        } else if (after instanceof Patient) {
            Action action = RecordRequest.actionOf(
                            request.getUserData(),
                            Judgement.of(request.getUserData()).caller())
                    .orElse(Action.REGISTER_PATIENT);
            court.require(RecordCases.unlessInformed(court.decide(action), request.getUserData()));
        } else {
            throw Refused.absent();
        }
        notary.attestWithTransaction((ServletRequestDetails) request);
    }

    /** What a patch does is known only now: the trace tells that, and not that the document was read. */
    private static void tell(List<Action> actions, RequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.PATCH) {
            actions.stream().findFirst().ifPresent(RequestNotes.of(request.getUserData())::asks);
        }
    }

    /**
     * A lot updates folders of its sender. Besides, documents leave their lots and folders by their deletion alone, which was
     * judged before, document by document.
     */
    private static void relisted(ListResource before, ListResource after, Court court, RequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION) {
            court.require(court.decide(Action.REPLACE, DocumentResources.factsOf(before)));
            return;
        }
        boolean deletes = RequestNotes.of(request.getUserData())
                .action()
                .filter(Action.DELETE::equals)
                .isPresent();
        if (!deletes || !DocumentResources.isUnlisted(before, after)) {
            throw Refused.absent();
        }
    }

    private static void changed(TeamFacts before, CareTeam after, Court court, RequestDetails request) {
        if (!TeamResources.isActive(after)) {
            court.require(court.decide(Action.END_TEAM, before));
            return;
        }
        court.require(court.decide(Action.CHANGE_TEAM, before));
        court.require(court.decide(Action.DECLARE_TEAM, declared(after, request)));
    }

    private static TeamFacts declared(CareTeam team, RequestDetails request) {
        return TeamResources.declared(team, Judgement.of(request.getUserData()).caller());
    }

    /** Notes what was stored, once it has its version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource, RequestDetails request) {
        note((Resource) resource, request);
        if (resource instanceof DocumentReference document) {
            order(document, request);
        } else if (resource instanceof Consent consent && isForHimself(consent, request)) {
            RequestNotes.of(request.getUserData())
                    .declares(consent.getIdElement().getIdPart());
        }
    }

    private static boolean isForHimself(Consent consent, RequestDetails request) {
        if (SystemWrite.marks(request)) {
            return false;
        }
        Caller caller = Judgement.of(request.getUserData()).caller();
        return caller.isProfessional()
                && ConsentResources.factsOf(consent).concerned().equals(Optional.of(caller.subject()));
    }

    /** Copies are owed by the transaction that stores their document, and by no other: a lot sent again orders none (R124). */
    private void order(DocumentReference document, RequestDetails request) {
        var recipients = OrderedCopies.of(request.getUserData()).recipients();
        if (recipients.isEmpty()) {
            return;
        }
        Judgement judgement = Judgement.of(request.getUserData());
        String url = document.getContentFirstRep().getAttachment().getUrl();
        var copy = new Copy(
                document.getIdElement().getIdPart(),
                url.substring(url.lastIndexOf('/') + 1),
                judgement.context().secretConnection(),
                judgement.caller());
        String patient = judgement.patient().orElseThrow().id();
        recipients.forEach(recipient -> copies.owe(recipient, patient, copy, judgement.now()));
    }

    /** Notes what was changed, once it has its version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
        note((Resource) after, request);
    }

    private static void note(Resource resource, RequestDetails request) {
        if (SystemWrite.marks(request)) {
            return;
        }
        Optional<String> hash = resource instanceof DocumentReference document
                ? Optional.ofNullable(document.getContentFirstRep()
                        .getAttachment()
                        .getHashElement()
                        .getValueAsString())
                : Optional.empty();
        RequestNotes.of(request.getUserData())
                .add(new TraceLine(
                        resource.fhirType() + "/" + resource.getIdElement().getIdPart(),
                        Optional.of(Integer.parseInt(resource.getIdElement().getVersionIdPart())),
                        hash,
                        TraceLine.Effect.WRITTEN));
    }

    private Court court(RequestDetails request) {
        return Court.of(request.getUserData(), policy);
    }

    /** What a change amounts to. */
    private List<Action> actions(DocumentFacts old, DocumentFacts now, Instant at) {
        List<Action> actions = new ArrayList<>();
        if (now.deleted() && !old.deleted()) {
            return List.of(Action.DELETE);
        }
        if (old.current() && !now.current()) {
            actions.add(Action.REPLACE);
        }
        if (old.archived() != now.archived()) {
            actions.add(Action.ARCHIVE);
        }
        label(actions, old, now, Visibility.MASQUE_PS, Action.MASK, Action.UNMASK);
        label(actions, old, now, Visibility.INVISIBLE_PATIENT, Action.HIDE_FROM_HOLDER, Action.SHOW_TO_HOLDER);
        label(
                actions,
                old,
                now,
                Visibility.INVISIBLE_REPRESENTANTS_LEGAUX,
                Action.HIDE_FROM_REPRESENTATIVES,
                Action.SHOW_TO_REPRESENTATIVES);
        // after the month the label hides nothing any more, whether the job has taken it away yet or not (R114)
        boolean both =
                now.is(Visibility.MASQUE_PS) && policy.announcement(now, at).hides();
        if (both && !policy.settings().cumulInvisiblePatientMasquePs()) {
            throw Rule.R102_LABELS_EXCLUSIVE.refusal();
        }
        return actions;
    }

    private static void label(
            List<Action> actions, DocumentFacts old, DocumentFacts now, Visibility label, Action set, Action lift) {
        if (old.is(label) != now.is(label)) {
            actions.add(now.is(label) ? set : lift);
        }
    }
}
