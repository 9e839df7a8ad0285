package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code content} and {@code facts} on a sandbox that was stopped: what was done to its tables is found, and only that. */
class ContentCommandIT {

    private static final byte[] BYTES = "%PDF-1.4 seul".getBytes(StandardCharsets.US_ASCII);

    private final ChildServer server = new ChildServer("content", List.of());

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private CommandLineRun run(String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(server.settings());
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    @Test
    void contentsThatAreMissingOtherOrAloneAreFound() throws IOException {
        List<String> ids;
        try (ConfigurableApplicationContext running =
                Carnet.application().run(server.settings().toArray(String[]::new))) {
            assertThat(running.isActive()).isTrue();
            ids = List.of(publish(2_500_000), publish(10_000), publish(10_000), publish(10_000));
            var owner = new JdbcTemplate(new DriverManagerDataSource(server.database(), "postgres", "postgres"));
            spoil(owner, ids);
            store(owner, "old", "2 hours");
            store(owner, "young", "10 minutes");
            owner.update("update carnet.patient_facts set version = version + 1"
                    + " where patient_id = (select min(patient_id) from carnet.patient_facts)");
        }

        CommandLineRun verified = run("content", "verify");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out())
                .contains(
                        ids.get(1) + " : le contenu n'a pas l'empreinte",
                        ids.get(2) + " : le contenu n'a pas la taille",
                        ids.get(3) + " : le contenu manque",
                        "dont 3 ne sont pas conformes")
                .doesNotContain(ids.get(0));

        CommandLineRun told = run("content", "sweep");
        assertThat(told.code()).isZero();
        assertThat(told.out()).contains("old", "1 contenu(s) ne sont").doesNotContain("young");
        assertThat(run("content", "sweep", "--execute").out()).contains("1 contenu(s) retirés");

        CommandLineRun facts = run("facts", "check");
        assertThat(facts.code()).as(facts.out()).isEqualTo(1);
        assertThat(run("facts", "rebuild").code()).isZero();
        assertThat(run("facts", "check").code()).isZero();
    }

    private String publish(int size) {
        Document document = Publication.document(size);
        Answer answer = server.sandbox()
                .send(
                        server.sandbox().token("dr-martin", Map.of()),
                        Call.transaction(Publication.of(List.of(document))));
        assertThat(answer.status()).isEqualTo(200);
        return Publication.documents(answer).findFirst().orElseThrow().replace("DocumentReference/", "");
    }

    private static void spoil(JdbcTemplate owner, List<String> ids) {
        String of = " where id = (select content_id from carnet.registry where id = ?)";
        owner.update(
                "update carnet.content set bytes = set_byte(bytes, 9000, 255 - get_byte(bytes, 9000))" + of,
                ids.get(1));
        owner.update("update carnet.content set bytes = substring(bytes from 2)" + of, ids.get(2));
        owner.update("delete from carnet.content" + of, ids.get(3));
    }

    private static void store(JdbcTemplate owner, String id, String age) {
        owner.update(
                "insert into carnet.content (id, media_type, bytes, stored_at)"
                        + " values (?, 'application/pdf', ?, now() - ?::interval)",
                id,
                BYTES,
                age);
    }

    @Test
    void commandsSayWhatTheyWant() {
        assertThat(CommandLineRun.of("content").err()).contains("« verify » ou « sweep »");
        assertThat(CommandLineRun.of("facts").err()).contains("« rebuild » ou « check »");
        assertThat(CommandLineRun.of("content", "sweep", "--help").out()).contains("--execute", "une heure");
        assertThat(CommandLineRun.of("facts", "check", "--help").out()).contains("0 si tout est égal");
    }
}
