package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.Sandbox;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.flow.Scenario.Step;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jooq.DSLContext;

/** Plays one scenario on a server: every step is a request over HTTP with a token of its actor. */
final class Stage {

    private static final String KIND = "https://carnet.example/fhir/CodeSystem/consent-kind";
    private static final String RELIABILITY =
            "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability";

    private final Map<String, String> documents = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, String> consents = new HashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private final Map<String, Bundle> lots = new HashMap<>();
    private final Set<String> told = new TreeSet<>();
    private final Sandbox sandbox;
    private final DSLContext database;

    /** @param database of that server, for what no answer tells: notices owed, and the rule of every decision */
    Stage(Sandbox sandbox, DSLContext database) {
        this.sandbox = sandbox;
        this.database = database;
    }

    /** Empties the stage: the cast, no document, today. */
    void clear() {
        sandbox.clock("reset=true");
        sandbox.reset();
    }

    /** Numbers of the rules that an answer, a warning, a trace or a notice named since the stage was cleared. */
    Set<String> told() {
        told.addAll(database.resultQuery("select distinct rule_id from carnet.trace where rule_id is not null"
                        + " union select distinct rule from carnet.obligation")
                .fetch(0, String.class));
        return told;
    }

    void prepare(Step step) {
        Answer answer = performed(step);
        assertThat(answer.status()).as("given %s: %s", step, answer.sentence()).isBetween(200, 299);
    }

    void play(Step step) {
        Answer answer = performed(step);
        assertThat(answer.status())
                .as("%s: %s", step, Scene.issues(answer))
                .isEqualTo(step.find("status").map(Integer::parseInt).orElse(200));
        step.find("rule").ifPresent(rule -> assertThat(answer.names(rule))
                .as("%s: %s", step, Scene.issues(answer))
                .isTrue());
        step.find("warns")
                .ifPresent(code ->
                        assertThat(Scene.warnings(answer)).as("%s", step).contains(code));
        step.find("entries")
                .ifPresent(count -> assertThat(answer.matches()).as("%s", step).hasSize(Integer.parseInt(count)));
        step.find("active").ifPresent(active -> assertThat(answer.matches()
                        .findFirst()
                        .orElseThrow()
                        .path("active")
                        .asText())
                .isEqualTo(active));
        step.find("record").ifPresent(state -> assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .as("%s", step)
                .contains("\"" + state + "\""));
        step.find("owes")
                .ifPresent(notices ->
                        assertThat(owed(step)).as("%s", step).containsExactlyInAnyOrderElementsOf(step.each("owes")));
        if (step.is("does").equals("list")) {
            found(step, answer);
        }
    }

    private Answer performed(Step step) {
        Answer answer = act(step);
        answer.codes().filter(code -> code.matches("R\\d+")).forEach(told::add);
        told.addAll(Scene.warnings(answer).stream()
                .filter(code -> code.matches("R\\d+"))
                .toList());
        return answer;
    }

    /** Notices that wait to be delivered, about the record and its documents: {@code kind rule}. */
    private List<String> owed(Step step) {
        return database.resultQuery(
                        "select o.kind || ' ' || o.rule from carnet.obligation o join carnet.patient_facts p"
                                + " using (patient_id) where p.ins_value = ? and o.done is null",
                        patient(step).ins().value())
                .fetch(0, String.class);
    }

    private static Person patient(Step step) {
        return Characters.patient(step.find("of").orElse("alice"));
    }

    private void found(Step step, Answer answer) {
        List<String> ids = answer.matches()
                .map(resource -> "DocumentReference/" + resource.path("id").asText())
                .toList();
        if (step.find("finds").isPresent()) {
            assertThat(ids)
                    .as("%s", step)
                    .containsExactlyInAnyOrderElementsOf(
                            step.each("finds").stream().map(documents::get).toList());
            assertThat(answer.total()).as("%s", step).isEqualTo(ids.size());
        }
        step.each("lacks").forEach(name -> assertThat(ids).as("%s", step).doesNotContain(documents.get(name)));
        step.each("shows").forEach(name -> assertThat(ids).as("%s", step).contains(documents.get(name)));
    }

    private Answer act(Step step) {
        Person patient = patient(step);
        return switch (step.is("does")) {
            case "clock" -> clock(step);
            case "status" -> send(step, patient, Call.get("Patient?identifier=" + identifier(step, patient)));
            case "declare" ->
                consent(step, patient, "authorisation", step.find("for").orElse(step.is("actor")));
            case "declare-team" -> consent(step, patient, "authorisation", step.is("actor"));
            case "block" -> consent(step, patient, "block", step.is("whom"));
            case "choose" ->
                consent(step, patient, step.is("kind"), step.find("whom").orElse(""));
            case "end" -> send(step, patient, Choices.ending(consents.get(step.is("consent"))));
            case "deposit" -> deposit(step, patient);
            case "deposit-again" -> again(step, patient);
            case "list" ->
                send(
                        step,
                        patient,
                        Call.get("DocumentReference?" + Scene.of(patient) + "&_count=100&status="
                                + step.find("state").orElse("current")
                                + step.find("query").map(q -> "&" + q).orElse("")));
            case "read" -> send(step, patient, Call.get(contents.get(step.is("what"))));
            case "metadata" -> send(step, patient, Call.get(documents.get(step.is("what"))));
            case "mask" -> send(step, patient, Choices.masking(documents.get(step.is("what"))));
            case "unmask", "show" -> send(step, patient, Choices.unmasking(documents.get(step.is("what"))));
            case "label" -> send(step, patient, labelling(documents.get(step.is("what")), step.is("as")));
            case "delete" -> send(step, patient, Choices.deletion(documents.get(step.is("what"))));
            case "archive" -> send(step, patient, MetadataUpdateIT.archiving(documents.get(step.is("what")), true));
            case "traces" -> told(step, patient, "AuditEvent?_count=200&");
            case "notices" -> told(step, patient, "Communication?_count=200&");
            case "perform" -> perform(step, patient);
            case "write" -> write(step, patient);
            case "close-conversation" ->
                send(
                        step,
                        patient,
                        Call.write("POST", messages.get(step.is("what")) + "/$close-conversation", new Parameters()));
            default -> throw new IllegalArgumentException("nobody can " + step.is("does"));
        };
    }

    private static String identifier(Step step, Person patient) {
        return Call.escaped(step.find("identifier").orElse(patient.ins().token()));
    }

    private Answer clock(Step step) {
        String form = step.find("advance").map(a -> "advance=" + a).orElseGet(() -> "at=" + step.is("at"));
        var moved = sandbox.clock(form);
        return new Answer(moved.statusCode(), moved.body(), Optional.empty());
    }

    private Answer send(Step step, Person patient, Call call) {
        Person named = step.find("token-of").map(Characters::patient).orElse(patient);
        return sandbox.send(sandbox.token(step.is("actor"), Scene.naming(named, step.token())), call);
    }

    /** An operation on the record; the consent box where the step speaks of it. */
    private Answer perform(Step step, Person patient) {
        Object[] box = step.find("box")
                .map(ticked -> new Object[] {"consent", new BooleanType(ticked)})
                .orElse(new Object[0]);
        return send(step, patient, Scene.operation(step.is("operation"), patient, box));
    }

    /** A message {@code to} somebody of the cast or a structure, or {@code in} a conversation. */
    private Answer write(Step step, Person patient) {
        var message = new Communication().setStatus(CommunicationStatus.INPROGRESS);
        message.setSubject(new Reference().setIdentifier(patient.identifier()));
        message.addPayload().setContent(new StringType("Bonjour"));
        step.find("to-structure").ifPresent(to -> message.addRecipient()
                .setIdentifier(new Identifier().setSystem(StructureId.SYSTEM).setValue(to)));
        step.find("to").ifPresent(to -> message.addRecipient()
                .setIdentifier(new Identifier().setSystem(IdNatPs.SYSTEM).setValue(Characters.idNatPs(to))));
        step.find("in").ifPresent(name -> message.addInResponseTo(new Reference(messages.get(name))));
        Answer answer = send(step, patient, Call.write("POST", "Communication", message));
        step.find("as").ifPresent(name -> answer.created().ifPresent(created -> messages.put(name, created)));
        return answer;
    }

    /** Traces or notices of a record, asked by the step's actor; {@code tells} and {@code hides} are words of them. */
    private Answer told(Step step, Person patient, String query) {
        Answer answer = send(step, patient, Call.get(query + Scene.of(patient)));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        step.each("tells").forEach(word -> assertThat(text).as("%s", step).contains(referenceOr(word)));
        step.each("hides").forEach(word -> assertThat(text).as("%s", step).doesNotContain(referenceOr(word)));
        return answer;
    }

    private String referenceOr(String word) {
        return documents.getOrDefault(word, word);
    }

    private Answer consent(Step step, Person patient, String kind, String professional) {
        String performer = step.is("does").equals("declare-team")
                ? identifierOf(IdNatPs.SYSTEM, Characters.idNatPs(step.is("actor")))
                : identifierOf(patient.ins().domain().system(), patient.ins().value());
        String actor = professional.isEmpty()
                ? ""
                : ",\"provision\":{\"actor\":[{\"reference\":"
                        + identifierOf(IdNatPs.SYSTEM, Characters.idNatPs(professional)) + "}]}";
        String json = "{\"resourceType\":\"Consent\",\"status\":\"active\",\"scope\":{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/consentscope\",\"code\":\"patient-privacy\"}]},"
                + "\"category\":[{\"coding\":[{\"system\":\"" + KIND + "\",\"code\":\"" + kind + "\"}]}],\"patient\":"
                + identifierOf(patient.ins().domain().system(), patient.ins().value())
                + ",\"performer\":[" + performer + "]" + actor + reason(step) + "}";
        Answer answer = send(
                step,
                patient,
                Call.write("POST", "Consent", "application/fhir+json", json.getBytes(StandardCharsets.UTF_8)));
        step.find("consent").ifPresent(name -> answer.created().ifPresent(id -> consents.put(name, id)));
        return answer;
    }

    private static String reason(Step step) {
        return step.find("reason")
                .map(reason -> ",\"extension\":[{\"url\":\"" + CarnetUris.CONSENT_REASON + "\",\"valueString\":\""
                        + reason + "\"}]")
                .orElse("");
    }

    private static String identifierOf(String system, String value) {
        return "{\"identifier\":{\"system\":\"" + system + "\",\"value\":\"" + value + "\"}}";
    }

    private Answer deposit(Step step, Person patient) {
        var kind = Characters.kind(step.is("type"), step.find("class"));
        String author = step.find("author").orElse(step.is("actor"));
        Bundle lot = Scene.lot(patient, Characters.author(author), Scene.document(kind));
        step.each("labels").forEach(label -> Scene.reference(lot)
                .addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, label, null))));
        if (step.find("by").filter("holder"::equals).isPresent()) {
            byHolder(lot, patient);
        }
        step.find("ins-status").ifPresent(status -> reliability(lot, status));
        step.find("born")
                .ifPresent(date -> sourcePatient(lot).getBirthDateElement().setValueAsString(date));
        step.find("replaces").ifPresent(name -> Scene.replacing(documents.get(name), lot));
        step.find("as").ifPresent(name -> lots.put(name, lot));
        return sent(step, patient, lot);
    }

    /** The same document in another lot. */
    private Answer again(Step step, Person patient) {
        Bundle first = lots.get(step.is("what"));
        Bundle lot = Scene.lot(patient, Characters.author(step.is("actor")), Scene.document());
        Scene.reference(lot).setMasterIdentifier(Scene.reference(first).getMasterIdentifier());
        return sent(step, patient, lot);
    }

    private Answer sent(Step step, Person patient, Bundle lot) {
        Answer answer = send(step, patient, Call.transaction(lot));
        List<String> created = answer.createdInTransaction().toList();
        step.find("as").filter(name -> created.size() > 2).ifPresent(name -> {
            documents.put(name, created.get(1));
            contents.put(name, created.get(2));
        });
        return answer;
    }

    private static void byHolder(Bundle lot, Person holder) {
        Scene.reference(lot).getAuthorFirstRep().setReference("#patient");
        Scene.reference(lot)
                .getContext()
                .setPracticeSetting(new CodeableConcept(new Coding(CodeSystems.TRE_A00, "EXP_PATIENT", null)));
        Patient source = holder.resource();
        source.setId("patient");
        Scene.set(lot).setSource(new Reference("#patient")).addContained(source);
        Scene.pruned(Scene.set(lot));
        Scene.pruned(Scene.reference(lot));
    }

    private static void reliability(Bundle lot, String status) {
        Coding stated = (Coding) sourcePatient(lot)
                .getExtensionByUrl(RELIABILITY)
                .getExtensionByUrl("identityStatus")
                .getValue();
        stated.setCode(status);
    }

    private static Patient sourcePatient(Bundle lot) {
        return Scene.reference(lot).getContained().stream()
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Call labelling(String document, String label) {
        String value = "{\"coding\":[{\"system\":\"" + Visibility.SYSTEM + "\",\"code\":\"" + label + "\"}]}";
        return Call.write(
                "PATCH",
                document,
                "application/json-patch+json",
                ("[{\"op\":\"add\",\"path\":\"/securityLabel/-\",\"value\":" + value + "}]")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
