package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Visibility;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Writers at the same moment: nothing is lost, one wins, the others are told why. */
class ConcurrencyIT {

    private static final String MASK =
            "[{\"op\":\"add\",\"path\":\"/securityLabel/-\",\"value\":{\"coding\":[{\"system\":\"" + Visibility.SYSTEM
                    + "\",\"code\":\"MASQUE_PS\"}]}}]";
    private static final String ARCHIVED =
            "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";

    private static String alice;
    private static String martin;

    @BeforeAll
    static void people() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        alice = token("alice", ALICE);
        martin = token("dr-martin", ALICE);
    }

    private static String archive(boolean archived) {
        return "[{\"op\":\"add\",\"path\":\"/extension\",\"value\":[{\"url\":\"" + ARCHIVED + "\",\"valueBoolean\":"
                + archived + "}]}]";
    }

    private static HttpResponse<byte[]> patch(String token, String document, String patch, String... headers) {
        String[] all = new String[4 + headers.length];
        System.arraycopy(headers, 0, all, 4, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        all[2] = "Content-Type";
        all[3] = "application/json-patch+json";
        return Scene.http("PATCH", document, patch.getBytes(StandardCharsets.UTF_8), all);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static int version(String document) {
        return Scene.SERVER
                .send(alice, Call.get(document))
                .json()
                .at("/meta/versionId")
                .asInt();
    }

    private static void assertRegistryEqualsResources(String... references) {
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContain(java.util.Arrays.stream(references)
                        .map(r -> r.replaceAll(".*/", ""))
                        .toArray(String[]::new));
    }

    @Test
    void twentyUpdatesAtOnceAreAllKept() throws Exception {
        String document = published(ALICE, document());
        List<HttpResponse<byte[]>> answers = AtOnce.answers(20, i -> {
            String[] expected = i % 4 < 2 ? new String[0] : new String[] {"If-Match", "W/\"1\""};
            return i % 2 == 0
                    ? patch(alice, document, MASK, expected)
                    : patch(martin, document, archive(true), expected);
        });
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<byte[]> answer = answers.get(i);
            assertThat(answer.statusCode()).isIn(i % 4 < 2 ? List.of(200) : List.of(200, 412));
            if (answer.statusCode() == 412) {
                assertThat(json(answer).at("/issue/0/details/coding/0/code").asText())
                        .isEqualTo("version-mismatch");
            } else {
                assertThat(json(answer).at("/meta/versionId").asInt()).isBetween(2, 3);
            }
        }
        Answer after = Scene.SERVER.send(alice, Call.get(document));
        assertThat(after.json().at("/meta/versionId").asInt()).isEqualTo(3);
        assertThat(after.json().path("securityLabel").findValuesAsText("code"))
                .containsExactlyInAnyOrder("N", "MASQUE_PS");
        assertThat(after.json().at("/extension/0/valueBoolean").asBoolean()).isTrue();
        assertRegistryEqualsResources(document);
    }

    @Test
    void everyUpdateOfTheVersionThatItReadMakesTheNextOne() throws Exception {
        String document = published(ALICE, document());
        List<Integer> made = new ArrayList<>();
        AtOnce.answers(10, i -> List.of(toggle(document), toggle(document))).forEach(made::addAll);
        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, 21).boxed().toList());
        assertThat(version(document)).isEqualTo(21);
        assertThat(Scene.SERVER
                        .send(martin, Call.get(document))
                        .json()
                        .at("/extension/0/valueBoolean")
                        .asBoolean())
                .isFalse();
        assertRegistryEqualsResources(document);
    }

    /** Archives or takes back, until the version read is still the last one; the version made. */
    private static int toggle(String document) throws IOException {
        while (true) {
            JsonNode read = Scene.SERVER.send(martin, Call.get(document)).json();
            String version = read.at("/meta/versionId").asText();
            boolean archived = read.at("/extension/0/valueBoolean").asBoolean();
            HttpResponse<byte[]> answer =
                    patch(martin, document, archive(!archived), "If-Match", "W/\"" + version + "\"");
            if (answer.statusCode() == 200) {
                assertThat(answer.headers().firstValue("ETag"))
                        .hasValue("W/\"" + (Integer.parseInt(version) + 1) + "\"");
                return Integer.parseInt(version) + 1;
            }
            assertThat(answer.statusCode()).isEqualTo(412);
        }
    }

    @Test
    void replacementSentTenTimesAtOnceIsStoredOnceAndAnsweredAlike() throws Exception {
        Person patient = Scene.patient();
        String first = published(patient, document());
        Bundle bundle = replacing(first, lot(patient, document()));
        String token = token("dr-martin", patient);
        List<Integer> before = stored();
        List<Answer> answers = AtOnce.answers(10, i -> post(token, bundle));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
            assertThat(Scene.withoutOutcomes(answer)).isEqualTo(Scene.withoutOutcomes(answers.get(0)));
        });
        assertThat(stored().get(0) - before.get(0)).isEqualTo(2);
        assertThat(stored().get(1) - before.get(1)).isEqualTo(1);
        assertThat(Scene.withoutOutcomes(post(token, bundle))).isEqualTo(Scene.withoutOutcomes(answers.get(0)));
    }

    @Test
    void ofTwoReplacementsOfOneDocumentOneWins() throws Exception {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String token = token("dr-martin", patient);
        for (int round = 0; round < 5; round++) {
            String target = published(patient, document());
            List<Integer> before = stored();
            List<Answer> answers = AtOnce.answers(2, i -> post(token, replacing(target, lot(patient, document()))));
            assertOneWins(answers, "R126");
            assertThat(stored().get(0) - before.get(0)).isEqualTo(2);
            assertThat(Scene.SERVER
                            .send(token, Call.get(target))
                            .json()
                            .at("/meta/versionId")
                            .asText())
                    .isEqualTo("2");
            assertRegistryEqualsResources(target);
        }
    }

    @Test
    void ofTwoReplacementsOfTheSameDocumentsInOppositeOrderOneWins() throws Exception {
        Person patient = Scene.patient();
        String token = token("dr-martin", patient);
        for (int round = 0; round < 10; round++) {
            String one = published(patient, document());
            String other = published(patient, document());
            List<Answer> answers =
                    AtOnce.answers(2, i -> post(token, i == 0 ? both(patient, one, other) : both(patient, other, one)));
            assertOneWins(answers, "R126");
        }
    }

    private static Bundle both(Person patient, String first, String second) {
        Bundle bundle = replacing(first, lot(patient, document()));
        Bundle more = replacing(second, lot(patient, document()));
        Scene.set(bundle).addEntry(Scene.set(more).getEntryFirstRep());
        more.getEntry().stream().skip(1).forEach(bundle::addEntry);
        return bundle;
    }

    @Test
    void ofTwoLotsOfTheSameDocumentsInOppositeOrderOneWins() throws Exception {
        Person patient = Scene.patient();
        String token = token("dr-martin", patient);
        for (int round = 0; round < 10; round++) {
            var one = document();
            var other = document();
            List<Answer> answers = AtOnce.answers(2, i -> {
                Bundle bundle = lot(patient, i == 0 ? one : other);
                Bundle more = lot(patient, i == 0 ? other : one);
                Scene.set(bundle).addEntry(Scene.set(more).getEntryFirstRep());
                more.getEntry().stream().skip(1).forEach(bundle::addEntry);
                return post(token, bundle);
            });
            assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409);
            assertThat(answers.stream().flatMap(Answer::codes)).allMatch(List.of("R124", "conflict")::contains);
        }
    }

    private static void assertOneWins(List<Answer> answers, String refusal) {
        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 422);
        Answer loser =
                answers.stream().filter(a -> a.status() != 200).findFirst().orElseThrow();
        assertThat(loser.codes()).containsExactly(refusal);
        assertThat(loser.sentence()).isNotBlank();
    }
}
