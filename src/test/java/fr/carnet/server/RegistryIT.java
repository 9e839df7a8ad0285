package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.dmp.RecordRebuild;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The registry equals the resources, and is made equal again where somebody spoilt it. */
class RegistryIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String OF_ALICE =
            "?patient.identifier=" + Call.escaped(Publication.ALICE.ins().token()) + "&_count=200";

    private final RegistryRebuild registry = SERVER.bean(RegistryRebuild.class);
    private final JdbcTemplate owner = new JdbcTemplate(owner());
    private final String martin = SERVER.token("dr-martin");
    private final String alice = SERVER.token("alice");
    private final List<String> live = new ArrayList<>();
    private final List<String> masked = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private Set<String> before;

    private static DriverManagerDataSource owner() {
        DatabaseAccess access = SERVER.bean(DatabaseAccess.class);
        return new DriverManagerDataSource(
                access.url(), access.owner().username(), access.owner().password());
    }

    /** What other tests left in disorder is not our matter. */
    @BeforeEach
    void nothingDiffersThatDidNotBefore() {
        before = drift();
    }

    @AfterEach
    void showAgain() {
        masked.forEach(document -> SERVER.send(alice, Choices.unmasking(document)));
    }

    @Test
    void registryEqualsTheResourcesAfterAnyHistory() {
        history(new Random(7), 60);

        assertThat(drift()).isEqualTo(before);
    }

    @Test
    void spoiltRowsAreNamedAndRebuilt() {
        history(new Random(11), 30);
        List<String> mine = live.stream().map(RegistryIT::id).toList();
        String list = owner.queryForObject(
                "select id from carnet.registry where kind = 'S' and refers_to @> array[?]::text[]",
                String.class,
                mine.get(3));
        List<JsonNode> answers = answers();

        owner.update("update carnet.registry set keys = '{p}' where id = ?", mine.get(0));
        owner.update("update carnet.registry set version = 99, tokens = '{}' where id = ?", mine.get(1));
        owner.update("delete from carnet.registry where id = ?", mine.get(2));
        owner.update("update carnet.registry set keys = '{}' where id = ?", list);
        owner.update("insert into carnet.registry select (jsonb_populate_record(r, jsonb_build_object("
                + "'id', 'nobody', 'unique_id', 'urn:oid:1.2.3', 'content_id', 'none'))).* from carnet.registry r"
                + " where id = '" + mine.get(3) + "'");
        owner.update("delete from carnet.unique_id where id = ?", mine.get(4));
        owner.update("update carnet.unique_id set id = 'stranger' where id = ?", mine.get(5));

        Set<String> drift = drift();
        drift.removeAll(before);
        assertThat(drift)
                .containsExactlyInAnyOrder(
                        mine.get(0), mine.get(1), mine.get(2), list, "nobody", mine.get(4), mine.get(5), "stranger");

        var told = new AtomicInteger();
        int rows = registry.rebuild((done, total) -> told.set(done));
        assertThat(rows).isEqualTo(told.get()).isGreaterThanOrEqualTo(mine.size());
        assertThat(drift()).isEmpty();
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    void factsOfTheRecordsAreTheSameAfterTheirRebuild() {
        String facts =
                "select patient_id, ins_value, version, facts::text from carnet.patient_facts order by patient_id";
        var said = owner.queryForList(facts);

        SERVER.bean(RecordRebuild.class).rebuild((done, total) -> {});

        assertThat(said).isNotEmpty();
        assertThat(owner.queryForList(facts)).isEqualTo(said);
    }

    private Set<String> drift() {
        return registry.drift((done, total) -> {});
    }

    /** Deposits first; then whatever comes, on documents that are still current. */
    private void history(Random random, int steps) {
        for (int i = 0; i < 4; i++) {
            publish(random.nextInt(3) + 1, i % 2 == 0);
        }
        for (int i = 0; i < steps; i++) {
            String document = live.get(random.nextInt(live.size()));
            switch (random.nextInt(8)) {
                case 0 -> publish(random.nextInt(3) + 1, random.nextBoolean());
                case 1 -> mask(document);
                case 2 -> unmask();
                case 3 -> replace(document);
                case 4 -> done(patch(martin, document, archiving()));
                case 5 -> publishSimply();
                case 6 -> updateFolder();
                default -> delete(document);
            }
        }
    }

    private void publish(int documents, boolean folder) {
        var bundle = Publication.of(Stream.generate(() -> Publication.document(300))
                .limit(documents)
                .toList());
        Answer answer = done(SERVER.send(martin, Call.transaction(folder ? Publication.withFolder(bundle) : bundle)));
        Publication.documents(answer).forEach(live::add);
        if (folder) {
            folders.add(
                    answer.createdInTransaction().reduce((one, next) -> next).orElseThrow());
        }
    }

    private void publishSimply() {
        DocumentReference document = Publication.simplified(Publication.document(300));
        Answer answer = SERVER.send(martin, Call.write("POST", "DocumentReference", document));
        assertThat(answer.status()).isEqualTo(201);
        live.add(answer.created().orElseThrow());
    }

    /** A new version of the last folder, with a new document and without those that its sender knows of. */
    private void updateFolder() {
        var bundle = Publication.withFolder(Publication.of(List.of(Publication.document(300))));
        var entry = bundle.getEntry().get(3);
        var folder = (ListResource) entry.getResource();
        folder.setIdentifier(null);
        entry.getRequest().setMethod(HTTPVerb.PUT).setUrl(folders.get(folders.size() - 1));
        Answer answer = done(SERVER.send(martin, Call.transaction(bundle)));
        Publication.documents(answer).forEach(live::add);
    }

    private void mask(String document) {
        if (!masked.contains(document)) {
            done(SERVER.send(alice, Choices.masking(document)));
            masked.add(document);
        }
    }

    private void unmask() {
        if (!masked.isEmpty()) {
            done(SERVER.send(alice, Choices.unmasking(masked.remove(0))));
        }
    }

    private void replace(String document) {
        Document fresh = Publication.document(300);
        Answer answer = done(
                SERVER.send(martin, Call.transaction(Publication.replacing(document, Publication.of(List.of(fresh))))));
        live.remove(document);
        Publication.documents(answer).forEach(live::add);
        // the new version inherits the holder's mask
        if (masked.remove(document)) {
            masked.add(live.get(live.size() - 1));
        }
    }

    private void delete(String document) {
        if (live.size() > 8) {
            done(patch(martin, document, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"entered-in-error\"}]"));
            live.remove(document);
            masked.remove(document);
        }
    }

    private static String archiving() {
        return "[{\"op\":\"add\",\"path\":\"/extension\",\"value\":[{\"url\":"
                + "\"https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived\","
                + "\"valueBoolean\":true}]}]";
    }

    private static Answer patch(String token, String document, String patch) {
        return SERVER.send(
                token,
                Call.write("PATCH", document, "application/json-patch+json", patch.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer;
    }

    private List<JsonNode> answers() {
        return Stream.of("DocumentReference" + OF_ALICE, "List" + OF_ALICE)
                .map(search -> SERVER.send(alice, Call.get(search)))
                .flatMap(Answer::matches)
                .toList();
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
