package fr.carnet.trace;

import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.trace.AuditCodes.EntityRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * A trace as an R4 {@code AuditEvent} in the manner of IHE BALP and of the audit messages of MHD.
 *
 * <p>The audit profile of its kind is claimed where the event, as it is shown, keeps it ({@link AuditProfile}).
 */
final class AuditEvents {

    private final AuditAgents agents;

    AuditEvents(String base, Function<ActorCode, Optional<String>> professions) {
        this.agents = new AuditAgents(base, professions);
    }

    /**
     * @param entry as its viewer may see it ({@link ShownTraces})
     * @param titles of what its lines name, by reference
     */
    AuditEvent of(TraceEntry entry, Map<String, String> titles) {
        AuditEvent event = new AuditEvent();
        event.setId(entry.id().toString());
        event.setRecordedElement(recorded(entry.recordedAt()));
        setKind(event, entry.request());
        setOutcome(event, entry.verdict());
        entry.circumstances()
                .mode()
                .filter(AccessMode::isEmergency)
                .ifPresent(mode -> event.addPurposeOfEvent(AuditAgents.purpose(entry.circumstances(), mode)));
        agents.of(entry).forEach(event::addAgent);
        event.getSource()
                .setObserver(agents.server())
                .addType(new Coding(
                        "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server"));
        if (entry.request().isTokenIssue()) {
            event.addEntity(query(entry.request()));
        } else if (entry.request().isDecision()) {
            entry.patient().ifPresent(patient -> event.addEntity(patient(patient, entry)));
            entry.verdict().consent().ifPresent(id -> event.addEntity(consent(id)));
        } else {
            addEntities(event, entry, titles);
        }
        AuditProfile.of(entry).ifPresent(event.getMeta()::addProfile);
        return event;
    }

    private static void addEntities(AuditEvent event, TraceEntry entry, Map<String, String> titles) {
        entry.patient().ifPresent(patient -> event.addEntity(patient(patient, entry)));
        entry.verdict().consent().ifPresent(id -> event.addEntity(consent(id)));
        Optional<TraceLine> subject = subject(entry);
        entry.lines()
                .forEach(line ->
                        event.addEntity(data(line, subject.filter(line::equals).isPresent(), entry.request(), titles)));
        if (isOfThePatientItself(entry)) {
            entry.patient().ifPresent(patient -> event.addEntity(patientResource(patient)));
        }
        if (entry.request().isSearch()) {
            event.addEntity(query(entry.request()));
        }
        event.addEntity(correlation(entry.request()));
    }

    private static InstantType recorded(Instant at) {
        InstantType recorded = new InstantType(Date.from(at));
        recorded.setTimeZoneZulu(true);
        return recorded;
    }

    private static void setKind(AuditEvent event, TracedRequest request) {
        event.setType(type(request));
        event.setAction(AuditEventAction.fromCode(
                request.interaction().map(Interaction::action).orElse("E")));
        request.interaction().map(AuditCodes::interaction).ifPresent(event::addSubtype);
        request.transaction()
                .filter(name -> name.startsWith("ITI-"))
                .map(AuditCodes::transaction)
                .ifPresent(event::addSubtype);
        if (request.isDecision()) {
            event.addSubtype(AuditCodes.byConsent());
        }
        // a logical deletion is a PATCH: only the action tells it from masking or archiving
        request.action().map(AuditCodes::action).ifPresent(event::addSubtype);
    }

    private static Coding type(TracedRequest request) {
        if (request.isSubmission()) {
            return AuditCodes.imported();
        }
        if (request.isTokenIssue()) {
            return AuditCodes.authentication();
        }
        return request.isDecision() ? AuditCodes.decision() : AuditCodes.rest();
    }

    private static void setOutcome(AuditEvent event, Verdict verdict) {
        event.setOutcome(AuditEventOutcome.fromCode(AuditCodes.outcome(verdict.outcome())));
        if (verdict.outcome() != Verdict.Outcome.PERMITTED) {
            verdict.rule().map(AuditEvents::text).ifPresent(event::setOutcomeDesc);
        }
    }

    private static AuditEventEntityComponent patient(String patient, TraceEntry entry) {
        Verdict verdict = entry.verdict();
        var entity = entity(AuditCodes.person(), EntityRole.PATIENT).setWhat(new Reference("Patient/" + patient));
        verdict.rule().ifPresent(rule -> addDetail(entity, "rule", text(rule)));
        addDetail(entity, "policy-version", verdict.policyVersion());
        verdict.resultCount().ifPresent(count -> addDetail(entity, "result-count", count.toString()));
        if (entry.discloses()) {
            addDetail(entity, "delivery", entry.delivered() ? "complete" : "unconfirmed");
        }
        verdict.tolerances().forEach(name -> addDetail(entity, "tolerance", name));
        return entity;
    }

    /** As BALP names the Consent that decided. */
    private static AuditEventEntityComponent consent(String id) {
        return new AuditEventEntityComponent()
                .setType(AuditCodes.resource("Consent"))
                .setWhat(new Reference("Consent/" + id));
    }

    private static String text(Verdict.RuleRef rule) {
        return rule.id() + "." + rule.slug();
    }

    /**
     * The one thing that the request was about: BALP and MHD let only one entity be a "System Object"; whatever else was
     * disclosed or written is typed as the resource that it is. Of a search, the query is that thing; of ITI-65, the lot.
     */
    private static Optional<TraceLine> subject(TraceEntry entry) {
        boolean submission = entry.request().isSubmission();
        return entry.lines().stream()
                .filter(line -> !entry.request().isSearch())
                .filter(line -> !submission || line.isList())
                .findFirst();
    }

    private static AuditEventEntityComponent data(
            TraceLine line, boolean isSubject, TracedRequest request, Map<String, String> titles) {
        boolean content =
                request.transaction().filter(AuditCodes.RETRIEVE::equals).isPresent();
        boolean lot = isSubject && request.isSubmission();
        EntityRole role = content ? EntityRole.REPORT : lot ? EntityRole.JOB : EntityRole.DOMAIN_RESOURCE;
        var entity = entity(isSubject ? AuditCodes.systemObject() : AuditCodes.resource(line.type()), role);
        boolean written = line.effect() == TraceLine.Effect.WRITTEN;
        String version =
                written ? line.version().map(number -> "/_history/" + number).orElse("") : "";
        entity.setWhat(new Reference(line.ref() + version));
        String title = titles.getOrDefault(line.ref(), "");
        if (!title.isEmpty()) {
            entity.setName(title);
        }
        addDetail(entity, "effect", line.effect().name());
        return entity;
    }

    private static boolean isOfThePatientItself(TraceEntry entry) {
        return entry.lines().isEmpty()
                && !entry.request().isSearch()
                && entry.request().resourceType().filter("Patient"::equals).isPresent();
    }

    private static AuditEventEntityComponent patientResource(String patient) {
        return entity(AuditCodes.systemObject(), EntityRole.DOMAIN_RESOURCE)
                .setWhat(new Reference("Patient/" + patient));
    }

    /** Without the text of the query, when its viewer may not have it, the type alone tells what was searched. */
    private static AuditEventEntityComponent query(TracedRequest request) {
        var entity = entity(AuditCodes.systemObject(), EntityRole.QUERY);
        request.resourceType().ifPresent(entity::setDescription);
        request.query().ifPresent(query -> entity.setQuery(query.getBytes(StandardCharsets.UTF_8)));
        return entity;
    }

    private static AuditEventEntityComponent correlation(TracedRequest request) {
        var entity = new AuditEventEntityComponent().setType(AuditCodes.correlation());
        entity.getWhat().getIdentifier().setValue(request.correlationId());
        return entity;
    }

    private static AuditEventEntityComponent entity(Coding type, EntityRole role) {
        return new AuditEventEntityComponent().setType(type).setRole(AuditCodes.role(role));
    }

    private static void addDetail(AuditEventEntityComponent entity, String type, String value) {
        entity.addDetail().setType(type).setValue(new StringType(value));
    }
}
