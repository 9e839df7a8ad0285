package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.BRUNO;
import static fr.carnet.server.flow.Scene.DR_MARTIN;
import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.authorise;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.found;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.dmp.RecordRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.Registration;
import fr.carnet.shared.Ins;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;

/** {@code Patient/$change-ins} over HTTP: one record, whichever matricule names it (R9). */
class ChangeInsIT {

    private static final String CURRENT = "DocumentReference?status=current&";

    private final String operator = SERVER.token("operator");
    private final Person before = Scene.patient();
    private final Person after = renamed(before);

    /** The same person with a matricule that nobody has. */
    private static Person renamed(Person person) {
        return bearing(Scene.stranger().ins(), person);
    }

    private static Person bearing(Ins ins, Person person) {
        return new Person(
                ins,
                person.birthName(),
                person.firstGiven(),
                person.birthGivens(),
                person.birthDate(),
                person.gender(),
                person.birthPlace());
    }

    private static Call change(Person from, Person to) {
        return Scene.operation("change-ins", from, "new", to.identifier());
    }

    private Answer changed() {
        Answer answer = SERVER.send(operator, change(before, after));
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        return answer;
    }

    private static Answer status(String token, Person asked) {
        return SERVER.send(
                token, Call.get("Patient?identifier=" + Call.escaped(asked.ins().token())));
    }

    /** {@code use value} of each identifier. */
    private static List<String> identifiers(JsonNode patient) {
        return StreamSupport.stream(patient.path("identifier").spliterator(), false)
                .map(id -> id.path("use").asText() + " " + id.path("value").asText())
                .toList();
    }

    private static List<String> told(String token, Person asked) {
        return identifiers(status(token, asked).matches().findFirst().orElseThrow());
    }

    private String official() {
        return "official " + after.ins().value();
    }

    private String old() {
        return "old " + before.ins().value();
    }

    /** A token of the holder under a matricule of his. */
    private static String holder(Person person, String... more) {
        String[] fields = new String[more.length + 2];
        fields[0] = "subject";
        fields[1] = person.ins().value();
        System.arraycopy(more, 0, fields, 2, more.length);
        return token("hugo", person, fields);
    }

    @Test
    void documentsStayReachableWhicheverMatriculeIsNamed() {
        authorise("dr-martin", DR_MARTIN, before);
        String document = published(before, document());

        assertThat(identifiers(changed().json())).containsExactlyInAnyOrder(official(), old());

        for (Person inToken : List.of(before, after)) {
            String martin = token("dr-martin", inToken);
            assertThat(found(martin, CURRENT + Scene.of(before))).containsExactly(document);
            assertThat(found(martin, CURRENT + Scene.of(after))).containsExactly(document);
            assertThat(SERVER.send(martin, Call.get(document)).status()).isEqualTo(200);
        }
        assertThat(issues(SERVER.send(token("dr-martin", BRUNO), Call.get(CURRENT + Scene.of(after)))))
                .containsExactly("error R82");
    }

    @Test
    void softwareThatDoesNotKnowYetDepositsAndDeclaresUnderTheFormerMatricule() {
        changed();

        String old = published("dr-martin", before, lot(before, document()));
        String current = published("dr-martin", after, lot(after, document()));
        String mixed = Scene.post(token("dr-martin", before), lot(after, document()))
                .createdInTransaction()
                .filter(created -> created.startsWith("DocumentReference/"))
                .findFirst()
                .orElseThrow();
        var sourceStillOld = lot(after, document());
        Scene.reference(sourceStillOld).getContained().stream()
                .filter(org.hl7.fhir.r4.model.Patient.class::isInstance)
                .map(org.hl7.fhir.r4.model.Patient.class::cast)
                .forEach(source -> source.setIdentifier(List.of(before.identifier())));
        String source = published("dr-martin", after, sourceStillOld);
        assertThat(SERVER.send(token("dr-martin", before), Choices.authorisation(before, DR_MARTIN))
                        .status())
                .isEqualTo(201);

        assertThat(found(token("dr-martin", after), CURRENT + Scene.of(after)))
                .containsExactlyInAnyOrder(old, current, mixed, source);
    }

    @Test
    void sourceOfAnotherPersonIsRefusedAsBefore() {
        changed();
        var foreign = lot(after, document());
        Scene.reference(foreign).getContained().stream()
                .filter(org.hl7.fhir.r4.model.Patient.class::isInstance)
                .map(org.hl7.fhir.r4.model.Patient.class::cast)
                .forEach(source -> source.setIdentifier(List.of(BRUNO.identifier())));

        Answer refused = Scene.post(token("dr-martin", after), foreign);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(issues(refused))
                .containsExactly("error XDSPatientIdDoesNotMatch Bundle.entry[1].resource.context.sourcePatientInfo");
    }

    @Test
    void formerMatriculeIsToldToWhoNamedItAndToTheKeepersOnly() {
        changed();

        assertThat(told(token("dr-martin", after), after)).containsExactly(official());
        assertThat(told(token("dr-martin", after), before)).containsExactlyInAnyOrder(official(), old());
        assertThat(told(token("dr-martin", before), after)).containsExactlyInAnyOrder(official(), old());
        assertThat(told(operator, after)).containsExactlyInAnyOrder(official(), old());
        assertThat(told(holder(after), after)).containsExactlyInAnyOrder(official(), old());
    }

    @Test
    void holderIsTheSamePersonUnderEitherMatricule() {
        String document = published(before, document());
        changed();

        for (Person named : List.of(before, after)) {
            String holder = holder(named);
            assertThat(found(holder, CURRENT + Scene.of(after))).containsExactly(document);
            assertThat(SERVER.send(holder, Choices.masking(document)).status()).isEqualTo(200);
            assertThat(SERVER.send(holder, Choices.unmasking(document)).status())
                    .isEqualTo(200);
        }
        assertThat(issues(SERVER.send(SERVER.token("alice"), Call.get(CURRENT + Scene.of(after)))))
                .containsExactly("error R148");
    }

    @Test
    void tracesOfBeforeAndAfterAreFoundUnderBoth() {
        String first = published(before, document());
        changed();
        String second = published("dr-martin", after, lot(after, document()));

        for (Person named : List.of(before, after)) {
            Answer traces = SERVER.send(
                    holder(named),
                    Call.get("AuditEvent?_count=200&" + Scene.of(named.equals(before) ? after : before)));
            assertThat(traces.status()).isEqualTo(200);
            assertThat(new String(traces.body(), StandardCharsets.UTF_8)).contains(first, second);
        }
        Answer audited = SERVER.send(SERVER.token("auditor"), Call.get("AuditEvent?_count=200&" + Scene.of(before)));
        assertThat(new String(audited.body(), StandardCharsets.UTF_8)).contains("R9");
    }

    @Test
    void onlyTheOperatorChangesAndNobodyElseLearnsAnything() {
        Person unknown = Scene.stranger();
        for (Person named : List.of(before, unknown)) {
            for (Person next : List.of(after, ALICE, named)) {
                for (String token : List.of(token("dr-martin", named), SERVER.token("auditor"), holder(named))) {
                    Answer refused = SERVER.send(token, change(named, next));
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(issues(refused)).containsExactly("error R10");
                }
            }
        }
        assertThat(told(operator, before))
                .containsExactly("official " + before.ins().value());
    }

    @Test
    void refusalsNameTheirRuleAndChangeNothing() {
        Person other = Scene.patient();
        Person others = renamed(other);
        SERVER.send(operator, change(other, others));
        Person gone = Scene.patient("DESTROYED", Instant.now());

        assertThat(refusal(change(before, before))).isEqualTo("422 R9");
        assertThat(refusal(change(before, others))).isEqualTo("409 R9");
        assertThat(refusal(change(before, other))).isEqualTo("409 R9");
        assertThat(refusal(change(other, after))).isEqualTo("409 R9");
        assertThat(refusal(change(Scene.stranger(), after))).isEqualTo("404 R13");
        assertThat(refusal(change(gone, after))).isEqualTo("422 R10");
        assertThat(refusal(to(before.identifier().setValue("284057505601205")))).isEqualTo("422 R2");
        assertThat(refusal(to(before.identifier().setSystem("urn:oid:1.2.3")))).isEqualTo("422 R1");
        assertThat(refusal(to(new Identifier().setValue("1")))).isEqualTo("422 operation-parameter");
        assertThat(refusal(Scene.operation("change-ins", before))).isEqualTo("422 operation-parameter");
        assertThat(told(operator, before))
                .containsExactly("official " + before.ins().value());
        assertThat(status(operator, after).total()).isZero();
    }

    private String refusal(Call call) {
        Answer answer = SERVER.send(operator, call);
        return answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    private Call to(Identifier next) {
        return Scene.operation("change-ins", before, "new", next);
    }

    @Test
    void nobodyElseIsRegisteredUnderTheFormerMatricule() {
        changed();

        assertThat(refusal(Registration.of(bearing(before.ins(), Scene.stranger()), DR_MARTIN)))
                .isEqualTo("409 R9");
        assertThat(SERVER.send(operator, Registration.of(after, DR_MARTIN)).status())
                .isEqualTo(200);
        assertThat(told(operator, after)).containsExactlyInAnyOrder(official(), old());
        Call invented = Call.write(
                "PUT",
                "Patient?identifier=" + Call.escaped(after.ins().token()),
                after.resource().addIdentifier(Scene.stranger().identifier().setUse(Identifier.IdentifierUse.OLD)));
        assertThat(refusal(invented)).isEqualTo("422 ins-former");
    }

    @Test
    void mistakenChangeIsTakenBack() {
        changed();

        Answer back = SERVER.send(operator, change(after, before));

        assertThat(identifiers(back.json()))
                .containsExactlyInAnyOrder(
                        "official " + before.ins().value(), "old " + after.ins().value());
    }

    @Test
    void ofTwoChangesAtOnceOneIsTooLate() throws Exception {
        Person another = renamed(before);

        List<Integer> statuses =
                AtOnce.answers(2, index -> SERVER.send(operator, change(before, index == 0 ? after : another))
                        .status());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void twoPatientsDoNotGetOneMatriculeAtOnce() throws Exception {
        List<Person> two = List.of(before, Scene.patient());

        List<Integer> statuses = AtOnce.answers(
                2, index -> SERVER.send(operator, change(two.get(index), after)).status());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        assertThat(status(operator, after).total()).isEqualTo(1);
    }

    @Test
    void registrationAndChangeAtOnceLeaveOnePatientWithTheMatricule() throws Exception {
        Call registration = Registration.of(bearing(after.ins(), Scene.stranger()), DR_MARTIN);

        List<Integer> statuses =
                AtOnce.answers(2, index -> SERVER.send(operator, index == 0 ? change(before, after) : registration)
                        .status());

        // whoever registers after the change corrects the one patient who bears the matricule
        assertThat(statuses).isIn(List.of(200, 200), List.of(409, 201));
        assertThat(status(operator, after).total()).isEqualTo(1);
    }

    @Test
    void depositsDuringTheChangeAllArrive() throws Exception {
        authorise("dr-martin", DR_MARTIN, before);

        List<Integer> statuses = AtOnce.answers(
                6,
                index -> index == 0
                        ? SERVER.send(operator, change(before, after)).status()
                        : Scene.post(token("dr-martin", before), lot(before, document()))
                                .status());

        assertThat(statuses).containsOnly(200);
        assertThat(found(token("dr-martin", after), CURRENT + Scene.of(after))).hasSize(5);
    }

    @Test
    void formerMatriculesAreRebuiltFromTheResources() {
        changed();
        RecordRebuild rebuild = SERVER.bean(RecordRebuild.class);

        assertThat(rebuild.drift((done, total) -> {})).isEmpty();
        rebuild.rebuild((done, total) -> {});

        assertThat(told(operator, before)).containsExactlyInAnyOrder(official(), old());
        assertThat(refusal(Registration.of(bearing(before.ins(), Scene.stranger()), DR_MARTIN)))
                .isEqualTo("409 R9");
    }

    @Test
    void parametersBeyondTheDefinitionAreRefused() {
        var parameters = new Parameters()
                .addParameter(new Parameters.ParametersParameterComponent()
                        .setName("identifier")
                        .setValue(before.identifier()))
                .addParameter(new Parameters.ParametersParameterComponent()
                        .setName("merge")
                        .setValue(after.identifier()));

        assertThat(refusal(Call.write("POST", "Patient/$change-ins", parameters)))
                .isEqualTo("400 unknown-parameter");
    }
}
