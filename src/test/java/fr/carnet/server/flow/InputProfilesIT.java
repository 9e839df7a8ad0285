package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.Publication;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is declared by itself is held to FHIR, to the profile that it claims and to Carnet's own, before it is stored. */
class InputProfilesIT {

    private static final String PROFILE = CarnetUris.ROOT + "/StructureDefinition/carnet-";
    private static final String OF_NOBODY = "https://elsewhere.example/StructureDefinition/none";

    private static Person patient;
    private static String operator;
    private static String martin;

    @BeforeAll
    static void people() {
        patient = Scene.patient();
        operator = token("operator", patient);
        martin = token("dr-martin", patient);
    }

    private static Identifier identifier(String system, String value) {
        return new Identifier().setSystem(system).setValue(value);
    }

    private static Period backwards() {
        var period = new Period();
        period.getStartElement().setValueAsString("2026-02-01");
        period.getEndElement().setValueAsString("2026-01-01");
        return period;
    }

    private static Consent consent() {
        var consent = new Consent().setStatus(Consent.ConsentState.ACTIVE);
        consent.setScope(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)));
        consent.addCategory(new CodeableConcept(new Coding(CarnetUris.CONSENT_KIND, "authorisation", null)));
        consent.setPatient(new Reference().setIdentifier(patient.identifier()));
        consent.addPerformer(new Reference().setIdentifier(patient.identifier()));
        consent.getProvision()
                .addActor()
                .setReference(new Reference().setIdentifier(identifier(IdNatPs.SYSTEM, Scene.DR_MARTIN)));
        return consent;
    }

    private static CareTeam team() {
        var team = new CareTeam().setStatus(CareTeamStatus.ACTIVE).setName("Suivi");
        team.setSubject(new Reference().setIdentifier(patient.identifier()));
        team.addParticipant()
                .setMember(new Reference().setIdentifier(identifier(IdNatPs.SYSTEM, Scene.DR_MARTIN)))
                .addRole(new CodeableConcept(new Coding(fr.carnet.shared.CodeSystems.TRE_G15, "10", null)));
        return team;
    }

    private static RelatedPerson guardian(String localId) {
        var person = new RelatedPerson().setPatient(new Reference().setIdentifier(patient.identifier()));
        person.addIdentifier(identifier(CarnetUris.LOCAL_ID, localId));
        person.addName().setFamily("Durand").addGiven("Marc");
        return person.addRelationship(
                new CodeableConcept(new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "GUARD", null)));
    }

    private static Answer post(String token, Resource resource) {
        return SERVER.send(token, Call.write("POST", resource.fhirType(), resource));
    }

    private static Answer register(Consumer<Patient> edit) {
        Person person = Scene.stranger();
        Patient resource = person.resource();
        edit.accept(resource);
        return SERVER.send(
                SERVER.token("operator"),
                Call.write(
                        "PUT", "Patient?identifier=" + Call.escaped(person.ins().token()), resource));
    }

    private static void assertTold(Answer answer, String... told) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(422);
        assertThat(issues(answer)).contains(told);
    }

    private static <T extends DomainResource> T claiming(String profile, T resource) {
        resource.getMeta().addProfile(profile);
        return resource;
    }

    @Test
    void aConsentMayClaimTheProfileOfItsKindAndOneThatNobodyKnowsHere() {
        Consent consent = claiming(OF_NOBODY, claiming(PROFILE + "consent-authorisation", consent()));
        assertThat(post(martin, consent).status()).isEqualTo(201);
    }

    @Test
    void aConsentThatClaimsAnotherKindIsRefused() {
        assertTold(
                post(martin, claiming(PROFILE + "consent-block", consent())),
                "error carnet-consent-block Consent.provision.type");
    }

    @Test
    void whatIsWrongWithAConsentIsToldAtOnce() {
        Consent consent = claiming(PROFILE + "consent-authorisation", consent());
        consent.getDateTimeElement().setValueAsString("2026-01");
        consent.getPerformerFirstRep().getIdentifier().setPeriod(backwards());
        int before = Scene.stored().get(3);

        Answer answer = post(martin, consent);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(issues(answer))
                .as("what the server fills in may lack")
                .containsExactlyInAnyOrder(
                        "error consent-date-time Consent.dateTime",
                        "error per-1 Consent.performer[0].identifier.period");
        assertThat(answer.sentence()).isNotBlank();
        assertThat(Scene.stored().get(3)).isEqualTo(before);
    }

    @Test
    void aSecondCategoryOfAnotherSystemIsNotOurs() {
        Consent consent = consent();
        consent.addCategory(new CodeableConcept(new Coding("http://loinc.org", "59284-0", null)));
        assertThat(post(martin, consent).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"carnet-care-team, 201", "carnet-consent-block, 422"})
    void aTeamKeepsTheProfileThatItClaims(String profile, int status) {
        String url = CarnetUris.ROOT + "/StructureDefinition/" + profile;
        assertThat(post(operator, claiming(url, team())).status()).isEqualTo(status);
    }

    @Test
    void aTeamIsHeldToFhirWhenItIsDeclaredAndWhenItIsChanged() {
        CareTeam faulty = team();
        faulty.getParticipantFirstRep().getMember().getIdentifier().setPeriod(backwards());
        assertTold(post(operator, faulty), "error per-1 CareTeam.participant[0].member.identifier.period");

        String reference = post(operator, team()).created().orElseThrow();
        faulty.setId(reference);
        assertTold(
                SERVER.send(operator, Call.write("PUT", reference, faulty)),
                "error per-1 CareTeam.participant[0].member.identifier.period");
    }

    @Test
    void aRelatedPersonIsHeldToItsProfile() {
        assertThat(post(operator, claiming(PROFILE + "related-person", guardian("gardien-a")))
                        .status())
                .isEqualTo(201);
        RelatedPerson faulty = guardian("gardien-b");
        faulty.getNameFirstRep().setPeriod(backwards());
        assertTold(post(operator, faulty), "error per-1 RelatedPerson.name[0].period");
    }

    @Test
    void aPatientIsHeldToTheProfileOfRegistration() {
        assertThat(register(p -> claiming(PROFILE + "patient-registration", p)).status())
                .isEqualTo(201);
        assertThat(register(p -> p.addName().setUse(HumanName.NameUse.USUAL).addGiven("Jo"))
                        .status())
                .as("a used name may lack the family name")
                .isEqualTo(201);
        assertTold(
                register(p -> p.addIdentifier().setValue("42")),
                "error carnet-patient-registration Patient.identifier[1].system");
        assertTold(
                register(p -> {
                    p.setBirthDate(null);
                    p.addModifierExtension().setUrl("https://x.example/m").setValue(new StringType("a"));
                }),
                "error birth-date Patient.birthDate",
                "error carnet-patient-registration Patient.modifierExtension");
    }

    @Test
    void aNewVersionOfAFolderIsHeldToItsProfile() {
        Bundle bundle = Publication.withFolder(Scene.lot(patient, Scene.document()));
        List<String> created = Scene.post(martin, bundle).createdInTransaction().toList();
        Bundle update = Publication.withFolder(Scene.lot(patient, Scene.document()));
        ListResource folder = ((ListResource) bundle.getEntry().get(3).getResource()).copy();
        folder.getEntry().clear();
        folder.addEntry().setItem(new Reference(created.get(1)));
        folder.getIdentifierFirstRep().setPeriod(backwards());
        update.getEntry().get(3).setResource(folder);
        update.getEntry().get(3).getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(created.get(3));

        assertThat(issues(Scene.post(martin, update)))
                .anyMatch(issue -> issue.equals("error per-1 Bundle.entry[3].resource.identifier[0].period"));
    }

    @Test
    void aStrangerLearnsNothingMoreFromAFaultyResource() {
        String stranger =
                SERVER.token("nurse-petit", Map.of("patient", Scene.BRUNO.ins().value()));
        Consent faulty = consent();
        faulty.getPerformerFirstRep().getIdentifier().setPeriod(backwards());
        assertThat(issues(post(stranger, faulty))).isEqualTo(issues(post(stranger, consent())));
    }

    private static Answer validate(String token, Resource resource) {
        return SERVER.send(token, Call.write("POST", resource.fhirType() + "/$validate", resource));
    }

    private static List<Integer> kept() {
        DSLContext dsl = SERVER.bean(DSLContext.class);
        return Stream.of("hfj_resource", "hfj_res_ver", "carnet.obligation")
                .map(table -> dsl.fetchCount(DSL.table(table)))
                .toList();
    }

    @Test
    void whatIsDeclaredMayBeRehearsedAndNothingIsKept() {
        Person newcomer = Scene.stranger();
        List<Integer> before = kept();

        for (Answer answer : List.of(
                validate(martin, consent()),
                validate(operator, team()),
                validate(operator, guardian("gardien-c")),
                validate(SERVER.token("operator"), newcomer.resource()))) {
            assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
            assertThat(issues(answer)).containsExactly("information dry-run-accepted");
        }

        assertThat(kept()).isEqualTo(before);
        assertThat(SERVER.bean(DSLContext.class)
                        .fetchValue("select interaction from carnet.trace order by seq desc limit 1"))
                .isEqualTo("OPERATION");
    }

    @Test
    void aRehearsalTellsWhatTheDeclarationWouldMeet() {
        Consent consent = consent();
        consent.getPerformerFirstRep().getIdentifier().setPeriod(backwards());
        Patient person = Scene.stranger().resource();
        person.setBirthDate(null);
        List<Integer> before = kept();

        assertThat(issues(validate(martin, consent)))
                .containsExactly("error per-1 Consent.performer[0].identifier.period");
        assertThat(issues(validate(SERVER.token("operator"), person))).contains("error birth-date Patient.birthDate");
        assertThat(issues(validate(martin, person)).toString()).contains("error R");
        assertThat(validate(martin, new Consent()).codes()).contains("consent-kind", "consent-scope");
        assertThat(SERVER.send(martin, Call.write("POST", "Consent/$validate", team()))
                        .status())
                .isEqualTo(400);
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void aRehearsalIsRefusedToWhomTheDeclarationIs() {
        String stranger =
                SERVER.token("nurse-petit", Map.of("patient", Scene.BRUNO.ins().value()));
        assertThat(issues(validate(stranger, consent()))).isEqualTo(issues(post(stranger, consent())));
    }
}
