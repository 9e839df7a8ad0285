package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What is asked of the server, over and over; each answer is checked. */
enum Workload {
    /** Publication of a lot of one new document. */
    ITI65("iti65") {
        @Override
        ClosedLoop.Operation on(DataSet set, Session caller) {
            return () -> caller.send(Call.transaction(newLot(set).bundle())).status() == 200;
        }
    },
    /** All current documents of a patient. */
    ITI67("iti67") {
        @Override
        ClosedLoop.Operation on(DataSet set, Session caller) {
            int page = Math.min(set.documents(), PAGE);
            return () -> tellsTotal(
                    caller.send(Call.get(Searches.current(set.person(random(set.patients())), page))), set.documents());
        }
    },
    /** One document by its uniqueId. */
    ITI67_IDENTIFIER("iti67-identifier") {
        @Override
        ClosedLoop.Operation on(DataSet set, Session caller) {
            return () -> {
                int patient = random(set.patients());
                UniqueId document = set.document(patient, random(set.documents()));
                return tellsTotal(caller.send(Call.get(Searches.byIdentifier(set.person(patient), document))), 1);
            };
        }
    },
    /** Documents of a patient by two words: one that all have, one that some have. */
    TEXT("text") {
        @Override
        ClosedLoop.Operation on(DataSet set, Session caller) {
            int page = Math.min(set.documents(), PAGE);
            return () -> {
                int patient = random(set.patients());
                String topic = Prose.topic(set.document(patient, random(set.documents())));
                String path = Searches.worded(set.person(patient), Prose.EVERYWHERE + ' ' + topic, page);
                return tellsTotal(caller.send(Call.get(path)), set.about(patient, topic));
            };
        }
    },
    /** The bytes of a document. */
    ITI68("iti68") {
        @Override
        ClosedLoop.Operation on(DataSet set, Session caller) throws IOException {
            List<String> urls = new ArrayList<>();
            for (int patient = 0; patient < Math.min(set.patients(), MOST_PATIENTS_READ); patient++) {
                caller.send(Call.get(Searches.current(set.person(patient), PAGE)))
                        .matches()
                        .map(document ->
                                document.at("/content/0/attachment/url").asText())
                        .forEach(urls::add);
            }
            if (urls.isEmpty()) {
                throw new IOException("no document found: load the data set first");
            }
            return () -> {
                Answer answer = caller.send(Call.get(urls.get(random(urls.size())), "application/pdf"));
                return answer.status() == 200 && answer.length() == set.size();
            };
        }
    };

    private static final int PAGE = 20;
    private static final int MOST_PATIENTS_READ = 500;

    private final String label;

    Workload(String label) {
        this.label = label;
    }

    /**
     * Prepares the operation.
     *
     * @throws IOException if the data set cannot be read
     */
    abstract ClosedLoop.Operation on(DataSet set, Session caller) throws IOException;

    @Override
    public String toString() {
        return label;
    }

    private static Lot newLot(DataSet set) {
        UniqueId id = UniqueId.random();
        int patient = set.patients() + random(set.depositPatients());
        var document =
                new Document(id, Document.Kind.CONSULTATION, OffsetDateTime.now(ZoneOffset.UTC), set.content(id));
        return new Lot(UniqueId.random(), set.person(patient), Depositor.DR_MARTIN, document);
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    /** Looks at the text: parsing every answer would cost the machine more than the server's work. */
    static boolean tellsTotal(Answer answer, int total) {
        return answer.status() == 200
                && Pattern.compile("\"total\"\\s*:\\s*" + total + "\\b")
                        .matcher(new String(answer.body(), StandardCharsets.UTF_8))
                        .find();
    }
}
