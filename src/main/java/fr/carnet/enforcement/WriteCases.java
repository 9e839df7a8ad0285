package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.dmp.ConsentResources;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.Registry;
import fr.carnet.document.iti65.DryRun;
import fr.carnet.document.iti65.Intake;
import fr.carnet.document.iti65.PreparedDocument;
import fr.carnet.document.iti65.PreparedSubmission;
import fr.carnet.document.iti65.Received;
import fr.carnet.document.iti65.RegisteredIdentity;
import fr.carnet.document.update.MetadataUpdateProvider;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Disclosure;
import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.IdentifierToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;

/** Writes before the judge; each resource is judged again when it is about to be stored. */
final class WriteCases {

    private final Patients patients;
    private final PatientRecords records;
    private final ConsentResources consents;
    private final Registry registry;
    private final Intake intake;

    WriteCases(Patients patients, PatientRecords records, ConsentResources consents, Registry registry, Intake intake) {
        this.patients = patients;
        this.records = records;
        this.consents = consents;
        this.registry = registry;
        this.intake = intake;
    }

    /** Operator: registers a patient, known or not. */
    Verdict registration(Hearing hearing) {
        hearing.asks(Action.REGISTER_PATIENT);
        Court court = hearing.court(Optional.empty());
        return new Verdict(Optional.empty(), court.require(court.decide(Action.REGISTER_PATIENT)));
    }

    /** TD0.3 and the holder's choices. */
    Verdict consent(Hearing hearing, RestOperationTypeEnum operation) {
        boolean creates = operation == RestOperationTypeEnum.CREATE;
        Action action = creates ? Action.CREATE_CONSENT : Action.END_CONSENT;
        hearing.asks(action);
        Consent consent = creates
                ? hearing.body(Consent.class)
                : consents.byId(hearing.request().getId().getIdPart()).orElseThrow(Refused::absent);
        Optional<PatientFacts> patient = patients.referred(consent.getPatient(), hearing);
        ConsentFacts facts = creates ? consents.declared(consent, hearing.now()) : ConsentResources.factsOf(consent);
        Court court = hearing.court(patient);
        Decision decision = court.decide(action, facts);
        // whoever may not end a consent does not learn whether it exists, unless his token names the patient
        if (!creates && decision instanceof Deny && hearing.context().patient().isEmpty()) {
            throw Refused.absent();
        }
        return new Verdict(patient, court.require(decision));
    }

    /**
     * Metadata update: what it does is only known once the patch is applied, so here only whether the document exists for
     * the caller at all: because he may read it, or because it is his.
     */
    Verdict metadataUpdate(Hearing hearing) {
        hearing.asks(Action.READ);
        boolean named = hearing.context().patient().isPresent();
        Optional<PatientFacts> ofToken = patients.ofToken(hearing);
        Optional<Deny> refusal = named ? refusal(hearing, ofToken) : Optional.empty();
        List<Target> known = documents(hearing.request(), ofToken).entrySet().stream()
                .flatMap(document -> {
                    Optional<PatientFacts> patient =
                            named ? ofToken : patients.byId(document.getValue().patient(), hearing);
                    return permit(hearing.court(patient), document.getValue())
                            .map(permit -> new Target(document.getKey(), new Verdict(patient, permit)))
                            .stream();
                })
                .toList();
        if (known.size() > 1) {
            throw Fault.of(412, "identifier-ambiguous");
        }
        Target target = known.stream().findFirst().orElseThrow(() -> answer(hearing, refusal));
        MetadataUpdateProvider.leave(target.id(), hearing.request());
        return target.verdict();
    }

    /** A document that the caller may know of. */
    private record Target(String id, Verdict verdict) {}

    private static Optional<Permit> permit(Court court, DocumentFacts document) {
        return List.of(Action.READ, Action.DELETE).stream()
                .map(action -> court.decide(action, document))
                .filter(Permit.class::isInstance)
                .map(Permit.class::cast)
                .findFirst();
    }

    private static Optional<Deny> refusal(Hearing hearing, Optional<PatientFacts> patient) {
        return hearing.court(patient).decide(Action.READ) instanceof Deny deny && deny.disclosure() == Disclosure.SAY
                ? Optional.of(deny)
                : Optional.empty();
    }

    private static Fault answer(Hearing hearing, Optional<Deny> refusal) {
        refusal.ifPresent(
                deny -> RequestNotes.of(hearing.request().getUserData()).refusedBy(deny.reason()));
        return refusal.map(Refused::by).orElseGet(Refused::absent);
    }

    /** Of another patient than that of the token none is known (R82). */
    private Map<String, DocumentFacts> documents(ServletRequestDetails request, Optional<PatientFacts> ofToken) {
        if (request.getId() != null) {
            return registry.facts(Set.of(request.getId().getIdPart()));
        }
        var identifier =
                IdentifierToken.of("identifier", request.getParameters().get("identifier"));
        return registry.byIdentifier(identifier.system(), identifier.value(), ofToken.map(PatientFacts::id));
    }

    /** ITI-65. */
    Verdict submission(Hearing hearing) {
        hearing.asks(Action.DEPOSIT);
        return deposit(hearing, intake.read(hearing.body(Bundle.class), prefer(hearing)));
    }

    private static String prefer(Hearing hearing) {
        return hearing.request().getHeader("Prefer");
    }

    /** ITI-105: what is wrong is told of the DocumentReference that was sent, not of the lot that is made of it. */
    Verdict simplifiedPublish(Hearing hearing) {
        hearing.asks(Action.DEPOSIT);
        try {
            return deposit(hearing, intake.read(hearing.body(DocumentReference.class), hearing.now(), prefer(hearing)));
        } catch (Fault ofLot) {
            throw new Fault(
                    ofLot.status(),
                    ofLot.issues().stream().map(Intake::ofPublished).distinct().toList());
        }
    }

    /**
     * {@code $validate}: the way of a submission or declaration, and whatever it meets is the answer. Nothing follows from it:
     * nobody is told of a deposit that is none.
     *
     * @param declared judges it as if it were one
     * @return empty when it would be refused
     */
    Optional<Verdict> dryRun(Hearing hearing, Supplier<Verdict> declared) {
        hearing.require(hearing.request().getResourceName());
        var userData = hearing.request().getUserData();
        List<Issue> dropped = BodySyntax.of(hearing.request());
        try {
            Verdict verdict = declared.get();
            new DryRun(dropped, dropped.isEmpty()).storeIn(userData);
            return Optional.of(verdict).filter(accepted -> dropped.isEmpty());
        } catch (Fault refused) {
            new DryRun(
                            Stream.concat(dropped.stream(), refused.issues().stream())
                                    .toList(),
                            false)
                    .storeIn(userData);
            return Optional.empty();
        } finally {
            RequestNotes.of(userData).owesNothing();
        }
    }

    /** Record, shape, identity, then every document, replacement and folder, all before anything is stored. */
    private Verdict deposit(Hearing hearing, Received received) {
        List<Issue> issues = new ArrayList<>(received.issues());
        Set<Optional<PatientFacts>> named = named(received, hearing, issues);
        Optional<PatientFacts> patient = named.size() == 1 ? named.iterator().next() : Optional.empty();
        Court court = hearing.court(patient);
        Decision record = court.decide(Action.DEPOSIT);
        if (named.size() > 1 && !errors(issues)) {
            issues.add(severalPatients());
        }
        if (patient.isEmpty() && errors(issues)) {
            if (named.contains(Optional.<PatientFacts>empty())) {
                issues.add(Refused.issue(Rule.R13_NO_DMP, Severity.ERROR, Optional.empty()));
            }
            throw new Fault(422, issues);
        }
        Permit permit = court.require(record);
        PatientFacts who = patient.orElseThrow();
        Predicate<DocumentFacts> known = document -> List.of(Action.READ, Action.REPLACE).stream()
                .anyMatch(action -> court.decide(action, document).permitted());
        issues.addAll(intake.compare(received, identity(who), known));
        if (errors(issues)) {
            throw new Fault(422, issues);
        }
        RequestNotes notes = RequestNotes.of(hearing.request().getUserData());
        issues.forEach(issue -> Received.toleranceOf(issue).ifPresent(notes::tolerates));
        PreparedSubmission prepared = intake.prepare(received, who.id(), depositor(hearing), hearing.now(), known);
        issues.stream().filter(i -> !received.issues().contains(i)).forEach(prepared::warn);
        prepared.documents().forEach(document -> judge(document, prepared, court));
        if (!prepared.isRepetition()) {
            prepared.documents().forEach(document -> judgeReplacement(document, court));
            new References(registry, court).require(prepared);
            new FolderUpdates(registry, court, hearing.caller().kind(), who).require(prepared);
            OrderedCopies.of(prepared, who).storeIn(hearing.request().getUserData());
        }
        prepared.storeIn(hearing.request().getUserData());
        return new Verdict(patient, permit);
    }

    private Set<Optional<PatientFacts>> named(Received received, Hearing hearing, List<Issue> issues) {
        return received.patients().stream()
                .map(name -> {
                    try {
                        return patients.named(name, hearing);
                    } catch (Fault invalid) {
                        issues.addAll(invalid.issues());
                        return Optional.<PatientFacts>empty();
                    }
                })
                .collect(Collectors.toSet());
    }

    private static void judge(PreparedDocument document, PreparedSubmission prepared, Court court) {
        Permit permit = court.require(court.decide(Action.DEPOSIT, document.facts()));
        if (permit.obligations().contains(Obligation.WARN_FEEDING_CELL)) {
            prepared.warn(warning("feeding-cell", document));
        }
        if (permit.obligations().contains(Obligation.WARN_MINOR_WITHOUT_CHOICE)) {
            prepared.warn(warning("minor-without-choice", document));
        }
    }

    private static void judgeReplacement(PreparedDocument document, Court court) {
        boolean replaces = document.resource().getRelatesTo().stream()
                .anyMatch(relation -> relation.getCode() == DocumentRelationshipType.REPLACES);
        if (replaces) {
            var target = document.replaces().orElseThrow(() -> Rule.R125_REPLACE_FAILED.refusal());
            Decision decision = court.decide(Action.REPLACE, target.facts());
            if (decision instanceof Deny deny && deny.disclosure() == Disclosure.HIDE) {
                throw Rule.R125_REPLACE_FAILED.refusal();
            }
            court.require(decision);
        }
    }

    private static Issue warning(String code, PreparedDocument document) {
        return new Issue(Severity.WARNING, code, "warning." + code, List.of(), Optional.of(document.path()));
    }

    /** A FHIR id and a matricule, say: only the store tells that they are of two people. */
    private static Issue severalPatients() {
        return new Issue(
                Severity.ERROR,
                "XDSPatientIdDoesNotMatch",
                "patients-differ",
                List.of(),
                Optional.of("Bundle.entry.resource.subject"));
    }

    private static boolean errors(List<Issue> issues) {
        return issues.stream().anyMatch(i -> i.severity() == Severity.ERROR);
    }

    private RegisteredIdentity identity(PatientFacts patient) {
        var traits = records.traits(patient.id()).orElseThrow();
        return RegisteredIdentity.of(
                patient.id(),
                Stream.concat(Stream.of(patient.ins()), patient.former().stream())
                        .collect(Collectors.toSet()),
                traits.birthFamily(),
                traits.firstGiven(),
                traits.birthDate(),
                traits.gender(),
                traits.birthPlace());
    }

    private static Depositor depositor(Hearing hearing) {
        return new Depositor(
                hearing.caller().subject(),
                hearing.caller().role(),
                hearing.caller().structure());
    }
}
