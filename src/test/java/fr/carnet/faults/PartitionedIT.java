package fr.carnet.faults;

import static fr.carnet.faults.Site.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.dmp.RecordDestruction;
import fr.carnet.dmp.RecordRegistration;
import fr.carnet.document.ContentAudit;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.faults.Site.Sent;
import fr.carnet.server.Carnet;
import fr.carnet.server.Orphans;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A production server on tables that {@code deploy/partition.sql} divided, while they held a document: everything is as before, and
 * a uniqueId is one in all partitions.
 */
class PartitionedIT {

    private static final Path SCRIPT = Path.of("deploy", "partition.sql");
    private static final String SUBMISSION_SETS =
            "&code=" + Call.escaped("https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes|submissionset");
    private static final int PARTITIONS = 4;
    private static final int SENDERS = 8;
    private static final int RACES = 5;

    private static final List<Person> PEOPLE =
            Stream.iterate(1, n -> n + 1).limit(8).map(PartitionedIT::person).toList();

    private static Site site;
    private static Node node;
    private static ConfigurableApplicationContext served;
    private static Sent before;

    @BeforeAll
    static void start() throws IOException {
        site = new Site("partitioned");
        node = site.node("server");
        try (ConfigurableApplicationContext whole = serve()) {
            assertThat(whole.isActive()).isTrue();
            site.open(node, ALICE);
            before = site.publish(node, ALICE);
            assertThat(before.isAcknowledged()).isTrue();
        }
        divide();
        assertThat(migrate("--check").code()).isZero();
        assertThat(migrate("--apply").code()).isZero();
        served = serve();
        PEOPLE.forEach(person -> site.open(node, person));
        PEOPLE.forEach(PartitionedIT::published);
    }

    @AfterAll
    static void stop() {
        if (served != null) {
            served.close();
        }
        site.close();
    }

    private static ConfigurableApplicationContext serve() {
        return Carnet.application().run(node.settings().toArray(String[]::new));
    }

    private static void divide() throws IOException {
        site.engine.owner().execute("set carnet.partitions = " + PARTITIONS + ";" + Files.readString(SCRIPT));
    }

    private static CommandLineRun migrate(String task) {
        return CommandLineRun.of(
                "migrate",
                task,
                "--carnet.database.url=" + Engine.url(site.engine.port()),
                "--carnet.database.username=" + Engine.SERVING,
                "--carnet.database.password=" + Engine.SERVING,
                "--carnet.database.owner-username=postgres",
                "--carnet.database.owner-password=postgres");
    }

    private static Person person(int number) {
        String body = String.format("19203691%05d", 24_000 + number);
        String key = String.format("%02d", 97 - Long.parseLong(body) % 97);
        return new Person(
                new Ins(InsDomain.TEST, body + key),
                "ESSAI",
                "JEAN",
                "JEAN PAUL",
                "1992-03-0" + number,
                AdministrativeGender.MALE,
                "69123");
    }

    private static Lot published(Person person) {
        Sent sent = site.publish(node, person);
        assertThat(sent.isAcknowledged()).isTrue();
        return sent.lot();
    }

    private static Answer send(Lot lot) {
        return node.send(site.issuer.martin(), Call.transaction(lot.bundle()));
    }

    /** The same document in a lot of its own. */
    private static Lot again(Lot lot, Person person) {
        return new Lot(UniqueId.random(), person, Depositor.DR_MARTIN, lot.document());
    }

    private static long count(String table, String condition, Object... values) {
        return site.engine
                .owner()
                .queryForObject("select count(*) from " + table + " where " + condition, Long.class, values);
    }

    private static void isRefusedAsDuplicate(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(409);
        assertThat(answer.names("R124")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carnet.content",
                "carnet.registry",
                "carnet.submission",
                "carnet.unique_id",
                "public.hfj_res_ver"
            })
    void rowsAreInSeveralPartitions(String table) {
        assertThat(count("pg_inherits", "inhparent = ?::regclass", table)).isEqualTo(PARTITIONS);
        assertThat(site.engine.owner().queryForObject("select count(distinct tableoid) from " + table, Integer.class))
                .isGreaterThan(1);
    }

    @Test
    void dividedTwiceIsRefusedAndChangesNothing() {
        long rows = count("carnet.registry", "true");

        assertThatThrownBy(PartitionedIT::divide).hasMessageContaining("is in partitions already");

        assertThat(count("carnet.registry", "true")).isEqualTo(rows);
        assertThat(count("pg_constraint", "conname = 'fk_historytag_history'")).isOne();
    }

    @Test
    void whatWasStoredBeforeIsWholeAndItsUniqueIdIsTaken() {
        site.isWhole(node, before.lot());
        Answer repeated = send(before.lot());
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.isOfAnEarlierSending()).isTrue();

        isRefusedAsDuplicate(send(again(before.lot(), ALICE)));
        isRefusedAsDuplicate(send(again(before.lot(), PEOPLE.get(0))));
    }

    @Test
    void whatIsPublishedIsFoundAndSentAgainIsAnsweredAgain() {
        for (Person person : PEOPLE) {
            Lot lot = published(person);
            site.isWhole(node, lot);
            assertThat(send(lot).isOfAnEarlierSending()).isTrue();
            isRefusedAsDuplicate(send(again(lot, person)));
            isRefusedAsDuplicate(send(again(lot, ALICE)));
        }
        site.nothingIsOrphan();
    }

    /** R124: their rows are in different partitions, whose indexes know nothing of each other. */
    @Test
    void ofManyWhoPublishOneUniqueIdAtOnceExactlyOneIsAcknowledged() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(SENDERS);
        try {
            for (int race = 0; race < RACES; race++) {
                Lot first = Practice.lot(ALICE);
                var together = new CyclicBarrier(SENDERS);
                List<Callable<Answer>> senders = new ArrayList<>();
                for (int i = 0; i < SENDERS; i++) {
                    Lot lot = again(first, PEOPLE.get(i % PEOPLE.size()));
                    senders.add(() -> {
                        together.await();
                        return send(lot);
                    });
                }
                int won = 0;
                for (Future<Answer> answer : crowd.invokeAll(senders)) {
                    if (answer.get().status() == 200) {
                        won++;
                    } else {
                        isRefusedAsDuplicate(answer.get());
                    }
                }
                assertThat(won).isOne();
                assertThat(count(
                                "carnet.registry",
                                "unique_id = ?",
                                first.document().id().urn()))
                        .isOne();
            }
        } finally {
            crowd.shutdownNow();
        }
        site.nothingIsOrphan();
    }

    @Test
    void replacedMaskedAndDeletedAsEverBefore() {
        String martin = site.issuer.martin();
        String holder = site.issuer.holder(ALICE);
        Lot old = published(ALICE);
        String document = node.send(martin, found(ALICE, old))
                .matches()
                .findFirst()
                .map(match -> "DocumentReference/" + match.path("id").asText())
                .orElseThrow();

        Lot fresh = Practice.lot(ALICE);
        Answer replaced = node.send(martin, Call.transaction(Publication.replacing(document, fresh.bundle())));
        assertThat(replaced.status()).as(replaced.json().toString()).isEqualTo(200);
        String newer = Publication.documents(replaced).findFirst().orElseThrow();
        assertThat(node.send(martin, Call.get(document)).json().path("status").asText())
                .isEqualTo("superseded");
        isRefusedAsDuplicate(send(again(old, ALICE)));

        assertThat(node.send(holder, Choices.masking(newer)).status()).isEqualTo(200);
        assertThat(node.send(site.issuer.nurse(), Call.get(newer)).status()).isEqualTo(404);
        assertThat(node.send(holder, Choices.unmasking(newer)).status()).isEqualTo(200);

        assertThat(node.send(martin, Choices.deletion(newer)).status()).isEqualTo(200);
        assertThat(node.send(martin, Call.get(newer)).status()).isEqualTo(404);
        isRefusedAsDuplicate(send(again(fresh, PEOPLE.get(1))));
    }

    private static Call found(Person person, Lot lot) {
        return Call.get("DocumentReference?patient.identifier="
                + Call.escaped(person.ins().token()) + "&identifier="
                + Call.escaped("urn:ietf:rfc:3986|" + lot.document().id().urn()));
    }

    /** Every statement on the registry that the request sends, as the database plans it. */
    @Test
    void searchesAndPublicationsOfOnePatientLookIntoOnePartition() {
        String ofAlice = "patient.identifier=" + Call.escaped(ALICE.ins().token());
        String home = site.engine
                .owner()
                .queryForObject(
                        "select tableoid::regclass::text from carnet.registry where unique_id = ?",
                        String.class,
                        before.lot().document().id().urn());
        Stream.of(
                        "DocumentReference?" + ofAlice,
                        "DocumentReference?" + ofAlice + "&_revinclude=List:item",
                        "DocumentReference?" + ofAlice + "&_include=DocumentReference:relatesto",
                        "List?" + ofAlice + SUBMISSION_SETS + "&_include=List:item",
                        "List?" + ofAlice + SUBMISSION_SETS + "&title=Consultation")
                .map(Call::get)
                .forEach(search ->
                        assertThat(partitions(search)).as(search.path()).containsExactly(home));
        assertThat(partitions(Call.transaction(Practice.lot(ALICE).bundle()))).containsExactly(home);
    }

    private static Set<String> partitions(Call call) {
        var statements = new Statements(served);
        Answer answer = node.send(site.issuer.martin(), call);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return statements.onRegistry().stream()
                .flatMap(statement -> site.engine.owner().queryForList("explain " + statement, String.class).stream())
                .flatMap(Statements::partitions)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void destroyedRecordFreesItsUniqueIdsAndTheRestIsCheckedAndRebuilt() {
        Person gone = person(PEOPLE.size() + 1);
        site.open(node, gone);
        Lot lot = published(gone);
        RecordRegistration registration = served.getBean(RecordRegistration.class);
        registration.register(closed(gone));
        assertThat(served.getBean(RecordDestruction.class).destroy(gone.ins(), Instant.now()))
                .isTrue();
        assertThat(count(
                        "carnet.unique_id", "unique_id = ?", lot.document().id().urn()))
                .isZero();
        assertThat(count("carnet.registry", "unique_id = ?", lot.document().id().urn()))
                .isZero();
        assertThat(send(again(lot, ALICE)).status()).isEqualTo(200);
        site.nothingIsOrphan();

        RegistryRebuild registry = served.getBean(RegistryRebuild.class);
        assertThat(registry.drift((done, total) -> {})).isEmpty();
        assertThat(registry.rebuild((done, total) -> {})).isPositive();
        assertThat(registry.drift((done, total) -> {})).isEmpty();
        List<ContentAudit.Difference> differences = new ArrayList<>();
        ContentAudit contents = served.getBean(ContentAudit.class);
        assertThat(contents.verify(done -> {}, differences::add)).isPositive();
        assertThat(differences).isEmpty();
        assertThat(contents.sweep()).hasValue(0);
        isRefusedAsDuplicate(send(again(before.lot(), PEOPLE.get(0))));
        Orphans.none(site.engine.owner());
    }

    private static Patient closed(Person person) {
        var extension = new Extension(CarnetUris.RECORD_STATE);
        extension.addExtension("state", new CodeType("CLOSED"));
        extension.addExtension("since", new DateTimeType(Date.from(Instant.parse("2015-05-04T10:00:00Z"))));
        Patient resource = person.resource();
        resource.addExtension(extension);
        return resource;
    }
}
