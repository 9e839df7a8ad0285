package fr.carnet.sandbox;

import fr.carnet.policy.RecordState;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.StringType;

/** The cast as FHIR resources, as an operator would register them. */
final class CastResources {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String COMMUNE = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
    private static final String IDENTITY_STATUS = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-status";

    private final Cast cast;
    private final Instant start;

    /** @param start first day of the sandbox: relative dates count from it */
    CastResources(Cast cast, Instant start) {
        this.cast = cast;
        this.start = start;
    }

    List<CareTeam> teams() {
        return cast.teams().stream().map(this::team).toList();
    }

    private CareTeam team(CastTeam team) {
        var resource = new CareTeam().setStatus(CareTeam.CareTeamStatus.ACTIVE).setName(team.id());
        cast.structure(team.structure())
                .map(structure -> new Identifier()
                        .setSystem(StructureId.SYSTEM)
                        .setValue(structure.structure().value()))
                .ifPresent(id -> resource.addManagingOrganization(new Reference().setIdentifier(id)));
        team.members().forEach(member -> resource.addParticipant()
                .setMember(new Reference().setIdentifier(professional(member))));
        return resource;
    }

    Patient patient(CastPatient said) {
        var patient = new Patient();
        var reliability = new Extension(ProfileUris.IDENTITY_RELIABILITY);
        reliability.addExtension("identityStatus", new Coding(IDENTITY_STATUS, "QUAL", null));
        patient.addExtension(reliability);
        var place = new Address();
        place.addExtension(ProfileUris.INSEE_CODE, new Coding(COMMUNE, said.birthPlace(), null));
        patient.addExtension(ProfileUris.BIRTH_PLACE, place);
        patient.addExtension(state(said));
        said.treatingPhysician()
                .ifPresent(physician -> patient.addExtension(
                        ProfileUris.TREATING_PHYSICIAN, new Reference().setIdentifier(professional(physician))));
        patient.addIdentifier(matricule(said).setUse(Identifier.IdentifierUse.OFFICIAL));
        var name = new HumanName()
                .setUse(HumanName.NameUse.OFFICIAL)
                .setFamily(said.birthName())
                .addGiven(said.firstGiven());
        name.addExtension(ProfileUris.BIRTH_GIVENS, new StringType(said.birthGivens()));
        patient.addName(name);
        patient.setGender(AdministrativeGender.fromCode(said.gender()));
        patient.setBirthDateElement(new DateType(said.birthDate().toString()));
        return patient;
    }

    private Extension state(CastPatient said) {
        Instant since = said.informedBefore()
                .map(ago -> start.atZone(PARIS).minus(ago).toInstant())
                .or(() -> said.closedOn().map(day -> day.atStartOfDay(PARIS).toInstant()))
                .orElse(start);
        var state = new Extension(CarnetUris.RECORD_STATE);
        state.addExtension("state", new CodeType(said.state().name()));
        state.addExtension("since", new DateTimeType(Date.from(since)));
        if (said.state() == RecordState.CLOSED) {
            state.addExtension("closingMotive", new CodeType("patient-demande"));
        }
        return state;
    }

    List<RelatedPerson> representatives(CastPatient said, String id) {
        return cast.actors().stream()
                .filter(actor -> actor.represents().contains(said.id()))
                .map(actor -> new RelatedPerson()
                        .setActive(true)
                        .setPatient(new Reference("Patient/" + id))
                        .addIdentifier(
                                new Identifier().setSystem(CarnetUris.LOCAL_ID).setValue(actor.id()))
                        .addName(new HumanName()
                                .setFamily(actor.family().orElseThrow())
                                .addGiven(actor.given().orElseThrow()))
                        .addRelationship(new CodeableConcept().addCoding(relationship(actor))))
                .toList();
    }

    private static Coding relationship(Actor actor) {
        String code = actor.relationship().orElseThrow();
        return new Coding(code.equals("curator") ? CarnetUris.RELATIONSHIP : ROLE_CODE, code, null);
    }

    List<Consent> consents(CastPatient said, String id) {
        return said.blocks().stream().map(blocked -> block(said, id, blocked)).toList();
    }

    private Consent block(CastPatient said, String id, String blocked) {
        var consent = new Consent()
                .setStatus(Consent.ConsentState.ACTIVE)
                .setScope(new CodeableConcept()
                        .addCoding(new Coding(
                                "http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)))
                .addCategory(new CodeableConcept().addCoding(new Coding(CarnetUris.CONSENT_KIND, "block", null)))
                .setPatient(new Reference("Patient/" + id))
                .setDateTime(Date.from(start.truncatedTo(ChronoUnit.SECONDS)))
                .addPerformer(new Reference().setIdentifier(matricule(said)))
                .setPolicyRule(new CodeableConcept()
                        .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTOUT", null)));
        consent.getProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addActor()
                .setRole(new CodeableConcept().addCoding(new Coding(PARTICIPATION, "IRCP", null)))
                .setReference(new Reference().setIdentifier(professional(blocked)));
        return consent;
    }

    private Identifier professional(String actor) {
        return new Identifier()
                .setSystem(IdNatPs.SYSTEM)
                .setValue(cast.actor(actor).flatMap(Actor::idNatPs).orElseThrow());
    }

    private static Identifier matricule(CastPatient said) {
        return new Identifier()
                .setSystem(said.ins().domain().system())
                .setValue(said.ins().value());
    }
}
