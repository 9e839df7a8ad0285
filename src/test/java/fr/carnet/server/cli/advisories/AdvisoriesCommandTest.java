package fr.carnet.server.cli.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which advisories concern which version, and that what was judged harmless still needs the judgement. */
class AdvisoriesCommandTest {

    private static final Path KNOWN = Path.of("src", "test", "resources", "advisories", "known.json");

    @TempDir
    private Path folder;

    private static String advisory(String events) {
        return """
                {"id": "GHSA-1", "aliases": ["CVE-1"], "summary": "Something leaks", "affected": [
                  {"package": {"ecosystem": "PyPI", "name": "org.example:lib"}},
                  {"package": {"ecosystem": "Maven", "name": "org.example:lib"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [%s]}], "versions": ["0.1-beta"]}]}""".formatted(events);
    }

    private Path bill(String version) throws IOException {
        return Files.writeString(folder.resolve("bill.json"), """
                {"bomFormat": "CycloneDX", "components": [
                  {"group": "org.example", "name": "lib", "version": "%s", "licenses": [{"license": {"id": "MIT"}}]},
                  {"group": "org.example", "name": "other", "version": "1"}]}""".formatted(version));
    }

    private CommandLineRun run(Path advisories, Path bill) {
        return CommandLineRun.of("advisories", advisories.toString(), "--sbom", bill.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, false",
        "1.0, true",
        "1.9.9, true",
        "2.0-alpha-1, true",
        "2.0, false",
        "2.0.1, false",
        "3.0, true",
        "3.4, true",
        "3.5, false",
        "0.1-beta, true"
    })
    void versionIsFoundInItsRange(String version, boolean affected) throws IOException {
        String events =
                "{\"introduced\": \"3.0\"}, {\"last_affected\": \"3.4\"}, {\"introduced\": \"1.0\"}, {\"fixed\": \"2.0\"}";
        Path file = Files.writeString(folder.resolve("one.json"), advisory(events));

        CommandLineRun run = run(file, bill(version));

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(affected ? 1 : 0);
        if (affected) {
            assertThat(run.out())
                    .contains("CVE-1 GHSA-1", "org.example:lib " + version, "Something leaks", "NON JUGÉE");
        }
    }

    @Test
    void foldersArchivesAndArraysAreRead() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        Files.writeString(many.resolve("a.json"), "[" + advisory("{\"introduced\": \"0\"}") + "]");
        Path archive = folder.resolve("all.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("GHSA-1.json"));
            zip.write(advisory("{\"introduced\": \"0\"}").getBytes(StandardCharsets.UTF_8));
        }
        for (Path place : List.of(many, archive)) {
            CommandLineRun run = run(place, bill("1"));
            assertThat(run.code()).isOne();
            assertThat(run.out()).contains("1 avis lus, 2 bibliothèques : 1 concernée(s), dont 1 non jugée(s).");
        }
    }

    @Test
    void withdrawnAdvisoryConcernsNothing() throws IOException {
        String withdrawn =
                advisory("{\"introduced\": \"0\"}").replaceFirst("\\{", "{\"withdrawn\": \"2026-01-01T00:00:00Z\",");
        assertThat(run(Files.writeString(folder.resolve("one.json"), withdrawn), bill("1"))
                        .code())
                .isZero();
    }

    /** A file that says nothing is not a clean one. */
    @Test
    void fileWithoutAdvisoriesIsRefused() throws IOException {
        for (String text : List.of("{}", "[]", "no json")) {
            CommandLineRun run = run(Files.writeString(folder.resolve("one.json"), text), bill("1"));
            assertThat(run.code()).as(text).isOne();
            assertThat(run.err()).contains("Échec");
        }
        assertThat(run(KNOWN, KNOWN).code()).isOne();
        assertThat(CommandLineRun.of("advisories").code()).isEqualTo(2);
    }

    /** Those that are known concern what we have, and each is judged; a judgement that nothing needs is a lie. */
    @Test
    void knownAdvisoriesAreJudgedAndNoJudgementIsStale() {
        CommandLineRun run = CommandLineRun.of("advisories", KNOWN.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        Judged.all().forEach(judged -> assertThat(run.out()).contains(judged.id(), judged.library(), judged.why()));
    }

    @Test
    void eachJudgementIsHeldByATest() throws IOException {
        Set<String> held = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
            for (Path source :
                    sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher tags = Pattern.compile("@Tag\\(\"(CVE-[0-9-]+)\"\\)").matcher(Files.readString(source));
                while (tags.find()) {
                    held.add(tags.group(1));
                }
            }
        }
        assertThat(held).isEqualTo(Judged.all().stream().map(Judged::id).collect(Collectors.toSet()));
    }

    @Test
    void billOfTheJarIsWhole() throws IOException {
        try (var bill = getClass().getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            List<Component> components = Component.of(bill);
            assertThat(components)
                    .extracting(Component::name)
                    .contains("ca.uhn.hapi.fhir:hapi-fhir-jpaserver-base", "org.postgresql:postgresql")
                    .doesNotContain("net.jqwik:jqwik");
        }
    }
}
