package fr.carnet.server.cli.tour;

import static fr.carnet.server.cli.tour.Cast.DR_BLOCKED;
import static fr.carnet.server.cli.tour.Cast.DR_MARTIN;
import static fr.carnet.server.cli.tour.Cast.DR_URG;
import static fr.carnet.server.cli.tour.Cast.NURSE_PETIT;
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
import fr.carnet.server.cli.tour.Narrator.Difference;
import fr.carnet.validation.CdaHeader.DocumentId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The story, step by step. Each run publishes its own document anew, or goes on with the given one where it is already
 * there; what it changed besides is put back at its end, apart from the consent that the treating physician declares.
 */
final class Tour {

    private static final Map<String, String> BREAK_GLASS = Map.of(
            "purpose", "bris_de_glace",
            "reason", "Patiente inconsciente aux urgences",
            "unable_to_consent", "true",
            "immediate_risk", "true");

    private final Narrator narrator;
    private final Holder holder;
    private final Exhibit document;
    private final Instant now;
    private final String ofHolder;
    private final Call search;
    private final Call accesses;
    private final Deque<Step> undo = new ArrayDeque<>();

    Tour(Narrator narrator, Holder holder, Exhibit document, Instant now) {
        this.narrator = narrator;
        this.holder = holder;
        this.document = document;
        this.now = now;
        this.ofHolder =
                "patient.identifier=" + Call.escaped(holder.person().ins().token());
        this.search = Call.get("DocumentReference?" + ofHolder + "&status=current&_sort=-date&_count=100");
        this.accesses = Call.get("AuditEvent?" + ofHolder);
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
        Exhibit psychiatric = Exhibit.of(holder, fixtures.psychiatricSynthesis());
        Exhibit report = Exhibit.of(holder, fixtures.consultationReport());

        publish("tour.publish", document);
        publishForNow("tour.publish-psychiatric", "tour.delete-psychiatric", psychiatric);
        publishForNow("tour.publish-report", "tour.delete-report", report);
        narrator.step("tour.martin-declares", DR_MARTIN, declaration(DR_MARTIN), status(201));
        Answer found = narrator.step("tour.martin-finds", DR_MARTIN, search, status(200), finds(document.id()));
        Placed placed = Placed.in(found, document.id());
        narrator.step("tour.martin-reads", DR_MARTIN, placed.content(), status(200), bytes(document.content()));

        narrator.step("tour.nurse-refused", NURSE_PETIT, search, refusedBy("R36"));
        declare("tour.nurse-declares", "tour.nurse-ends", NURSE_PETIT);
        narrator.step("tour.nurse-finds", NURSE_PETIT, search, status(200), finds(document.id()));

        declare("tour.pharmacist-declares", "tour.pharmacist-ends", PHARMACIST_ROCHE);
        narrator.step(
                "tour.pharmacist-searches", PHARMACIST_ROCHE, search, finds(document.id()), findsNot(psychiatric.id()));
        narrator.step(
                "tour.pharmacist-reads",
                PHARMACIST_ROCHE,
                Placed.in(found, psychiatric.id()).reference(),
                status(404));

        mask(placed);
        breakGlass(report);
        block();
    }

    private void mask(Placed placed) throws IOException, Difference {
        narrator.step("tour.holder-masks", holder.actor(), Choices.masking(placed.path()), status(200));
        undo.push(() ->
                narrator.step("tour.holder-unmasks", holder.actor(), Choices.unmasking(placed.path()), status(200)));
        narrator.step("tour.nurse-searches-masked", NURSE_PETIT, search, findsNot(document.id()));
        narrator.step("tour.nurse-reads-masked", NURSE_PETIT, placed.reference(), status(404));
        narrator.step("tour.nurse-opens-masked", NURSE_PETIT, placed.content(), status(404));
        narrator.step("tour.nurse-counts-masked", NURSE_PETIT, byUniqueId(), status(200), total(0));
        narrator.step("tour.author-finds-masked", DR_MARTIN, byUniqueId(), status(200), total(1));
        narrator.step("tour.author-reads-masked", DR_MARTIN, placed.content(), status(200), bytes(document.content()));
    }

    private void breakGlass(Exhibit report) throws IOException, Difference {
        Answer before = narrator.step("tour.holder-reads-accesses", holder.actor(), accesses, status(200));
        Set<String> known = emergencies(before).collect(Collectors.toSet());
        narrator.step("tour.urg-refused", DR_URG, search, refusedBy("R36"));
        narrator.step(
                "tour.urg-breaks-glass", DR_URG, BREAK_GLASS, search, finds(report.id()), findsNot(document.id()));
        var marked = new Expectation("tour.expected.marked", DR_URG.id(), answer -> emergencies(answer)
                .anyMatch(id -> !known.contains(id)));
        narrator.step("tour.holder-sees-emergency", holder.actor(), accesses, status(200), marked);
    }

    private void block() throws IOException, Difference {
        if (!holder.hasBlocked()) {
            narrator.step("tour.blocked-not-yet", DR_BLOCKED, search, refusedBy("R36"));
            Call block = Choices.block(holder.person(), DR_BLOCKED.identifier());
            Answer blocked = narrator.step("tour.holder-blocks", holder.actor(), block, status(201));
            undo.push(() -> narrator.step(
                    "tour.holder-unblocks",
                    holder.actor(),
                    Choices.ending(blocked.created().orElse("Consent")),
                    status(200)));
        }
        narrator.step("tour.blocked-refused", DR_BLOCKED, search, refusedBy("R44"));
    }

    private Answer publish(String key, Exhibit exhibit) throws IOException, Difference {
        return narrator.step(key, DR_MARTIN, Call.transaction(exhibit.lot()), status(200), allCreated(3));
    }

    private void publishForNow(String key, String deletionKey, Exhibit exhibit) throws IOException, Difference {
        String published = publish(key, exhibit)
                .createdInTransaction()
                .filter(created -> created.startsWith("DocumentReference/"))
                .findFirst()
                .orElse("DocumentReference");
        undo.push(() -> narrator.step(deletionKey, DR_MARTIN, Choices.deletion(published), status(200)));
    }

    private void declare(String key, String endingKey, Cast professional) throws IOException, Difference {
        Answer declared = narrator.step(key, professional, declaration(professional), status(201));
        undo.push(() -> narrator.step(
                endingKey, professional, Choices.ending(declared.created().orElse("Consent")), status(200)));
    }

    private Call declaration(Cast professional) {
        return Choices.authorisation(holder.person(), professional.identifier());
    }

    private Call byUniqueId() {
        return Call.get("DocumentReference?" + ofHolder + "&status=current&identifier="
                + Call.escaped(document.id().token()));
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

        static Placed in(Answer search, DocumentId id) {
            JsonNode document = search.matches()
                    .filter(resource -> Expectation.uniqueId(resource).equals(id.value()))
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
