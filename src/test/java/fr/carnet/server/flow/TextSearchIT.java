package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.found;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.fulltext.Reindexing;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of documents: who finds them, in which order, and what he is shown of them. */
class TextSearchIT {

    private static final String EXCERPT = "https://carnet.example/fhir/StructureDefinition/text-excerpt";
    private static final Document.Kind PSYCHIATRY = Document.Kind.PSYCHIATRIC_SYNTHESIS;

    private static final AtomicInteger PUBLISHED = new AtomicInteger();

    private static Person patient;
    private static String martin;
    private static String letter;
    private static String report;
    private static String psychiatry;

    @BeforeAll
    static void threeDocuments() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("nurse-petit", Scene.NURSE_PETIT, patient);
        martin = token("dr-martin", patient);
        letter = published("Infarctus du myocarde en 2019, traité par aspirine.", Scene.CONSULTATION);
        report = published(
                "Suivi : pas de récidive d'infarctus. Aspirine arrêtée, INR < 3 & stable.", Scene.CONSULTATION);
        psychiatry = published("Épisode dépressif après un infarctus ; aspirine poursuivie.", PSYCHIATRY);
        Scene.indexed();
    }

    private static String published(String text, Document.Kind kind) {
        Document document = Scene.worded(kind, text);
        OffsetDateTime made = Scene.now().minusMinutes(PUBLISHED.incrementAndGet());
        return Scene.published(patient, new Document(document.id(), kind, made, document.content()));
    }

    private static String search(String text, String... more) {
        return "DocumentReference?text=" + Call.escaped(text) + "&" + Scene.of(patient) + String.join("", more);
    }

    private static List<String> sentences(String token, String query) {
        Answer answer = Scene.SERVER.send(token, Call.get(query));
        return StreamSupport.stream(answer.json().path("entry").spliterator(), false)
                .map(entry -> entry.at("/search/extension"))
                .filter(JsonNode::isArray)
                .map(extensions -> extensions.get(0))
                .peek(extension -> assertThat(extension.path("url").asText()).isEqualTo(EXCERPT))
                .map(extension -> extension.path("valueString").asText())
                .toList();
    }

    @Test
    void findsDocumentsByTheirWordsInAnyForm() {
        assertThat(found(martin, search("infarctus"))).containsExactlyInAnyOrder(letter, report, psychiatry);
        assertThat(found(martin, search("récidives infarctus"))).containsExactly(report);
        assertThat(found(martin, search("\"infarctus du myocarde\""))).containsExactly(letter);
        assertThat(found(martin, search("IDM"))).containsExactly(letter);
        assertThat(found(martin, search("depressif"))).containsExactly(psychiatry);
        assertThat(found(martin, search("dépress*"))).containsExactly(psychiatry);
        assertThat(found(martin, search("pneumonie"))).isEmpty();
    }

    @Test
    void bothWordsMustBeThereIfTheParameterIsRepeated() {
        assertThat(found(martin, search("aspirine", "&text=myocarde"))).containsExactly(letter);
    }

    @Test
    void otherParametersNarrowIt() {
        assertThat(found(martin, search("aspirine", "&type=11488-4"))).containsExactlyInAnyOrder(letter, report);
        assertThat(found(martin, search("aspirine", "&type:not=11488-4"))).containsExactly(psychiatry);
        assertThat(found(martin, search("aspirine", "&status=superseded"))).isEmpty();
        assertThat(Scene.SERVER
                        .send(martin, Call.get(search("aspirine", "&_summary=count")))
                        .total())
                .isEqualTo(3);
    }

    @Test
    void findsTheWordsOfACda() {
        Person alice = Scene.ALICE;
        String given = Scene.authorise("dr-martin", Scene.DR_MARTIN, alice);
        Document synthesis = Scene.synthesis();
        String document = Scene.published("dr-martin", alice, Scene.lot(alice, synthesis));
        Scene.indexed();
        String token = token("dr-martin", alice);
        String identified = "&" + Scene.identifier(synthesis.id()) + "&" + Scene.of(alice);
        assertThat(found(token, "DocumentReference?text=" + Call.escaped("pénicilline") + identified))
                .containsExactly(document);
        assertThat(found(token, "DocumentReference?text=MOREAU" + identified))
                .as("the header names people, and is not indexed")
                .isEmpty();
        Scene.SERVER.send(token, Choices.ending(given));
    }

    @Test
    void whoMayNotSeeADocumentFindsNoneAndCountsNone() {
        String nurse = token("nurse-petit", patient);
        assertThat(found(nurse, search("infarctus"))).containsExactlyInAnyOrder(letter, report);
        assertThat(found(nurse, search("dépressif"))).isEmpty();
        Answer counted = Scene.SERVER.send(nurse, Call.get(search("dépressif", "&_summary=count")));
        assertThat(counted.total()).isZero();
        assertThat(sentences(nurse, search("infarctus"))).hasSize(2).noneMatch(s -> s.contains("dépressif"));
    }

    @Test
    void aStrangerIsRefusedAsForAnySearch() {
        Answer refused = Scene.SERVER.send(token("physio", patient), Call.get(search("infarctus")));
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void aMaskedDocumentIsFoundByItsAuthorAndTheHolderAlone() {
        Person person = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, person);
        Scene.authorise("nurse-petit", Scene.NURSE_PETIT, person);
        String document = Scene.published(person, Scene.worded(Scene.CONSULTATION, "Sarcoïdose pulmonaire"));
        Scene.indexed();
        String query = "DocumentReference?text=" + Call.escaped("sarcoidose") + "&" + Scene.of(person);
        String nurse = token("nurse-petit", person);
        assertThat(found(nurse, query)).containsExactly(document);
        Scene.SERVER.send(token("dr-martin", person), Choices.masking(document));
        assertThat(found(nurse, query)).as("before the index knows").isEmpty();
        Scene.indexed();
        assertThat(found(nurse, query)).as("and after").isEmpty();
        assertThat(found(token("dr-martin", person), query)).containsExactly(document);
        Scene.SERVER.send(token("dr-martin", person), Choices.unmasking(document));
        Scene.indexed();
        assertThat(found(nurse, query)).containsExactly(document);
    }

    @Test
    void aDeletedDocumentLeavesTheIndex() {
        String document = published("Hapax ornithorynque", Scene.CONSULTATION);
        Scene.indexed();
        assertThat(found(martin, search("ornithorynque"))).containsExactly(document);
        Scene.SERVER.send(martin, Choices.deletion(document));
        assertThat(found(martin, search("ornithorynque"))).isEmpty();
        Scene.indexed();
        assertThat(Scene.rows("carnet.document_text", "body like '%ornithorynque%'"))
                .isZero();
    }

    @Test
    void showsWhereTheWordsStandAsTextAlone() {
        assertThat(sentences(martin, search("récidive")))
                .singleElement()
                .asString()
                .contains("<em>récidive</em>", "INR &lt; 3 &amp; stable");
    }

    @Test
    void showsNoExcerptToWhoMayNotReadContents() {
        String metadataOnly = token("dr-martin", patient, "scope", "ITI-67");
        assertThat(found(metadataOnly, search("infarctus"))).hasSize(3);
        assertThat(sentences(metadataOnly, search("infarctus"))).isEmpty();
        assertThat(sentences(martin, search("infarctus"))).hasSize(3);
    }

    @Test
    void pagesOfTheBestFollowEachOtherAndTheirLinksTellNoWord() {
        List<String> whole = found(martin, search("aspirine"));
        List<String> paged = new ArrayList<>();
        String next = search("aspirine", "&_count=1");
        while (!next.isEmpty()) {
            Answer page = Scene.SERVER.send(martin, Call.get(next));
            assertThat(page.total()).isEqualTo(3);
            page.matches()
                    .forEach(match ->
                            paged.add("DocumentReference/" + match.path("id").asText()));
            page.json().path("link").forEach(link -> assertThat(link.path("url").asText())
                    .doesNotContainIgnoringCase("aspirine"));
            next = link(page, "next");
        }
        assertThat(paged).containsExactlyElementsOf(whole);
    }

    @Test
    void aPageHasAWayBack() {
        String second = link(Scene.SERVER.send(martin, Call.get(search("aspirine", "&_count=1"))), "next");
        String first = link(Scene.SERVER.send(martin, Call.get(second)), "previous");
        assertThat(found(martin, first))
                .containsExactly(found(martin, search("aspirine")).get(0));
    }

    private static String link(Answer page, String relation) {
        return StreamSupport.stream(page.json().path("link").spliterator(), false)
                .filter(link -> link.path("relation").asText().equals(relation))
                .map(link -> link.path("url").asText().replaceFirst(".*/fhir/", ""))
                .findFirst()
                .orElse("");
    }

    @Test
    void sortsByDateIfAsked() {
        List<String> sorted = found(martin, search("aspirine", "&_sort=date"));
        List<String> backwards = new ArrayList<>(found(martin, search("aspirine", "&_sort=-date")));
        Collections.reverse(backwards);
        assertThat(sorted).hasSize(3).containsExactlyElementsOf(backwards);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "text=; empty-parameter",
                "text=le de du; text-without-words",
                "text=\"\"; text-without-words",
                "text=...; text-without-words",
                "text=in*; text-prefix-too-short",
                "text:contains=infarctus; unknown-modifier",
            })
    void refusesWhatIsNoSearchOfWords(String query, String code) {
        String[] pair = query.split("=", 2);
        String path =
                "DocumentReference?" + Call.escaped(pair[0]) + "=" + Call.escaped(pair[1]) + "&" + Scene.of(patient);
        Answer answer = Scene.SERVER.send(martin, Call.get(path));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Scene.issues(answer)).singleElement().asString().contains(code);
    }

    @Test
    void refusesWordsWithoutEnd() {
        Answer tooLong = Scene.SERVER.send(martin, Call.get(search("x".repeat(201))));
        assertThat(Scene.issues(tooLong)).singleElement().asString().contains("text-too-long");
        Answer tooMany = Scene.SERVER.send(martin, Call.get(search("mot ".repeat(21))));
        assertThat(Scene.issues(tooMany)).singleElement().asString().contains("text-too-many-words");
    }

    @Test
    void lotsHaveNoText() {
        Answer answer =
                Scene.SERVER.send(martin, Call.get("List?code=submissionset&text=infarctus&" + Scene.of(patient)));
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void itIsTracedLikeAnySearch() {
        found(martin, search("récidive"));
        JsonNode last = Scene.SERVER
                .send(token("auditor", patient), Call.get("AuditEvent?_count=5&" + Scene.of(patient)))
                .json();
        assertThat(last.toString()).contains(report);
    }

    @Test
    void reindexingFindsTheSame() {
        Map<String, List<String>> before =
                Map.of("aspirine", found(martin, search("aspirine")), "infarctus", found(martin, search("infarctus")));
        List<Integer> progress = new ArrayList<>();
        assertThat(Scene.SERVER.bean(Reindexing.class).run((done, total) -> progress.add(done)))
                .isPresent();
        assertThat(progress).startsWith(0).hasSizeGreaterThan(1).isSorted();
        before.forEach(
                (words, documents) -> assertThat(found(martin, search(words))).containsExactlyElementsOf(documents));
    }
}
