package fr.carnet.fulltext;

import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/** The documents of two patients who have a session of their own, and who sees which of them. */
final class Shelf implements AutoCloseable {

    /**
     * A patient of the cast.
     *
     * @param actor as whom he searches himself
     */
    record Patient(String actor, Person person) {
        @Override
        public String toString() {
            return actor;
        }
    }

    /**
     * A document that was published.
     *
     * @param id FHIR id
     * @param words of its title and its text, folded
     */
    record Shelved(
            String id, int number, Patient patient, Document.Kind kind, Optional<Visibility> label, String words) {}

    static final Patient ALICE = new Patient(
            "alice",
            new Person(
                    new Ins(InsDomain.TEST, "284057505601204"),
                    "MOREAU",
                    "ALICE",
                    "ALICE JEANNE",
                    "1984-05-17",
                    AdministrativeGender.FEMALE,
                    "75056"));
    static final Patient DOMINIQUE = new Patient(
            "dominique",
            new Person(
                    new Ins(InsDomain.TEST, "279035121518989"),
                    "PAT-TROIS",
                    "DOMINIQUE",
                    "DOMINIQUE MARIE-LOUISE",
                    "1979-03-28",
                    AdministrativeGender.FEMALE,
                    "51215"));
    static final List<Patient> PATIENTS = List.of(ALICE, DOMINIQUE);

    private static final Document.Kind STAY = new Document.Kind(
            Document.Kind.CONSULTATION.typeSystem(),
            "34112-3",
            "10",
            Document.Kind.CONSULTATION.formatSystem(),
            Document.Kind.CONSULTATION.formatCode(),
            "application/pdf",
            "Compte rendu de séjour");
    private static final OffsetDateTime SYNTHESIS_MADE = OffsetDateTime.parse("2026-03-10T10:00:00+01:00");
    private static final Map<String, String> AUTHORISED =
            Map.of("dr-martin", "899700100011", "nurse-petit", "899700100037", "pharmacist-roche", "899700100045");
    private static final int SHORTEST = 5_000;
    private static final int LONGEST = 60_000;

    private final RunningServer server = RunningServer.get();
    private final FhirClient client = new FhirClient(URI.create(server.root() + "/fhir"));
    private final Sentences sentences = new Sentences();
    private final OffsetDateTime newest = Instant.now().atOffset(ZoneOffset.UTC).minusHours(1);
    private final Map<String, String> consents = new HashMap<>();
    private final List<Shelved> documents = new ArrayList<>();

    /** So many documents, in turn of each patient. */
    Shelf(int count) {
        for (Patient patient : PATIENTS) {
            AUTHORISED.forEach((actor, number) -> consents.put(
                    created(send(token(actor, patient), Choices.authorisation(patient.person(), number))),
                    token(actor, patient)));
        }
        for (int number = 0; number < count; number++) {
            documents.add(published(number, PATIENTS.get(number % PATIENTS.size())));
        }
    }

    private Shelved published(int number, Patient patient) {
        int turn = number / PATIENTS.size();
        Document.Kind kind =
                switch (turn % 10) {
                    case 0 -> Document.Kind.PSYCHIATRIC_SYNTHESIS;
                    case 1, 2 -> STAY;
                    case 3 -> patient.equals(ALICE) ? Document.Kind.VSM : Document.Kind.CONSULTATION;
                    default -> Document.Kind.CONSULTATION;
                };
        Optional<Visibility> label =
                switch (turn % 7) {
                    case 2 -> Optional.of(Visibility.MASQUE_PS);
                    case 4 -> Optional.of(Visibility.INVISIBLE_PATIENT);
                    default -> Optional.empty();
                };
        List<String> text = sentences.text(number, SHORTEST + number * 7_919 % (LONGEST - SHORTEST));
        boolean cda = kind.equals(Document.Kind.VSM);
        UniqueId id = UniqueId.random();
        byte[] content = cda ? Rendering.synthesis(id, text) : Rendering.pdf(text);
        Document document = new Document(id, kind, cda ? SYNTHESIS_MADE : newest.minusMinutes(number), content);
        Bundle lot = new Lot(UniqueId.random(), patient.person(), Depositor.DR_MARTIN, document).bundle();
        label.ifPresent(visibility -> reference(lot)
                .addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, visibility.name(), null))));
        String shown =
                cda ? new String(content, StandardCharsets.UTF_8).replaceAll("<[^>]*>", " ") : String.join("\n", text);
        Answer answer = send(token("dr-martin", patient), Call.transaction(lot));
        String reference = answer.createdInTransaction()
                .filter(one -> one.startsWith("DocumentReference/"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(answer.status() + " " + answer.sentence()));
        return new Shelved(
                reference.substring("DocumentReference/".length()),
                number,
                patient,
                kind,
                label,
                ExactSearch.folded(kind.title() + "\n" + shown));
    }

    private static DocumentReference reference(Bundle lot) {
        return lot.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DocumentReference.class::isInstance)
                .map(DocumentReference.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** All of them, in the order of publication. */
    List<Shelved> documents() {
        return List.copyOf(documents);
    }

    /** Those of a patient that an actor gets over HTTP, by FHIR id, in the order of the answer. */
    List<String> found(Actor actor, Patient patient, String words) {
        String token = token(actor, patient);
        List<String> found = new ArrayList<>();
        String next = "DocumentReference?_count=200&text=" + Call.escaped(words) + "&patient.identifier="
                + Call.escaped(patient.person().ins().token());
        while (!next.isEmpty()) {
            Answer page = send(token, Call.get(next));
            page.matches().forEach(match -> found.add(match.path("id").asText()));
            next = StreamSupport.stream(page.json().path("link").spliterator(), false)
                    .filter(link -> link.path("relation").asText().equals("next"))
                    .map(link -> link.path("url").asText().replaceFirst(".*/fhir/", ""))
                    .findFirst()
                    .orElse("");
        }
        return found;
    }

    /** Of metadata alone: without excerpts, which are not what is compared. */
    private String token(Actor actor, Patient patient) {
        Map<String, String> fields = new HashMap<>(actor.circumstances());
        fields.put("patient", patient.person().ins().value());
        fields.put("scope", "ITI-67");
        return server.token(actor.of(patient), fields);
    }

    private String token(String actor, Patient patient) {
        return server.token(actor, Map.of("patient", patient.person().ins().value()));
    }

    private Answer send(String token, Call call) {
        try {
            Answer answer = client.send(token, call);
            if (answer.status() >= 300) {
                throw new IllegalStateException(call.path() + ": " + answer.status() + " "
                        + Stream.concat(answer.codes(), Stream.of(answer.sentence()))
                                .toList());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String created(Answer answer) {
        return answer.created().orElseThrow();
    }

    /** Ends what the patients were said to allow. */
    @Override
    public void close() {
        consents.forEach((consent, token) -> send(token, Choices.ending(consent)));
    }
}
