package fr.carnet.server.cli.tour;

import static fr.carnet.server.cli.tour.Cast.ALICE;
import static fr.carnet.server.cli.tour.Cast.DR_BLOCKED;
import static fr.carnet.server.cli.tour.Cast.DR_MARTIN;
import static fr.carnet.server.cli.tour.Cast.DR_URG;
import static fr.carnet.server.cli.tour.Cast.NURSE_PETIT;
import static fr.carnet.server.cli.tour.Cast.PATIENT;
import static fr.carnet.server.cli.tour.Cast.PHARMACIST_ROCHE;
import static fr.carnet.server.cli.tour.Expectation.allCreated;
import static fr.carnet.server.cli.tour.Expectation.bytes;
import static fr.carnet.server.cli.tour.Expectation.finds;
import static fr.carnet.server.cli.tour.Expectation.findsNot;
import static fr.carnet.server.cli.tour.Expectation.refusedBy;
import static fr.carnet.server.cli.tour.Expectation.status;
import static fr.carnet.server.cli.tour.Expectation.total;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.server.cli.tour.Narrator.Difference;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The story, step by step. Each run publishes new documents; what it changed besides is put back at its end. */
final class Tour {

    private static final String OF_ALICE =
            "patient.identifier=" + Call.escaped(PATIENT.ins().token());
    private static final Call SEARCH =
            Call.get("DocumentReference?" + OF_ALICE + "&status=current&_sort=-date&_count=100");
    private static final Call ACCESSES = Call.get("AuditEvent?" + OF_ALICE);
    private static final Map<String, String> BREAK_GLASS = Map.of(
            "purpose", "bris_de_glace",
            "reason", "Patiente inconsciente aux urgences",
            "unable_to_consent", "true",
            "immediate_risk", "true");

    private final Narrator narrator;
    private final Instant now;
    private final Deque<Step> undo = new ArrayDeque<>();

    Tour(Narrator narrator, Instant now) {
        this.narrator = narrator;
        this.now = now;
    }

    private interface Step {
        void play() throws IOException, Difference;
    }

    /**
     * Plays it.
     *
     * @return true if every outcome was the expected one
     * @throws IOException if the server cannot be reached
     */
    boolean play() throws IOException {
        try {
            story();
        } catch (Difference e) {
            putBackWhatCanBe();
            return false;
        }
        return putBack();
    }

    private void story() throws IOException, Difference {
        Fixtures fixtures = new Fixtures(now);
        Document vsm = fixtures.vsm();
        Document psychiatric = fixtures.psychiatricSynthesis();
        Document report = fixtures.consultationReport();

        publish("tour.publish-vsm", vsm);
        publish("tour.publish-psychiatric", psychiatric);
        publish("tour.publish-report", report);
        narrator.step("tour.martin-declares", DR_MARTIN, declaration(DR_MARTIN), status(201));
        Answer found = narrator.step("tour.martin-finds", DR_MARTIN, SEARCH, status(200), finds(vsm.id()));
        Placed placed = Placed.in(found, vsm.id());
        narrator.step("tour.martin-reads", DR_MARTIN, placed.content(), status(200), bytes(vsm.content()));

        narrator.step("tour.nurse-refused", NURSE_PETIT, SEARCH, refusedBy("R36"));
        declare("tour.nurse-declares", "tour.nurse-ends", NURSE_PETIT);
        narrator.step("tour.nurse-finds", NURSE_PETIT, SEARCH, status(200), finds(vsm.id()));

        declare("tour.pharmacist-declares", "tour.pharmacist-ends", PHARMACIST_ROCHE);
        narrator.step(
                "tour.pharmacist-searches", PHARMACIST_ROCHE, SEARCH, finds(vsm.id()), findsNot(psychiatric.id()));
        narrator.step(
                "tour.pharmacist-reads",
                PHARMACIST_ROCHE,
                Placed.in(found, psychiatric.id()).reference(),
                status(404));

        mask(vsm, placed);
        breakGlass(vsm, report);
        narrator.step("tour.blocked-refused", DR_BLOCKED, SEARCH, refusedBy("R44"));
    }

    private void mask(Document vsm, Placed placed) throws IOException, Difference {
        narrator.step("tour.alice-masks", ALICE, Choices.masking(placed.path()), status(200));
        undo.push(() -> narrator.step("tour.alice-unmasks", ALICE, Choices.unmasking(placed.path()), status(200)));
        narrator.step("tour.nurse-searches-masked", NURSE_PETIT, SEARCH, findsNot(vsm.id()));
        narrator.step("tour.nurse-reads-masked", NURSE_PETIT, placed.reference(), status(404));
        narrator.step("tour.nurse-opens-masked", NURSE_PETIT, placed.content(), status(404));
        narrator.step("tour.nurse-counts-masked", NURSE_PETIT, byUniqueId(vsm), status(200), total(0));
        narrator.step("tour.author-finds-masked", DR_MARTIN, byUniqueId(vsm), status(200), total(1));
        narrator.step("tour.author-reads-masked", DR_MARTIN, placed.content(), status(200), bytes(vsm.content()));
    }

    private void breakGlass(Document vsm, Document report) throws IOException, Difference {
        Answer before = narrator.step("tour.alice-reads-accesses", ALICE, ACCESSES, status(200));
        Set<String> known = emergencies(before).collect(Collectors.toSet());
        narrator.step("tour.urg-refused", DR_URG, SEARCH, refusedBy("R36"));
        narrator.step("tour.urg-breaks-glass", DR_URG, BREAK_GLASS, SEARCH, finds(report.id()), findsNot(vsm.id()));
        var marked = new Expectation("tour.expected.marked", DR_URG.id(), answer -> emergencies(answer)
                .anyMatch(id -> !known.contains(id)));
        narrator.step("tour.alice-sees-emergency", ALICE, ACCESSES, status(200), marked);
    }

    private void publish(String key, Document document) throws IOException, Difference {
        var lot = new Lot(UniqueId.random(), PATIENT, Depositor.DR_MARTIN, document);
        narrator.step(key, DR_MARTIN, Call.transaction(lot.bundle()), status(200), allCreated(3));
    }

    private void declare(String key, String endingKey, Cast professional) throws IOException, Difference {
        Answer declared = narrator.step(key, professional, declaration(professional), status(201));
        undo.push(() -> narrator.step(
                endingKey, professional, Choices.ending(declared.created().orElse("Consent")), status(200)));
    }

    private static Call declaration(Cast professional) {
        return Choices.authorisation(PATIENT, professional.identifier());
    }

    private static Call byUniqueId(Document document) {
        return Call.get("DocumentReference?" + OF_ALICE + "&status=current&identifier="
                + Call.escaped("urn:ietf:rfc:3986|" + document.id().urn()));
    }

    /** Ids of the traced accesses of dr-urg in emergency mode. */
    private static Stream<String> emergencies(Answer accesses) {
        return accesses.matches()
                .filter(event -> event.toString().contains(DR_URG.identifier()))
                .filter(event -> event.path("purposeOfEvent").toString().contains("bris_de_glace"))
                .map(event -> event.path("id").asText());
    }

    private boolean putBack() throws IOException {
        try {
            while (!undo.isEmpty()) {
                undo.pop().play();
            }
            return true;
        } catch (Difference e) {
            putBackWhatCanBe();
            return false;
        }
    }

    private void putBackWhatCanBe() throws IOException {
        while (!undo.isEmpty()) {
            try {
                undo.pop().play();
            } catch (Difference e) {
                narrator.say("tour.not-put-back");
            }
        }
    }

    /** Where the server put a document. */
    private record Placed(String path, Call content) {

        static Placed in(Answer search, UniqueId id) {
            JsonNode document = search.matches()
                    .filter(resource -> Expectation.uniqueId(resource).equals(id.urn()))
                    .findFirst()
                    .orElseThrow();
            JsonNode attachment = document.at("/content/0/attachment");
            return new Placed(
                    "DocumentReference/" + document.path("id").asText(),
                    Call.get(
                            attachment.path("url").asText(),
                            attachment.path("contentType").asText()));
        }

        Call reference() {
            return Call.get(path);
        }
    }
}
