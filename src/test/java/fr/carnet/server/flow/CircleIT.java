package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** The people around a patient over HTTP: care teams (R43), representatives (R147, R149), the list of choices (R91). */
class CircleIT {

    private static final String HOSPITAL = "1990000010";
    private static final String NURSE_H = "899700100144";
    private static final Person CHLOE = Characters.patient("chloe");
    private static final Person DOMINIQUE = Characters.patient("dominique");

    private static CareTeam team(Person patient, String... members) {
        var team = new CareTeam().setStatus(CareTeamStatus.ACTIVE).setName("Suivi");
        team.setSubject(new Reference().setIdentifier(patient.identifier()));
        for (String member : members) {
            team.addParticipant(member(member));
        }
        return team;
    }

    static CareTeam.CareTeamParticipantComponent member(String idNatPs) {
        return new CareTeam.CareTeamParticipantComponent()
                .setMember(new Reference().setIdentifier(identifier(IdNatPs.SYSTEM, idNatPs)))
                .addRole(new CodeableConcept(new Coding(CodeSystems.TRE_G15, "60", null)));
    }

    private static CareTeam ended(CareTeam team, String reference) {
        CareTeam ended = team.copy();
        ended.setId(reference);
        return ended.setStatus(CareTeamStatus.INACTIVE);
    }

    private static RelatedPerson related(Person patient, String localId, String system, String code) {
        var person = new RelatedPerson().setPatient(new Reference().setIdentifier(patient.identifier()));
        person.addIdentifier(identifier(CarnetUris.LOCAL_ID, localId));
        person.addName().setFamily("Durand").addGiven("Marc");
        return person.addRelationship(new CodeableConcept(new Coding(system, code, null)));
    }

    private static RelatedPerson father(Person child) {
        return related(child, "chloe-father", "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "FTH");
    }

    private static Identifier identifier(String system, String value) {
        return new Identifier().setSystem(system).setValue(value);
    }

    private static Answer post(String token, Resource resource) {
        return SERVER.send(token, Call.write("POST", resource.fhirType(), resource));
    }

    private static Answer put(String token, String reference, Resource resource) {
        Resource body = resource.copy();
        body.setId(reference);
        return SERVER.send(token, Call.write("PUT", reference, body));
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as("%s", issues(answer)).isEqualTo(201);
        return answer.created().orElseThrow();
    }

    private static Answer list(String actor, Person patient, String type, String more) {
        return SERVER.send(token(actor, patient), Call.get(type + "?" + Scene.of(patient) + more));
    }

    private static int reads(String actor, Person patient) {
        return list(actor, patient, "DocumentReference", "&status=current").status();
    }

    private static void refused(Answer answer, int status, String... codes) {
        assertThat(answer.status()).as("%s", issues(answer)).isEqualTo(status);
        assertThat(issues(answer).stream().map(issue -> issue.split(" ", -1)[1]))
                .containsExactly(codes);
    }

    /** The professional declares that he belongs to a team, by his own word. */
    private static void declaresMembership(String actor, String idNatPs, Person patient) {
        Consent consent = consent("authorisation", patient);
        consent.addPerformer(new Reference().setIdentifier(identifier(IdNatPs.SYSTEM, idNatPs)));
        consent.getProvision()
                .addActor()
                .setReference(new Reference().setIdentifier(identifier(IdNatPs.SYSTEM, idNatPs)));
        created(post(token(actor, patient), consent));
    }

    private static Consent consent(String kind, Person patient) {
        var consent = new Consent().setStatus(Consent.ConsentState.ACTIVE);
        consent.setScope(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)));
        consent.addCategory(new CodeableConcept(new Coding(CarnetUris.CONSENT_KIND, kind, null)));
        return consent.setPatient(new Reference().setIdentifier(patient.identifier()));
    }

    @Test
    void teamOpensTheRecordAndItsEndShutsItAtOnce() {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        declaresMembership("nurse-petit", Scene.NURSE_PETIT, patient);
        assertThat(reads("nurse-petit", patient)).isEqualTo(403);

        CareTeam team = team(patient, Scene.DR_MARTIN, Scene.NURSE_PETIT);
        String reference = created(post(token("operator", patient), team));
        assertThat(reads("nurse-petit", patient)).isEqualTo(200);

        team.getPeriod().getEndElement().setValueAsString("2020-12-31");
        assertThat(put(token("operator", patient), reference, team).status()).isEqualTo(200);
        assertThat(reads("nurse-petit", patient)).isEqualTo(403);
        team.setPeriod(null).getParticipant().remove(0);
        assertThat(put(token("operator", patient), reference, team).status()).isEqualTo(200);
        refused(list("nurse-petit", patient, "DocumentReference", ""), 403, "R38");
        assertThat(put(token("operator", patient), reference, team(patient, Scene.DR_MARTIN, Scene.NURSE_PETIT))
                        .status())
                .isEqualTo(200);
        assertThat(reads("nurse-petit", patient)).isEqualTo(200);

        assertThat(put(token("operator", patient), reference, ended(team, reference))
                        .status())
                .isEqualTo(200);
        refused(list("nurse-petit", patient, "DocumentReference", ""), 403, "R43");
        refused(put(token("operator", patient), reference, team), 422, "team-ended");
    }

    @Test
    void structureDeclaresItsOwnStaffAndNobodyElse() {
        Person patient = Scene.patient();
        String automate = token("hospital-automate", patient);
        CareTeam team = team(patient, Scene.DR_LEROY, NURSE_H);
        String reference = created(post(automate, team));
        JsonNode stored = SERVER.send(automate, Call.get(reference)).json();
        assertThat(stored.at("/managingOrganization/0/identifier/value").asText())
                .isEqualTo(HOSPITAL);
        assertThat(stored.path("extension").isMissingNode()).isTrue();

        team.addManagingOrganization(new Reference().setIdentifier(identifier(StructureId.SYSTEM, "399999001300016")));
        refused(post(automate, team), 403, "R43");
        refused(put(automate, reference, team), 422, "team-structure");
        refused(post(token("dr-leroy", patient), team(patient, Scene.DR_LEROY, NURSE_H)), 403, "R43");
        refused(post(token("service", patient), team(patient, Scene.DR_LEROY)), 403, "R43");
        refused(post(token("auditor", patient), team(patient, Scene.DR_LEROY)), 403, "R43");
        CareTeam social = team(patient, Scene.DR_LEROY);
        social.getParticipantFirstRep().setRole(null);
        refused(post(token("operator", patient), social), 422, "R43");
        refused(post(automate, team(Scene.patient(), Scene.DR_LEROY)), 403, "R82");
        refused(post(SERVER.token("hospital-automate"), team(Scene.stranger(), Scene.DR_LEROY)), 404, "R13");
    }

    @Test
    void whatIsWrongWithATeamIsSaidAtOnce() {
        CareTeam team = team(Scene.patient(), Scene.DR_MARTIN, Scene.DR_MARTIN);
        team.getPeriod().getStartElement().setValueAsString("2026-02");
        team.getPeriod().getEndElement().setValueAsString("2026-01");
        team.addManagingOrganization(new Reference("Organization/1"));
        team.addNote().setText("x");

        refused(
                post(SERVER.token("operator"), team),
                422,
                "team-member",
                "period-order",
                "team-structure",
                "team-unsupported");
        refused(SERVER.send(SERVER.token("operator"), Call.get("CareTeam")), 400, "patient-required");
        refused(
                SERVER.send(SERVER.token("operator"), Call.get("CareTeam?" + Scene.of(Scene.ALICE) + "&status=active")),
                400,
                "unknown-parameter");
    }

    @Test
    void teamIsKnownToThoseWhomItConcerns() {
        String alice = token("alice", Scene.ALICE);
        String reference = created(post(alice, team(Scene.ALICE, Scene.DR_MARTIN, Scene.NURSE_PETIT)));
        String id = reference.substring("CareTeam/".length());

        for (String actor : List.of("alice", "dr-martin", "nurse-petit", "operator")) {
            assertThat(Scene.found(token(actor, Scene.ALICE), "CareTeam?" + Scene.of(Scene.ALICE)))
                    .as(actor)
                    .contains(reference);
        }
        for (String actor : List.of("dr-leroy", "hospital-automate")) {
            assertThat(Scene.found(token(actor, Scene.ALICE), "CareTeam?" + Scene.of(Scene.ALICE)))
                    .as(actor)
                    .doesNotContain(reference);
            refused(SERVER.send(token(actor, Scene.ALICE), Call.get(reference)), 404, "not-found");
        }
        Answer form = SERVER.send(
                alice,
                Call.write(
                        "POST",
                        "CareTeam/_search",
                        "application/x-www-form-urlencoded",
                        Scene.of(Scene.ALICE).getBytes(StandardCharsets.UTF_8)));
        assertThat(form.matches().map(team -> team.path("id").asText())).contains(id);
        assertThat(form.json().at("/link/0/url").asText())
                .doesNotContain(Scene.ALICE.ins().value());
        refused(SERVER.send(token("auditor", Scene.ALICE), Call.get("CareTeam?" + Scene.of(Scene.ALICE))), 403, "R43");
        refused(SERVER.send(token("bruno", Scene.BRUNO), Call.get(reference)), 404, "not-found");
        // whoever may read it is told why he may not change it; to anybody else it does not exist
        refused(put(token("dr-martin", Scene.ALICE), reference, team(Scene.ALICE, NURSE_H)), 403, "R43");
        for (String target : List.of(reference, "CareTeam/none")) {
            refused(put(token("hospital-automate", Scene.ALICE), target, team(Scene.ALICE, NURSE_H)), 404, "not-found");
            refused(put(SERVER.token("hospital-automate"), target, team(Scene.ALICE, NURSE_H)), 404, "not-found");
        }

        assertThat(put(alice, reference, ended(team(Scene.ALICE, Scene.DR_MARTIN), reference))
                        .status())
                .isEqualTo(200);
        assertThat(Scene.found(alice, "CareTeam?" + Scene.of(Scene.ALICE))).doesNotContain(reference);
        assertThat(SERVER.send(alice, Call.get(reference)).json().path("status").asText())
                .isEqualTo("inactive");
    }

    @Test
    void mainInsuredPersonSharesWithTheSecondParentAndTheOperatorEndsIt() {
        refused(list("chloe-father", CHLOE, "DocumentReference", ""), 403, "R147");
        refused(post(token("chloe", CHLOE), father(CHLOE)), 403, "R147");
        refused(post(token("dr-martin", CHLOE), father(CHLOE)), 403, "R147");

        String reference = created(post(token("chloe-mother", CHLOE), father(CHLOE)));
        assertThat(reads("chloe-father", CHLOE)).isEqualTo(200);
        refused(post(token("chloe-mother", CHLOE), father(CHLOE)), 422, "person-known");
        RelatedPerson uncle = father(CHLOE);
        uncle.getIdentifierFirstRep().setValue("chloe-uncle");
        refused(post(token("chloe-father", CHLOE), uncle), 403, "R147");
        RelatedPerson ended = father(CHLOE).setActive(false);
        refused(put(token("chloe-mother", CHLOE), reference, ended), 403, "R147");
        assertThat(Scene.found(token("chloe", CHLOE), "RelatedPerson?" + Scene.of(CHLOE)))
                .contains(reference)
                .hasSize(2);
        for (String target : List.of(reference, "RelatedPerson/none")) {
            refused(SERVER.send(token("dr-martin", CHLOE), Call.get(target)), 403, "R147");
            refused(SERVER.send(SERVER.token("dr-martin"), Call.get(target)), 404, "not-found");
        }

        // R151: under her own name
        String traces =
                new String(list("chloe", CHLOE, "AuditEvent", "&_count=200").body(), StandardCharsets.UTF_8);
        assertThat(traces).contains("REGISTER_RELATED", reference, "chloe-mother", "Durand");

        assertThat(put(token("operator", CHLOE), reference, ended).status()).isEqualTo(200);
        refused(list("chloe-father", CHLOE, "DocumentReference", ""), 403, "R147");
        refused(put(token("operator", CHLOE), reference, father(CHLOE)), 422, "person-ended");
        assertThat(Scene.found(token("chloe-mother", CHLOE), "RelatedPerson?" + Scene.of(CHLOE)))
                .doesNotContain(reference);
    }

    @Test
    void whatIsWrongWithAPersonIsSaidAtOnce() {
        RelatedPerson carer = related(CHLOE, "carer", "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "CAREGIVER");
        carer.setName(null).addTelecom().setValue("0102030405");

        refused(
                post(token("operator", CHLOE), carer),
                422,
                "person-relationship",
                "person-name",
                "person-unsupported",
                "cpt-2");
    }

    @Test
    void curatorReadsWithTheExpressAgreementAndNoLonger() {
        refused(list("dominique-curator", DOMINIQUE, "DocumentReference", ""), 403, "R149");
        Consent agreement = consent("curator", DOMINIQUE);
        Reference curator = new Reference().setIdentifier(identifier(CarnetUris.LOCAL_ID, "dominique-curator"));
        agreement.getProvision().addActor().setReference(curator);
        Consent unknown = agreement.copy();
        unknown.getProvision().getActorFirstRep().getReference().getIdentifier().setValue("nobody");
        refused(post(token("dominique", DOMINIQUE), unknown), 422, "consent-curator");

        String consent = created(post(token("dominique", DOMINIQUE), agreement));
        assertThat(reads("dominique-curator", DOMINIQUE)).isEqualTo(200);
        refused(SERVER.send(token("dominique-curator", DOMINIQUE), Scene.operation("close", DOMINIQUE)), 403, "R149");

        assertThat(SERVER.send(token("dominique", DOMINIQUE), Choices.ending(consent))
                        .status())
                .isEqualTo(200);
        refused(list("dominique-curator", DOMINIQUE, "DocumentReference", ""), 403, "R149");
    }

    @Test
    void holderSeesHisChoicesAndAProfessionalWhatConcernsHim() {
        String martin = Scene.authorise("dr-martin", Scene.DR_MARTIN, Scene.ALICE);
        String petit = Scene.authorise("nurse-petit", Scene.NURSE_PETIT, Scene.ALICE);
        String block = created(
                SERVER.send(token("alice", Scene.ALICE), Choices.block(Scene.ALICE, Characters.idNatPs("physio"))));
        String alice = token("alice", Scene.ALICE);
        String consents = "Consent?" + Scene.of(Scene.ALICE);

        assertThat(Scene.found(alice, consents + "&_count=500")).contains(martin, petit, block);
        assertThat(Scene.found(alice, consents + "&status=active&category=block"))
                .contains(block)
                .doesNotContain(martin);
        assertThat(Scene.found(token("dr-martin", Scene.ALICE), consents + "&_count=500"))
                .contains(martin)
                .doesNotContain(petit, block);
        refused(list("physio", Scene.ALICE, "Consent", ""), 403, "R44");
        Answer first = SERVER.send(alice, Call.get(consents + "&status=active&_count=1"));
        assertThat(first.matches()).hasSize(1);
        assertThat(first.total()).isGreaterThanOrEqualTo(3);
        String next = first.json().at("/link/1/url").asText();
        assertThat(next)
                .contains("_offset=1", "status=active")
                .doesNotContain(Scene.ALICE.ins().value());
        assertThat(Scene.found(alice, next))
                .hasSize(1)
                .doesNotContain(Scene.found(alice, consents + "&_count=1").get(0));
        assertThat(standing(alice, consents, martin)).isEqualTo("valid");

        for (String consent : List.of(petit, block)) {
            assertThat(SERVER.send(alice, Choices.ending(consent)).status()).isEqualTo(200);
        }
        assertThat(Scene.found(alice, consents + "&status=inactive&_count=500")).contains(petit, block);
        assertThat(Scene.found(alice, consents + "&status=active&_count=500")).doesNotContain(petit, block);
    }

    private static String standing(String token, String query, String consent) {
        return SERVER.send(token, Call.get(query + "&_count=500"))
                .matches()
                .filter(found -> consent.endsWith(found.path("id").asText()))
                .findFirst()
                .orElseThrow()
                .at("/extension/0/valueCode")
                .asText();
    }

    @Test
    void listOfChoicesIsRefusedToEverybodyElse() {
        for (String actor : List.of("operator", "auditor", "hospital-automate")) {
            refused(list(actor, Scene.ALICE, "Consent", ""), 403, "R91");
        }
        refused(list("secretary", Scene.ALICE, "Consent", ""), 403, "R67");
        refused(SERVER.send(token("bruno", Scene.BRUNO), Call.get("Consent?" + Scene.of(Scene.ALICE))), 403, "R148");
        refused(list("chloe-mother", Scene.ALICE, "Consent", ""), 403, "R147");
        refused(SERVER.send(token("alice", Scene.ALICE), Call.get("Consent")), 400, "patient-required");
        refused(list("alice", Scene.ALICE, "Consent", "&status=draft"), 400, "invalid-code");
        refused(list("alice", Scene.ALICE, "Consent", "&category=x"), 400, "invalid-code");
        refused(list("alice", Scene.ALICE, "Consent", "&_count=-1"), 400, "invalid-number");
        refused(list("alice", Scene.ALICE, "Consent", "&status:not=active"), 400, "unknown-parameter");
        refused(list("alice", Scene.ALICE, "Consent", "&_include=Consent:actor"), 400, "unknown-parameter");
    }

    @Test
    void whatWasDeclaredInSecretIsNotToldToTheMother() {
        Answer declared =
                SERVER.send(token("dr-leroy", CHLOE, "secret", "true"), Choices.authorisation(CHLOE, Scene.DR_LEROY));
        String secret = created(declared);

        assertThat(Scene.found(token("chloe", CHLOE), "Consent?" + Scene.of(CHLOE)))
                .contains(secret);
        assertThat(Scene.found(token("dr-leroy", CHLOE), "Consent?" + Scene.of(CHLOE)))
                .contains(secret);
        Answer told = list("chloe-mother", CHLOE, "Consent", "&_count=500");
        assertThat(new String(told.body(), StandardCharsets.UTF_8))
                .doesNotContain(secret.substring("Consent/".length()));
        assertThat(told.total()).isEqualTo((int) told.matches().count());
        assertThat(new String(
                        list("chloe-mother", CHLOE, "AuditEvent", "&_count=200").body(), StandardCharsets.UTF_8))
                .doesNotContain(secret);

        SERVER.send(token("dr-leroy", CHLOE, "secret", "true"), Choices.ending(secret));
    }
}
