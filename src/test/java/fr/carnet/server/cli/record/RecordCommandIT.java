package fr.carnet.server.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.dmp.RecordDestruction;
import fr.carnet.dmp.RecordRegistration;
import fr.carnet.server.Carnet;
import fr.carnet.server.ChildServer;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.Visibility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code record} on a sandbox that was stopped, and what its people see of it afterwards. */
class RecordCommandIT {

    private static final Person ALICE = Publication.ALICE;
    private static final Ins EMMA_CLOSED_THIS_YEAR = new Ins(InsDomain.TEST, "293016748201725");
    private static final Ins NOBODY = new Ins(InsDomain.TEST, "292036912301062");

    /** Of the cast; here his record was closed long ago. */
    private static final Person DAVID = new Person(
            new Ins(InsDomain.TEST, "179076912303314"),
            "PETITJEAN",
            "DAVID",
            "DAVID",
            "1979-07-22",
            AdministrativeGender.MALE,
            "69123");

    private final ChildServer server = new ChildServer("record", List.of());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private CommandLineRun run(Ins patient, String command, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("patient.txt"), patient.token() + "\n");
        List<String> line = new ArrayList<>(List.of("record", command, file.toString()));
        line.addAll(List.of(options));
        line.addAll(server.settings());
        CommandLineRun run = CommandLineRun.of(line.toArray(String[]::new));
        assertThat(run.out() + run.err()).doesNotContain(patient.value());
        return run;
    }

    private ConfigurableApplicationContext serving() {
        return Carnet.application().run(server.settings().toArray(String[]::new));
    }

    private JdbcTemplate owner() {
        return new JdbcTemplate(new DriverManagerDataSource(server.database(), "postgres", "postgres"));
    }

    @Test
    void theOperatorCopiesARecordAndDestroysAnother() throws IOException {
        Document shown = Publication.document(5_000);
        Document hidden = Publication.document(5_000);
        try (ConfigurableApplicationContext running = serving()) {
            publish(ALICE, shown, false);
            publish(ALICE, hidden, true);
            RecordRegistration registration = running.getBean(RecordRegistration.class);
            registration.register(david("OPENED_ACTIVATED", "2014-01-01T00:00:00Z"));
            publish(DAVID, Publication.document(5_000), false);
            registration.register(david("CLOSED", "2015-05-04T10:00:00Z"));
            assertThat(documentsOfDavid()).isPositive();
            whatIsNotClosedOrNotThereIsNotDestroyed(running.getBean(RecordDestruction.class));
        }

        copied(shown, hidden);
        aClosedRecordIsNotCopied();
        destroyedOnceItsTimeHasRunOut();

        try (ConfigurableApplicationContext running = serving()) {
            assertThat(running.isActive()).isTrue();
            theHolderSeesWhoMadeTheCopy();
            assertThat(documentsOfDavid()).isZero();
            assertThat(traces("action = 'EXPORT_RECORD'"))
                    .containsExactly("PERMITTED R91.holder OPERATOR", "REFUSED R21.dmp-closed OPERATOR");
            assertThat(traces("action is null and interaction = 'OPERATION'"))
                    .containsExactly("PERMITTED R22.destroyed nobody");
        }
    }

    private static void whatIsNotClosedOrNotThereIsNotDestroyed(RecordDestruction destruction) {
        Instant now = Instant.now();
        assertThatThrownBy(() -> destruction.term(ALICE.ins(), now)).hasMessageContaining("R10");
        assertThatThrownBy(() -> destruction.term(NOBODY, now)).hasMessageContaining("R13");
        assertThatThrownBy(() -> destruction.destroy(ALICE.ins(), now)).hasMessageContaining("R10");
        assertThat(destruction.destroy(EMMA_CLOSED_THIS_YEAR, now)).isFalse();
    }

    private void copied(Document shown, Document hidden) throws IOException {
        Path copy = folder.resolve("alice.zip");
        CommandLineRun exported = run(ALICE.ins(), "export", "--out", copy.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out()).contains("Dossier copié dans " + copy);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        Map<String, byte[]> files = unpacked(copy);
        assertThat(files.keySet()).contains("index.html", "traces/traces.csv");
        assertThat(files.values()).contains(shown.content()).doesNotContain(hidden.content());
        assertThat(everything(files))
                .contains(shown.id().oid())
                .doesNotContain(hidden.id().oid());
    }

    private void aClosedRecordIsNotCopied() throws IOException {
        Path refused = folder.resolve("emma.zip");
        CommandLineRun closed = run(EMMA_CLOSED_THIS_YEAR, "export", "--out", refused.toString());
        assertThat(closed.code()).isEqualTo(1);
        assertThat(closed.err()).contains("Refusé par R21 : Ce DMP est fermé");
        assertThat(refused).doesNotExist();
    }

    private void destroyedOnceItsTimeHasRunOut() throws IOException {
        CommandLineRun early = run(EMMA_CLOSED_THIS_YEAR, "destroy", "--execute");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("Refusé par R22", "2036-03-01");

        CommandLineRun told = run(DAVID.ins(), "destroy");
        assertThat(told.code()).isZero();
        assertThat(told.out()).contains("2025-05-04", "ajoutez --execute");
        CommandLineRun done = run(DAVID.ins(), "destroy", "--execute");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("Dossier détruit");
        CommandLineRun again = run(DAVID.ins(), "destroy", "--execute");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("Refusé par R13 : ");
    }

    private List<String> traces(String condition) {
        return owner().queryForList(
                        "select outcome || ' ' || rule_id || '.' || rule_slug || ' ' || coalesce(caller_kind, 'nobody')"
                                + " from carnet.trace where " + condition + " order by seq",
                        String.class);
    }

    private void theHolderSeesWhoMadeTheCopy() {
        Answer traces = server.sandbox()
                .send(
                        server.sandbox().token("alice", Map.of()),
                        Call.get("AuditEvent?subtype=EXPORT_RECORD&patient.identifier="
                                + Call.escaped(ALICE.ins().token())));
        assertThat(traces.total()).isEqualTo(1);
        String event = traces.matches().findFirst().orElseThrow().toString();
        assertThat(event).contains(System.getProperty("user.name"), "Carnet (ligne de commande)", "DocumentReference/");
    }

    private int documentsOfDavid() {
        return owner().queryForObject(
                        "select count(*) from carnet.registry where patient_id ="
                                + " (select patient_id from carnet.matricule where ins_value = ?)",
                        Integer.class,
                        DAVID.ins().value());
    }

    private static Patient david(String state, String since) {
        var extension = new Extension(CarnetUris.RECORD_STATE);
        extension.addExtension("state", new CodeType(state));
        extension.addExtension("since", new DateTimeType(Date.from(Instant.parse(since))));
        Patient resource = DAVID.resource();
        resource.addExtension(extension);
        return resource;
    }

    private void publish(Person patient, Document document, boolean hidden) {
        Bundle lot = new Lot(UniqueId.random(), patient, Depositor.DR_MARTIN, document).bundle();
        if (hidden) {
            ((DocumentReference) lot.getEntry().get(1).getResource())
                    .addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null)));
        }
        String token = server.sandbox()
                .token("dr-martin", Map.of("patient", patient.ins().value()));
        assertThat(server.sandbox().send(token, Call.transaction(lot)).status()).isEqualTo(200);
    }

    private static Map<String, byte[]> unpacked(Path archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String everything(Map<String, byte[]> files) {
        return files.values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
    }
}
