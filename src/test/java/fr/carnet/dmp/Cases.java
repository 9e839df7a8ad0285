package fr.carnet.dmp;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import fr.carnet.policy.CallerKeys;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.RecordState;
import fr.carnet.policy.Rule;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.StringType;

/** Resources and callers of the tests; every patient has a matricule of his own. */
final class Cases {

    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    static final String MARTIN = "899700100011";
    static final String LEROY = "899700100029";
    static final String PETIT = "899700100037";
    static final String PRACTICE = "399999001300016";

    private static final AtomicInteger ORDER = new AtomicInteger();

    private Cases() {}

    static Ins ins() {
        String number = String.format(Locale.ROOT, "2840575%06d", 100_000 + ORDER.incrementAndGet());
        long key = 97 - Long.parseLong(number) % 97;
        return new Ins(InsDomain.TEST, number + String.format(Locale.ROOT, "%02d", key));
    }

    static Patient patient(Ins ins, RecordState state, Instant since) {
        var patient = new Patient();
        patient.addExtension(complex(
                ProfileUris.IDENTITY_RELIABILITY, new Extension("identityStatus", new Coding().setCode("QUAL"))));
        var commune = new Address();
        commune.addExtension(ProfileUris.INSEE_CODE, new Coding().setCode("75056"));
        patient.addExtension(ProfileUris.BIRTH_PLACE, commune);
        patient.addExtension(complex(
                CarnetUris.RECORD_STATE,
                new Extension("state", new CodeType(state.name())),
                new Extension("since", new DateTimeType(since.toString()))));
        patient.addIdentifier()
                .setUse(Identifier.IdentifierUse.OFFICIAL)
                .setSystem(ins.domain().system())
                .setValue(ins.value());
        var name = patient.addName()
                .setUse(HumanName.NameUse.OFFICIAL)
                .setFamily("MOREAU")
                .addGiven("ALICE");
        name.addExtension(ProfileUris.BIRTH_GIVENS, new StringType("ALICE JEANNE"));
        patient.addName().setUse(HumanName.NameUse.USUAL).setFamily("DUPONT").addGiven("JEANNE");
        patient.addName().setUse(HumanName.NameUse.NICKNAME).setText("Lili");
        patient.setGender(AdministrativeGender.FEMALE);
        patient.getBirthDateElement().setValueAsString("1984-05-17");
        patient.addTelecom().setSystem(ContactPoint.ContactPointSystem.EMAIL).setValue("alice@example.org");
        patient.addAddress().setCity("Paris");
        patient.addContact().setName(new HumanName().setFamily("MOREAU"));
        return patient;
    }

    static Patient open(Ins ins) {
        return patient(ins, RecordState.OPENED_ACTIVATED, Instant.parse("2026-01-05T08:00:00Z"));
    }

    static void treatedBy(Patient patient, String professional) {
        patient.addExtension(ProfileUris.TREATING_PHYSICIAN, new Reference().setIdentifier(ps(professional)));
    }

    private static Extension complex(String url, Extension... parts) {
        var extension = new Extension(url);
        List.of(parts).forEach(extension::addExtension);
        return extension;
    }

    static Identifier ps(String professional) {
        return new Identifier().setSystem(IdNatPs.SYSTEM).setValue(professional);
    }

    static Consent choice(String kind, String patientId) {
        var consent = new Consent().setStatus(ConsentState.ACTIVE).setPatient(new Reference("Patient/" + patientId));
        consent.setScope(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)));
        consent.addCategory(new CodeableConcept(new Coding(CarnetUris.CONSENT_KIND, kind, null)));
        return consent;
    }

    static Consent authorisation(String patientId, String professional) {
        Consent consent = choice("authorisation", patientId);
        consent.addPerformer(new Reference("Patient/" + patientId));
        consent.getProvision().addActor().setReference(new Reference().setIdentifier(ps(professional)));
        return consent;
    }

    static Consent block(String patientId, String professional) {
        return naming("block", patientId, professional);
    }

    static Consent service(String patientId, String localId, String... types) {
        Consent consent = choice("digital-service", patientId);
        var provision = consent.getProvision();
        provision
                .addActor()
                .setReference(new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(CarnetUris.LOCAL_ID).setValue(localId)));
        for (String type : types) {
            provision.addCode(new CodeableConcept(new Coding("http://loinc.org", type, null)));
        }
        return consent;
    }

    static Consent performedBy(Consent consent, String localId) {
        consent.getPerformer().clear();
        consent.addPerformer(new Reference()
                .setIdentifier(new Identifier().setSystem(CarnetUris.LOCAL_ID).setValue(localId)));
        return consent;
    }

    static RelatedPerson curator(String patientId, String localId) {
        RelatedPerson person = related(patientId, localId, "x");
        person.getRelationshipFirstRep()
                .getCodingFirstRep()
                .setSystem(CarnetUris.RELATIONSHIP)
                .setCode("curator");
        return person;
    }

    static Consent agreement(String patientId, String localId) {
        Consent consent = service(patientId, localId);
        consent.getCategoryFirstRep().getCodingFirstRep().setCode("curator");
        return consent;
    }

    static RelatedPerson dated(RelatedPerson person, String start, String end) {
        var period = new Period();
        period.getStartElement().setValueAsString(start);
        period.getEndElement().setValueAsString(end);
        return person.setPeriod(period);
    }

    static Consent reasoned(Consent opposition) {
        opposition.addExtension(CarnetUris.CONSENT_REASON, new StringType("litige en cours"));
        return opposition;
    }

    static Consent naming(String kind, String patientId, String professional) {
        Consent consent = choice(kind, patientId);
        consent.getProvision().addActor().setReference(new Reference().setIdentifier(ps(professional)));
        return consent;
    }

    static CareTeam team(String patientId, String... members) {
        var team = new CareTeam().setStatus(CareTeam.CareTeamStatus.ACTIVE);
        if (patientId != null) {
            team.setSubject(new Reference("Patient/" + patientId));
        }
        for (String member : members) {
            team.addParticipant().setMember(new Reference().setIdentifier(ps(member)));
        }
        return team;
    }

    static RelatedPerson related(String patientId, String localId, String relationship) {
        var person = new RelatedPerson().setActive(true).setPatient(new Reference("Patient/" + patientId));
        person.addIdentifier().setSystem(CarnetUris.LOCAL_ID).setValue(localId);
        person.addName().setFamily("DURAND").addGiven("HELENE");
        person.addRelationship(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", relationship, null)));
        return person;
    }

    static Caller professional(String idNatPs) {
        return caller(CallerKind.PROFESSIONAL, idNatPs, Optional.of(new StructureId(PRACTICE)));
    }

    static Caller holder(Ins ins) {
        return caller(CallerKind.HOLDER, ins.value(), Optional.empty());
    }

    static Caller operator() {
        return caller(CallerKind.OPERATOR, "operator", Optional.empty());
    }

    private static Caller caller(CallerKind kind, String subject, Optional<StructureId> structure) {
        return new Caller(
                kind,
                subject,
                "name",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                structure,
                Optional.empty(),
                false,
                AuthenticationMode.DIRECTE,
                "tests",
                new Caller.TokenRef("issuer", "client", "token"));
    }

    static RequestDetails request(Caller caller, Optional<PatientFacts> patient) {
        var request = new SystemRequestDetails();
        request.setFhirServerBase("http://localhost/fhir");
        var context = new AccessContext(
                patient.map(PatientFacts::ins),
                Optional.of(AccessMode.NORMAL),
                AccessContext.EmergencyStatement.NONE,
                false);
        var permit = new Permit(List.of(Rule.R42_STATUS), Set.of());
        new Judgement(caller, context, patient, CallerKeys.NONE, permit, NOW).storeIn(request.getUserData());
        return request;
    }
}
