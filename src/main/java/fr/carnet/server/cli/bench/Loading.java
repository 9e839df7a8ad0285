package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.Registration;
import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

/** Brings the data set onto the server; what is there already is left alone, so that it can be repeated. */
record Loading(DataSet set, Session operator, Session physician) {

    private static final OffsetDateTime EPOCH = OffsetDateTime.of(2026, 1, 5, 9, 0, 0, 0, ZoneOffset.UTC);

    private static final int CREATED = 201;

    /**
     * One patient with consent and documents.
     *
     * @throws IOException if the server refuses; the message names the rule, never the patient
     */
    void load(int index) throws IOException {
        Person person = set.person(index);
        int wanted = index < set.patients() ? set.documents() : 0;
        if (wanted > 0 && present(person) >= wanted) {
            return;
        }
        register(person);
        expect(physician.send(Choices.authorisation(person, Depositor.DR_MARTIN.idNatPs())), "POST Consent");
        for (int document = 0; document < wanted; document++) {
            expect(physician.send(Call.transaction(lot(index, document).bundle())), "ITI-65");
        }
    }

    private void register(Person person) throws IOException {
        Answer registered = operator.send(Registration.of(person, Depositor.DR_MARTIN.idNatPs()));
        expect(registered, "PUT Patient");
        if (registered.status() == CREATED) {
            for (Call call : Registration.opening(person)) {
                expect(operator.send(call), "POST Patient");
            }
        }
    }

    /** How many patients there are to load. */
    IntStream patients() {
        return IntStream.range(0, set.patients() + set.depositPatients());
    }

    private Lot lot(int patient, int document) {
        UniqueId id = set.document(patient, document);
        var sent = new Document(id, Document.Kind.CONSULTATION, EPOCH.plusDays(document), set.content(id));
        return new Lot(set.lot(patient, document), set.person(patient), Depositor.DR_MARTIN, sent);
    }

    private int present(Person person) throws IOException {
        Answer answer = physician.send(Call.get(Searches.current(person, 1)));
        return answer.status() == 200 ? answer.total() : 0;
    }

    private static void expect(Answer answer, String what) throws IOException {
        if (answer.status() >= 300) {
            throw new IOException(what + ": HTTP " + answer.status() + " "
                    + answer.codes().findFirst().orElse("") + " " + answer.sentence());
        }
    }
}
