package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.simplified;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.Publication;
import fr.carnet.server.ServedProfiles;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.IdNatPs;
import fr.carnet.validation.profile.ProfileFinding;
import fr.carnet.validation.profile.ProfileValidator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/**
 * Every kind of trace, as the auditor reads it, against the audit profiles of MHD and BALP; where their packages are not at
 * hand, against Carnet's own.
 */
class AuditProfilesIT {

    private static final Set<String> KINDS = Set.of(
            "MHD/StructureDefinition/IHE.MHD.ProvideBundle.Audit.Recipient",
            "MHD/StructureDefinition/IHE.MHD.FindDocumentLists.Audit.Responder",
            "MHD/StructureDefinition/IHE.MHD.FindDocumentReferences.Audit.Responder",
            "MHD/StructureDefinition/IHE.MHD.RetrieveDocument.Audit.Responder",
            "MHD/StructureDefinition/IHE.MHD.SimplifiedPublish.Audit.Recipient",
            "BALP/StructureDefinition/IHE.IUA.71",
            "BALP/StructureDefinition/IHE.BasicAudit.AuthZconsent",
            "BALP/StructureDefinition/IHE.BasicAudit.Query",
            "BALP/StructureDefinition/IHE.BasicAudit.PatientCreate",
            "BALP/StructureDefinition/IHE.BasicAudit.PatientRead",
            "BALP/StructureDefinition/IHE.BasicAudit.PatientQuery",
            "BALP/StructureDefinition/IHE.BasicAudit.PatientUpdate");

    private final ProfileValidator profiles = SERVER.bean(ProfileValidator.class);
    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);
    private final String of = Scene.of(patient);

    private Answer done(String token, Call call) {
        Answer answer = SERVER.send(token, call);
        assertThat(answer.status()).as(call.method() + " " + call.path()).isBetween(200, 299);
        return answer;
    }

    private void publishReadAndFind() {
        String document = published("dr-martin", patient, Publication.withFolder(lot(patient, document())));
        published("dr-martin", patient, Scene.replacing(document, lot(patient, document())));
        String other = done(martin, Call.write("POST", "DocumentReference", simplified(patient, document())))
                .created()
                .orElseThrow();
        String url = done(martin, Call.get(other))
                .json()
                .at("/content/0/attachment/url")
                .asText();
        done(martin, Call.get(url, "application/pdf"));
        done(martin, Call.get("DocumentReference?status=current&" + of));
        done(martin, Call.get("Patient/$overview?" + of));
        Answer lists = done(martin, Call.get("List?status=current&code=folder&" + of));
        done(
                martin,
                Call.get("List/"
                        + lists.matches().findFirst().orElseThrow().path("id").asText()));
        done(martin, Choices.masking(other));
        done(martin, Choices.unmasking(other));
        done(martin, Choices.deletion(other));
    }

    private void decideAndLook() {
        String consent = Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        done(martin, Call.get("Consent?" + of));
        String record = "Patient/"
                + done(
                                martin,
                                Call.get("Patient?identifier="
                                        + Call.escaped(patient.ins().token())))
                        .matches()
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asText();
        done(martin, Call.get(record));
        done(martin, Call.get(record + "/$overview"));
        String operator = SERVER.token("operator");
        CareTeam team = new CareTeam().setStatus(CareTeam.CareTeamStatus.ACTIVE).setName("Suivi");
        team.setSubject(new Reference().setIdentifier(patient.identifier()));
        team.addParticipant(CircleIT.member(Scene.DR_LEROY));
        String reference =
                done(operator, Call.write("POST", "CareTeam", team)).created().orElseThrow();
        done(operator, Call.get("CareTeam?" + of));
        team.setId(reference);
        team.setStatus(CareTeam.CareTeamStatus.INACTIVE);
        done(operator, Call.write("PUT", reference, team));
        done(operator, Call.get("RelatedPerson?" + of));
        done(SERVER.token("auditor"), Call.get("AuditEvent?_count=1&" + of));
        String trace = done(SERVER.token("auditor"), Call.get("AuditEvent?_count=1&" + of))
                .matches()
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        done(SERVER.token("auditor"), Call.get("AuditEvent/" + trace));
        done(SERVER.token("auditor"), Call.get("AuditEvent?_count=1&date=ge2020-01-01"));
        String holder = token("alice", patient, "subject", patient.ins().value());
        done(holder, Scene.operation("export-record", patient));
        done(holder, Scene.operation("export-traces", patient));
        done(martin, Choices.ending(consent));
    }

    @Test
    void everyKindOfTraceKeepsTheProfilesOfItsTransaction() {
        decideAndLook();
        String again = Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        publishReadAndFind();
        done(martin, Choices.ending(again));
        SERVER.send(token("nurse-petit", patient), Call.get("DocumentReference?status=current&" + of));
        SERVER.send(token("dr-martin", patient), Call.get("DocumentReference/none"));
        String auditor = SERVER.token("auditor");
        List<JsonNode> events = Stream.of(
                        of, "subtype=ITI-71&date=ge2020-01-01", "subtype=READ_TRACES&date=ge2020-01-01")
                .flatMap(query -> done(auditor, Call.get("AuditEvent?_count=100&" + query))
                        .matches())
                .toList();
        Set<String> held = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        for (JsonNode event : events) {
            List<String> kinds = ServedProfiles.of(event, "GET AuditEvent");
            List<String> claimed = new ArrayList<>();
            event.at("/meta/profile").forEach(profile -> claimed.add(profile.asText()));
            assertThat(kinds).containsAll(claimed);
            assertThat(claimed.isEmpty()).as(event.toString()).isEqualTo(kinds.size() == 1);
            kinds.forEach(kind -> held.add(kind.replaceFirst(".*/ITI/", "")));
            errors(event, kinds).forEach(error -> wrong.add(event.findValuesAsText("code") + " " + error));
        }
        assertThat(wrong).isEmpty();
        assertThat(held).containsAll(KINDS);
        assertThat(events).anyMatch(event -> event.path("outcome").asText().equals("4"));
    }

    @Test
    void tokenThatIsNotIssuedIsTracedToo() {
        String refused = "AuditEvent?subtype=ITI-71&outcome=4&date=ge2020-01-01";
        String auditor = SERVER.token("auditor");
        int before = done(auditor, Call.get(refused)).total();

        int status = Scene.http(
                        "POST",
                        SERVER.root() + "/sandbox/token",
                        "actor=nobody".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(done(auditor, Call.get(refused)).total()).isGreaterThan(before);
    }

    @Test
    void accessNamesTheConsentThatOpenedTheRecordToWhoeverMayKnowOfIt() {
        Person other = Scene.patient();
        String document = published(other, document());
        String consent = Scene.authorise("dr-leroy", Scene.DR_LEROY, other);
        done(token("dr-leroy", other), Call.get(document));
        String read = "AuditEvent?action=R&entity=" + document + "&" + Scene.of(other);
        String decided = "AuditEvent?type=110113&entity=" + consent + "&" + Scene.of(other);
        String auditor = SERVER.token("auditor");
        String holder = token("alice", other, "subject", other.ins().value());

        assertThat(done(auditor, Call.get(read + "&entity=" + consent)).total()).isOne();
        assertThat(done(holder, Call.get(read + "&entity=" + consent)).total()).isOne();
        assertThat(done(auditor, Call.get(decided)).total()).isOne();
        assertThat(done(holder, Call.get(decided)).total()).isZero();
        Answer own = done(
                SERVER.token("dr-leroy"),
                Call.get(read + "&agent.identifier=" + Call.escaped(IdNatPs.SYSTEM + "|" + Scene.DR_LEROY)));
        assertThat(new String(own.body(), StandardCharsets.UTF_8)).contains(consent);
    }

    private List<String> errors(JsonNode event, List<String> kinds) {
        var resource = FhirContext.forR4Cached().newJsonParser().parseResource(AuditEvent.class, event.toString());
        return profiles.check(resource, kinds).stream()
                .filter(ProfileFinding::grave)
                .map(finding -> finding.expression() + ": " + finding.text())
                .toList();
    }
}
