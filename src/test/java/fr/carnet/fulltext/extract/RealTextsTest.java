package fr.carnet.fulltext.extract;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.fulltext.extract.Extraction.Text;
import fr.carnet.validation.CdaHeader;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The agency's published examples, read by a worker and, to compare, as a tree. Skipped where they are absent. */
class RealTextsTest {

    private static final Path FOLDER = Path.of("..", "shared", "realdata", "cda");
    private static final String HL7 = "urn:hl7-org:v3";
    private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");

    /** Of level 1: what their PDF says; those of two others are images. */
    private static final Map<String, String> ENCLOSED = Map.of(
            "IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml", "Scanner de la tête et du cou",
            "TLM-CR_2022.01.xml", "Texte du compte-rendu");

    @BeforeAll
    static void referenceMaterial() {
        Assumptions.assumeTrue(Files.exists(Path.of("..", "shared", "README.md")), "no reference material");
    }

    @Test
    void everyWordOfEveryNarrativeIsReadAndNoNumberOfAPatient() throws Exception {
        Map<String, Text> texts = new TreeMap<>();
        ExtractionSettings settings = Settings.usual();
        try (WorkerPool pool = new WorkerPool(settings, WorkerCommand.ofThisProgram(settings))) {
            for (Path file : files()) {
                byte[] content = Files.readAllBytes(file);
                Extraction extraction = pool.extract("text/xml", content);
                assertThat(extraction).as(file.toString()).isInstanceOf(Text.class);
                Text text = (Text) extraction;
                compare(file.toString(), content, text);
                texts.put(file.getFileName().toString(), text);
            }
        }
        assertThat(texts).hasSize(24);
        ENCLOSED.forEach((file, words) -> assertThat(texts.get(file).body()).contains(words));
    }

    private static void compare(String file, byte[] content, Text text) throws Exception {
        CdaHeader header = CdaHeader.read(content);
        assertThat(text.cut()).as(file).isFalse();
        assertThat(text.labels()).as(file).contains(header.title().orElseThrow().strip());
        assertThat(words(text.body())).as(file).containsAll(narrativeWords(content));
        header.patient().ids().stream()
                .flatMap(id -> id.extension().stream())
                .filter(number -> number.length() > 9)
                .forEach(number -> assertThat(text.labels() + text.body().replace(" ", ""))
                        .as(file)
                        .doesNotContain(number));
    }

    private static Set<String> narrativeWords(byte[] content) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        NodeList sections = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(content))
                .getElementsByTagNameNS(HL7, "section");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < sections.getLength(); i++) {
            NodeList children = sections.item(i).getChildNodes();
            for (int j = 0; j < children.getLength(); j++) {
                if ("text".equals(children.item(j).getLocalName())) {
                    append(children.item(j), all);
                }
            }
        }
        return words(all.toString());
    }

    private static void append(Node node, StringBuilder all) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE) {
                all.append(child.getNodeValue()).append(' ');
            }
            append(child, all);
        }
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }
}
