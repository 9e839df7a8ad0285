package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.messaging.notice.Letters;
import fr.carnet.outbox.OutboxLedger;
import fr.carnet.outbox.OutboxLedger.Line;
import fr.carnet.outbox.OutboxLedger.Selection;
import fr.carnet.outbox.State;
import fr.carnet.server.Channel;
import fr.carnet.server.Mailroom;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.DueJob;
import fr.carnet.shared.PromptJob;
import fr.carnet.shared.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of what, by which way, and what a notice says. */
class NoticeIT {

    private static final Duration QUIET = Duration.ofMinutes(16);
    private static final String MARTINS_MAIL = "dr.martin@cabinet.mssante.example";
    private static final String[] EMERGENCY = {
        "purpose", "bris_de_glace", "reason", "inconscient", "unable_to_consent", "true", "immediate_risk", "true"
    };

    private static final Person CHLOE = Characters.patient("chloe");

    private Mailroom mailroom;

    @BeforeEach
    void open() {
        mailroom = Scene.SERVER.mailroom();
    }

    @AfterEach
    void close() {
        mailroom.close();
    }

    /** The rounds that a production node makes every few seconds, when it has been quiet. */
    private static void rounds(Duration later) {
        Instant now = Instant.now().plus(later);
        for (int i = 0; i < 2; i++) {
            Scene.SERVER.beans(PromptJob.class).forEach(job -> job.run(now));
        }
    }

    private static String mail(Person patient) {
        return "p" + patient.ins().value() + "@example.org";
    }

    /** A patient whom notices reach by e-mail. */
    private static Person reachable() {
        Person patient = Scene.patient();
        assertThat(prefers(patient, "email", new StringType(mail(patient))).status())
                .isEqualTo(200);
        return patient;
    }

    private static Answer prefers(Person patient, Object... wishes) {
        return Scene.SERVER.send(token("operator", patient), Scene.operation("notice-preferences", patient, wishes));
    }

    /** Texts of the notices in a record, as somebody reads them. */
    private static List<String> told(String actor, Person patient) {
        Answer answer = Scene.SERVER.send(
                token(actor, patient), Call.get("Communication?category=notification&" + Scene.of(patient)));
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(200);
        List<String> texts = new ArrayList<>();
        answer.matches().forEach(resource -> resource.path("payload")
                .forEach(payload -> texts.add(payload.path("contentString").asText())));
        return texts;
    }

    private static List<Line> waiting() {
        return Scene.SERVER
                .bean(OutboxLedger.class)
                .lines(new Selection(Optional.of("mail"), Optional.of(State.WAITING), false), 1000);
    }

    @Test
    @Tag("R96")
    @Tag("R98")
    void severalDepositsMakeOneMailThatSaysNothingOfThem() {
        Person patient = reachable();
        Document document = document();
        String published = published(patient, document);
        published(patient, document());
        rounds(Duration.ZERO);
        assertThat(mailroom.textsTo(mail(patient))).isEmpty();
        rounds(QUIET);
        rounds(QUIET);

        assertThat(mailroom.textsTo(mail(patient))).hasSize(1);
        assertThat(mailroom.textsTo(mail(patient)).get(0))
                .contains("Du nouveau est arrivé dans votre dossier", "Connectez-vous")
                .doesNotContain(
                        document.kind().title(),
                        published,
                        patient.ins().value(),
                        "ESSAI",
                        "Martin",
                        "médecin",
                        document.id().oid());
    }

    @Test
    @Channel(74)
    @Tag("R99")
    @Tag("R113")
    void nobodyIsToldOfAHiddenDocumentButInvitedAfterTwoWeeks() {
        Person patient = reachable();
        String hidden = published("dr-martin", patient, labelled(Scene.lot(patient, document()), "INVISIBLE_PATIENT"));
        String shown = published(patient, document());
        rounds(QUIET);
        List<String> texts = mailroom.textsTo(mail(patient));
        assertThat(texts).hasSize(1);
        assertThat(Owed.of(hidden)).isEmpty();
        assertThat(Owed.of(shown)).hasSize(1);

        Instant later = Instant.now().plus(Duration.ofDays(15));
        Scene.SERVER.beans(DueJob.class).forEach(job -> job.run(later));
        rounds(Duration.ofDays(15).plus(QUIET));
        assertThat(mailroom.textsTo(mail(patient)))
                .hasSize(2)
                .last()
                .asString()
                .contains("consulter un professionnel de santé")
                .doesNotContain("Du nouveau est arrivé");
    }

    @Test
    @Channel(74)
    @Tag("R99")
    void representativeReadsWhatAMinorIsToldAndNothingOfWhatIsHiddenFromHer() {
        rounds(QUIET);
        int before = told("chloe-mother", CHLOE).size();
        int own = told("chloe", CHLOE).size();
        published("dr-martin", CHLOE, labelled(Scene.lot(CHLOE, document()), "INVISIBLE_REPRESENTANTS_LEGAUX"));
        rounds(QUIET);
        assertThat(told("chloe-mother", CHLOE)).hasSize(before);
        assertThat(told("chloe", CHLOE)).hasSize(own);
        published(CHLOE, document());
        rounds(QUIET.multipliedBy(2));
        assertThat(told("chloe-mother", CHLOE)).hasSize(before + 1);
        assertThat(told("chloe", CHLOE)).hasSize(own + 1);
    }

    @Test
    @Tag("R99")
    void minorIsToldAtAnAddressThatHeAloneReadsOfWhatIsHiddenFromHisRepresentatives() {
        String own = "chloe.own@example.org";
        rounds(QUIET);
        int before = told("chloe-mother", CHLOE).size();
        Answer given = prefers("chloe", CHLOE, "own-email", new StringType(own));
        assertThat(given.status()).as(given.sentence()).isEqualTo(200);
        assertThat(given.json().findValuesAsText("valueString")).contains(own);
        assertThat(prefers("chloe-mother", CHLOE, "documents", new BooleanType(false))
                        .json()
                        .toString())
                .doesNotContain(own, "own-email");
        assertThat(prefers("operator", CHLOE).json().toString()).doesNotContain(own, "own-email");
        assertThat(prefers("chloe-mother", CHLOE, "own-email", new StringType("m@example.org"))
                        .names("R97"))
                .isTrue();
        assertThat(prefers("chloe-mother", CHLOE, "no-own-email", new BooleanType(true))
                        .status())
                .isEqualTo(403);

        published("dr-martin", CHLOE, labelled(Scene.lot(CHLOE, document()), "INVISIBLE_REPRESENTANTS_LEGAUX"));
        rounds(QUIET);
        assertThat(mailroom.textsTo(own))
                .singleElement()
                .asString()
                .contains("Du nouveau est arrivé dans votre dossier")
                .doesNotContain("DURAND", CHLOE.ins().value());
        assertThat(told("chloe-mother", CHLOE)).hasSize(before);
        assertThat(told("chloe", CHLOE)).hasSizeGreaterThan(before);

        published("dr-martin", CHLOE, labelled(Scene.lot(CHLOE, document()), "INVISIBLE_REPRESENTANTS_LEGAUX"));
        assertThat(prefers("chloe", CHLOE, "no-own-email", new BooleanType(true), "documents", new BooleanType(true))
                        .json()
                        .toString())
                .doesNotContain(own);
        rounds(QUIET.multipliedBy(2));
        assertThat(mailroom.textsTo(own)).as("forgotten before it was told").hasSize(1);
    }

    private static Answer prefers(String actor, Person patient, Object... wishes) {
        return Scene.SERVER.send(token(actor, patient), Scene.operation("notice-preferences", patient, wishes));
    }

    /** Somebody whose space is not opened yet, with both addresses. */
    private static Person uninformed() {
        Person patient = Scene.patient("NONE", Instant.now());
        Patient resource = patient.resource();
        resource.addAddress(
                new Address().addLine("7 rue des Iris").setPostalCode("69003").setCity("Lyon"));
        registerAgain(resource, patient);
        assertThat(prefers(patient, "email", new StringType(mail(patient))).status())
                .isEqualTo(200);
        return patient;
    }

    private static void inform(Person patient, Object... more) {
        Answer informed = Scene.SERVER.send(token("operator", patient), Scene.operation("inform", patient, more));
        assertThat(informed.status()).as(informed.sentence()).isEqualTo(200);
    }

    @Test
    @Tag("R11")
    void personIsInformedOfTheOpeningUnlessTheOperatorDidSoHimselfOrHeOpposed() {
        Person patient = uninformed();
        Person informed = uninformed();
        Person opposed = uninformed();
        inform(patient);
        inform(informed, "sent", new DateTimeType(Instant.now().minusSeconds(60).toString()));
        inform(opposed);
        assertThat(Scene.SERVER
                        .send(token("operator", opposed), Scene.operation("oppose", opposed))
                        .status())
                .isEqualTo(200);
        rounds(Duration.ZERO);

        assertThat(mailroom.textsTo(mail(patient)))
                .singleElement()
                .asString()
                .contains("sera ouvert à votre nom dans six semaines")
                .doesNotContain("ESSAI", patient.ins().value());
        assertThat(inRecord(patient)).as("there is no record yet").isZero();
        assertThat(mailroom.textsTo(mail(informed))).isEmpty();
        assertThat(mailroom.textsTo(mail(opposed))).noneMatch(text -> text.contains("sera ouvert"));
    }

    @Test
    @Tag("R11")
    void whomNoMailReachesIsInformedByLetter(@TempDir Path folder) throws IOException {
        Person patient = uninformed();
        mailroom.shut();
        inform(patient);
        rounds(Duration.ZERO);
        assertThat(givenUp(patient)).isEqualTo(1);
        rounds(Duration.ZERO);
        Scene.SERVER.bean(Letters.class).print(folder, Instant.now());

        assertThat(pages(folder).filter(page -> page.contains("rue des Iris")))
                .singleElement()
                .asString()
                .contains("sera ouvert à votre nom");
        mailroom.open();
    }

    /** What the outbox does after five days without a mail server. */
    private static int givenUp(Person patient) {
        return Scene.SERVER
                .bean(DSLContext.class)
                .query(
                        "update carnet.outbox o set state = 'DEAD' from carnet.patient_facts p"
                                + " where o.subject = 'Patient/' || p.patient_id and p.ins_value = ? and o.channel = 'mail'",
                        patient.ins().value())
                .execute();
    }

    private static Bundle labelled(Bundle lot, String label) {
        return Scene.edited(lot, reference -> reference
                .addSecurityLabel()
                .addCoding()
                .setSystem(Visibility.SYSTEM)
                .setCode(label));
    }

    @Test
    @Channel(74)
    void whatWasDeletedInTheMeantimeIsNotToldAnyMore() {
        Person patient = reachable();
        String deposited = published(patient, document());
        Answer deleted = Scene.SERVER.send(token("dr-martin", patient), Choices.deletion(deposited));
        assertThat(deleted.status()).as(deleted.sentence()).isEqualTo(200);
        rounds(QUIET);
        assertThat(mailroom.textsTo(mail(patient))).isEmpty();
        assertThat(inRecord(patient)).isZero();
        assertThat(Owed.of(deposited)).as("kept as done").hasSize(1);
    }

    /** Notices that are kept of a record. */
    private static int inRecord(Person patient) {
        return Scene.SERVER
                .bean(DSLContext.class)
                .resultQuery(
                        "select count(*)::int from carnet.communication c join carnet.patient_facts p using (patient_id)"
                                + " where p.ins_value = ?",
                        patient.ins().value())
                .fetchOne(0, Integer.class);
    }

    @Test
    @Tag("R57")
    void holderAndTreatingPhysicianAreToldOfAnEmergencyWithoutDelay() {
        Person patient = reachable();
        String document = published(patient, document());
        String urgent = token("dr-urg", patient, EMERGENCY);
        for (int i = 0; i < 2; i++) {
            assertThat(Scene.SERVER.send(urgent, Call.get(document)).status()).isEqualTo(200);
            rounds(Duration.ZERO);
        }
        assertThat(mailroom.textsTo(mail(patient)))
                .as("the second within a quarter of an hour waits")
                .hasSize(1)
                .first()
                .asString()
                .contains("consulté en urgence")
                .doesNotContain("Du nouveau est arrivé");
        assertThat(mailroom.textsTo(MARTINS_MAIL))
                .filteredOn(text -> text.contains("consulté en urgence"))
                .isNotEmpty()
                .noneMatch(text ->
                        text.contains("ESSAI") || text.contains(patient.ins().value()));
        assertThat(told("dr-martin", patient))
                .singleElement()
                .asString()
                .contains("dont vous êtes le médecin traitant");
        assertThat(told("dr-leroy", patient)).isEmpty();
    }

    @Test
    @Channel(74)
    void noticeIsReadByIdByWhoItIsForAndIsAbsentForAllOthers() {
        Person patient = reachable();
        String document = published(patient, document());
        Scene.SERVER.send(token("dr-urg", patient, EMERGENCY), Call.get(document));
        rounds(Duration.ZERO);
        Answer list = Scene.SERVER.send(token("dr-martin", patient), Call.get("Communication?" + Scene.of(patient)));
        assertThat(list.total()).isEqualTo(1);
        String path = "Communication/"
                + list.matches().findFirst().orElseThrow().path("id").asText();
        assertThat(Scene.SERVER
                        .send(token("dr-martin", patient), Call.get(path))
                        .status())
                .isEqualTo(200);

        Answer leroy = Scene.SERVER.send(token("dr-leroy", patient), Call.get(path));
        Answer absent = Scene.SERVER.send(token("dr-leroy", patient), Call.get("Communication/none"));
        assertThat(leroy.status()).isEqualTo(404);
        assertThat(Scene.issues(leroy)).isEqualTo(Scene.issues(absent));
        assertThat(Scene.SERVER
                        .send(token("dr-martin", Scene.patient()), Call.get(path))
                        .status())
                .isEqualTo(404);
        assertThat(Scene.SERVER
                        .send(token("operator", patient), Call.get("Communication?" + Scene.of(patient)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void mailWaitsWhileTheServerIsDownAndLeavesOnceItIsUp() {
        Person patient = reachable();
        published(patient, document());
        mailroom.shut();
        rounds(QUIET);
        assertThat(waiting()).isNotEmpty().anyMatch(line -> line.lastError().equals(Optional.of("no-connection")));
        mailroom.open();
        rounds(QUIET.plus(Duration.ofMinutes(5)));
        assertThat(mailroom.textsTo(mail(patient))).hasSize(1);
    }

    @Test
    @Tag("R97")
    void holderSaysOfWhatHeIsToldAndInWhichLanguage() {
        Person patient = reachable();
        assertThat(prefers(patient, "documents", new BooleanType(false)).status())
                .isEqualTo(200);
        String document = published(patient, document());
        rounds(QUIET);
        assertThat(mailroom.textsTo(mail(patient))).isEmpty();
        assertThat(inRecord(patient)).as("it is in the record all the same").isEqualTo(1);

        assertThat(prefers(patient, "language", new CodeType("en")).status()).isEqualTo(200);
        Scene.SERVER.send(token("dr-urg", patient, EMERGENCY), Call.get(document));
        rounds(QUIET);
        assertThat(mailroom.textsTo(mail(patient))).singleElement().asString().contains("in an emergency");
    }

    @Test
    @Tag("R97")
    void preferencesAreToldAndWhatTheyMayNotSayIsRefused() {
        Person patient = reachable();
        JsonNode told = prefers(patient).json();
        assertThat(told.findValuesAsText("valueString")).containsExactly(mail(patient));
        assertThat(prefers(patient, "email", new StringType("a@b.example\r\nBcc: c@d.example"))
                        .status())
                .isEqualTo(422);
        assertThat(prefers(patient, "language", new CodeType("de")).status()).isEqualTo(422);
        assertThat(prefers(patient, "emergencies", new BooleanType(false)).status())
                .isEqualTo(400);
        Answer martin = Scene.SERVER.send(token("dr-martin", patient), Scene.operation("notice-preferences", patient));
        assertThat(martin.status()).isEqualTo(403);
        assertThat(martin.names("R97")).isTrue();
    }

    @Test
    @Tag("R97")
    void whoHasNoAddressGetsALetterOnceAYear(@TempDir Path folder) throws IOException {
        Person patient = Scene.patient();
        Patient resource = patient.resource();
        resource.addAddress(
                new Address().addLine("3 rue des Lilas").setPostalCode("69003").setCity("Lyon"));
        registerAgain(resource, patient);
        Document document = document();
        published(patient, document);
        rounds(QUIET);
        Letters letters = Scene.SERVER.bean(Letters.class);
        letters.print(folder, Instant.now().plus(QUIET));
        List<String> pages =
                pages(folder).filter(page -> page.contains("rue des Lilas")).toList();
        assertThat(pages)
                .singleElement()
                .asString()
                .contains("JEAN", "ESSAI", "69003 Lyon", "Du nouveau est arrivé", "Référence")
                .doesNotContain(document.kind().title());
        assertThat(index(folder)).isNotEmpty().noneMatch(line -> line.contains("ESSAI"));

        published(patient, document());
        rounds(QUIET.multipliedBy(2));
        Path second = folder.resolve("again");
        letters.print(second, Instant.now().plus(QUIET.multipliedBy(2)));
        assertThat(pages(second).filter(page -> page.contains("rue des Lilas"))).isEmpty();
        Path nextYear = folder.resolve("next-year");
        letters.print(nextYear, Instant.now().plus(Duration.ofDays(367)));
        assertThat(pages(nextYear).filter(page -> page.contains("rue des Lilas")))
                .hasSize(1);
    }

    private static void registerAgain(Patient resource, Person patient) {
        Answer registered = Scene.SERVER.send(
                token("operator", patient),
                Call.write(
                        "PUT",
                        "Patient?identifier=" + Call.escaped(patient.ins().token()),
                        resource));
        assertThat(registered.status()).as(registered.sentence()).isEqualTo(200);
    }

    private static Stream<String> pages(Path folder) {
        return files(folder, ".pdf").flatMap(NoticeIT::pagesOf);
    }

    private static Stream<String> pagesOf(Path pdf) {
        try (PDDocument read = Loader.loadPDF(pdf.toFile())) {
            List<String> pages = new ArrayList<>();
            for (int page = 1; page <= read.getNumberOfPages(); page++) {
                var stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(read));
            }
            return pages.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> index(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(folder, ".csv").toList()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
