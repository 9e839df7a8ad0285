package fr.carnet.dmp;

import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.policy.Policy;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** A Consent that somebody declares now, completed with what the server knows better than the sender (R37). */
record Declaration(Consent body, PatientFacts patient, Judgement judgement, Policy policy) {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** Checks what depends on patient and caller. */
    void check(Findings findings) {
        findings.require(body.getStatus() == ConsentState.ACTIVE, "consent-status", "Consent.status");
        findings.require(namesPatient(body.getPatient()), "consent-patient", "Consent.patient");
        boolean future = body.hasDateTime()
                && body.getDateTime().toInstant().isAfter(judgement.now().plus(CLOCK_SKEW));
        findings.require(!future, "consent-date-time", "Consent.dateTime");
        boolean assisted =
                ConsentReading.kind(body).filter(Kind.CURATOR::equals).isEmpty() || namesCurator();
        findings.require(assisted, "consent-curator", "Consent.provision.actor");
        findings.require(
                body.getPerformer().stream().allMatch(this::mayConsent), "consent-performer", "Consent.performer");
    }

    private boolean namesPatient(Reference reference) {
        return PatientNames.names(reference, patient);
    }

    /** R149: who assists him is known here by the operator's word, before he agrees to anything. */
    private boolean namesCurator() {
        Optional<String> concerned = ConsentReading.concerned(body);
        return patient.representatives().stream()
                .filter(known -> known.title() == Title.CURATOR)
                .anyMatch(known -> concerned.filter(known.localId()::equals).isPresent());
    }

    /** The holder, who acts for him, or for an authorisation the professional or his structure (team, R38). */
    private boolean mayConsent(Reference performer) {
        Identifier identifier = performer.getIdentifier();
        boolean representative = CarnetUris.LOCAL_ID.equals(identifier.getSystem())
                && policy.isRepresentedBy(identifier.getValue(), patient, judgement.now());
        return namesPatient(performer) || representative || mayDeclareForTeam(identifier);
    }

    private boolean mayDeclareForTeam(Identifier identifier) {
        boolean himself = IdNatPs.SYSTEM.equals(identifier.getSystem())
                && judgement.caller().isProfessional()
                && judgement.caller().subject().equals(identifier.getValue())
                && ConsentReading.concerned(body)
                        .filter(identifier.getValue()::equals)
                        .isPresent();
        boolean structure = StructureId.SYSTEM.equals(identifier.getSystem())
                && structure().filter(identifier.getValue()::equals).isPresent();
        return ConsentReading.kind(body).filter(Kind.AUTHORISATION::equals).isPresent() && (himself || structure);
    }

    private Optional<String> structure() {
        return judgement.caller().structure().map(StructureId::value);
    }

    /** Profile of its kind, after {@code carnet-}; none for a kind that nobody knows. */
    String[] profiles() {
        return ConsentReading.kind(body).map(kind -> "consent-" + kind.code()).stream()
                .toArray(String[]::new);
    }

    /** With what a sender may leave out, and what does not depend on who he is. */
    static Consent filled(Consent body, Instant now) {
        Consent consent = ConsentResources.published(body);
        if (!consent.hasDateTime()) {
            // as it will be stored: the facts must be the same when they are rebuilt from the resource
            consent.setDateTime(Date.from(now.truncatedTo(ChronoUnit.SECONDS)));
            consent.getDateTimeElement().setTimeZone(TimeZone.getTimeZone("UTC"));
        }
        Optional<Kind> kind = ConsentReading.kind(body);
        if (!consent.hasPolicy() && !consent.hasPolicyRule()) {
            consent.setPolicyRule(actCode(kind.filter(Kind::permits).isPresent() ? "OPTIN" : "OPTOUT"));
        }
        kind.map(ConsentReading::provisionType).ifPresent(consent.getProvision()::setType);
        consent.getProvision().getActor().forEach(actor -> actor.setRole(recipient()));
        return consent;
    }

    /** The resource to store. */
    Consent resource() {
        Consent consent = filled(body, judgement.now());
        consent.getExtension().removeIf(e -> CarnetUris.AUTHORISATION_STATUS.equals(e.getUrl()));
        consent.setId((String) null);
        consent.setPatient(new Reference("Patient/" + patient.id()));
        if (!consent.hasPerformer()) {
            consent.addPerformer(new Reference("Patient/" + patient.id()));
        }
        consent.getOrganization().clear();
        structure()
                .ifPresent(id -> consent.addOrganization(new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(StructureId.SYSTEM).setValue(id))));
        consent.addExtension(DeclaredBy.extension(judgement.caller(), Optional.of(patient)));
        if (judgement.context().secretConnection()) {
            consent.addExtension(new Extension(CarnetUris.INTERNAL_SECRET, new BooleanType(true)));
        }
        return consent;
    }

    private static CodeableConcept actCode(String code) {
        return new CodeableConcept(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", code, null));
    }

    private static CodeableConcept recipient() {
        return new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", null));
    }
}
