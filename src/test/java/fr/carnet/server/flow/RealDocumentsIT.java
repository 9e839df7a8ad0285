package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.DOMINIQUE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Level;
import fr.carnet.validation.SubmissionBundles;
import fr.carnet.validation.UnreadableCda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Real documents of the ANS, sent by those whose task they are. Skipped where the reference material is absent. */
@TestMethodOrder(OrderAnnotation.class)
class RealDocumentsIT {

    private static final Path FOLDER = Path.of("..", "shared", "realdata", "cda");
    private static final CodeTables TABLES = CodeTables.bundled();

    /** Whoever is not the treating physician. */
    private static final Map<String, String> DEPOSITORS = Map.of(
            "CNAM-HR_2021.01.xml", "insurance",
            "eDISP-MED_2024.01.xml", "pharmacist-roche",
            "BIO-CR-BIO_2021.01_Auto-Presentable.xml", "lab",
            "BIO-CR-BIO_2021.01_CDA-R2-Niveau-1.xml", "lab",
            "BIO-CR-BIO_2024.01_Microbiologie_V2.xml", "lab",
            "BIO-CR-BIO_2024.01_TSH_1.xml", "lab",
            "DLU-EHPAD-FLUDT_2022.01.xml", "dr-leroy");

    /** A wrong INS key; matricules of the real domain, where nobody has a record; another birth place. */
    private static final Map<String, String> REFUSED = Map.of(
            "CSE-CS24_2025.01.xml", "422 R2 R13",
            "OBP-SNM_2024.01.xml", "404 R13",
            "SDM-MR_2024.01_patiente-enceinte.xml", "422 R8",
            "eDISP-MED_2024.01.xml", "404 R13");

    @BeforeAll
    static void referenceMaterial() {
        Assumptions.assumeTrue(Files.exists(Path.of("..", "shared", "README.md")), "no reference material");
    }

    /**
     * What became of a file.
     *
     * @param actor who sent it
     * @param answer to the lot
     * @param header of the document
     * @param file where it is
     */
    private record Sent(String actor, Answer answer, CdaHeader header, Path file) {

        String outcome() {
            if (answer.status() == 200) {
                return "200";
            }
            String reasons = Scene.issues(answer).stream()
                    .filter(i -> i.startsWith("error"))
                    .map(i -> i.replaceAll("^error (\\S+).*", "$1"))
                    .distinct()
                    .collect(Collectors.joining(" "));
            return answer.status() + " " + reasons;
        }
    }

    @Test
    @Order(1)
    void acceptedDocumentsComeBackByteByByteAndTheOthersAreRefusedForAReason() throws IOException, UnreadableCda {
        Map<String, Sent> sent = new TreeMap<>();
        Map<String, String> lenient = new TreeMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            sent.put(name, send(file, Level.STRICT));
            Sent again = send(file, Level.LENIENT);
            lenient.put(name, again.outcome());
            RealOutcomes.tell(name, Level.STRICT, sent.get(name).answer());
            RealOutcomes.tell(name, Level.LENIENT, again.answer());
        }
        sent.forEach(RealDocumentsIT::print);
        assertThat(sent).hasSize(24);
        Map<String, String> refused = sent.entrySet().stream()
                .filter(e -> e.getValue().answer().status() != 200)
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().outcome()));
        assertThat(refused).containsExactlyInAnyOrderEntriesOf(REFUSED);
        // none is refused for a reason that may be tolerated: an INS is never
        assertThat(lenient).allSatisfy((name, outcome) -> assertThat(outcome)
                .isEqualTo(sent.get(name).outcome()));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, DOMINIQUE);
        for (Sent one : sent.values()) {
            if (one.answer().status() == 200) {
                comesBack(one);
            }
        }
    }

    private static void comesBack(Sent sent) throws IOException {
        String holder = Scene.token("dominique", DOMINIQUE);
        List<String> created = sent.answer().createdInTransaction().toList();
        Answer content = Scene.SERVER.send(holder, Call.get(created.get(2), "*/*"));
        assertThat(content.status()).isEqualTo(200);
        assertThat(content.body()).isEqualTo(Files.readAllBytes(sent.file()));
        String id = Call.escaped(sent.header().id().token());
        assertThat(Scene.found(holder, "DocumentReference?" + Scene.of(DOMINIQUE) + "&identifier=" + id))
                .containsExactly(created.get(1));
    }

    /** After the others: what was sent by somebody else stays his (R124). */
    @Test
    @Order(2)
    void pushedFolderIsPushedAgainWithoutDuplicates() throws IOException {
        String token = Scene.SERVER.token("dr-martin");
        List<Integer> stored = Scene.stored();
        CommandLineRun first = push(token);
        CommandLineRun second = push(token);
        System.out.println(first.out());
        System.out.println(second.out());
        assertThat(first.code()).isEqualTo(1);
        assertThat(second.code()).isEqualTo(1);
        assertThat(Scene.stored()).isEqualTo(stored);
        assertThat(summary(second)).isEqualTo(summary(first)).startsWith("24 document(s) : 0 accepté(s), ");
    }

    private static String summary(CommandLineRun run) {
        return run.out().lines().reduce((line, next) -> next).orElseThrow();
    }

    private static CommandLineRun push(String token) {
        return CommandLineRun.of(
                "push", "--base", Scene.SERVER.root() + "/fhir", "--token", token, "--dir", FOLDER.toString());
    }

    private static Sent send(Path file, Level level) throws IOException, UnreadableCda {
        String actor = DEPOSITORS.getOrDefault(file.getFileName().toString(), "dr-martin");
        byte[] content = Files.readAllBytes(file);
        CdaHeader header = CdaHeader.read(content);
        Bundle bundle =
                new SubmissionBundles(TABLES).bundle(header, content, "text/xml", Optional.empty(), Instant.now());
        // the patient that the document names is written in the lot; a token of no patient leaves all to the server
        Answer answer = RealOutcomes.send(Scene.SERVER.token(actor), "", bundle, level);
        return new Sent(actor, answer, header, file);
    }

    private static void print(String file, Sent sent) {
        String warnings = String.join(" ", Scene.warnings(sent.answer()));
        System.out.printf(
                "%-45s %-17s %s %s %s%n",
                file,
                sent.actor(),
                sent.outcome(),
                sent.answer().sentence(),
                warnings.isEmpty() ? "" : "! " + warnings);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }
}
