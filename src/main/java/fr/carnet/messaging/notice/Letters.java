package fr.carnet.messaging.notice;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fr.carnet.dmp.Correspondents;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.Registry;
import fr.carnet.policy.Policy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Letters to holders without e-mail (R97): once a year, and at once of an emergency or of the record itself. A batch is one PDF,
 * a page for each letter, with an index that names nobody. Notices count as told once the files are there, so that a run that
 * was interrupted is simply run again.
 */
@Component
public class Letters {

    private static final int BATCH = 200;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final NoticeTable table;
    private final Preferences preferences;
    private final PatientRecords records;
    private final Registry registry;
    private final Correspondents correspondents;
    private final Policy policy;
    private final NoticeTexts texts;
    private final NoticeSettings settings;
    private final Template page;

    Letters(
            NoticeTable table,
            Preferences preferences,
            PatientRecords records,
            Registry registry,
            Correspondents correspondents,
            Policy policy,
            NoticeTexts texts,
            NoticeSettings settings) {
        this.table = table;
        this.preferences = preferences;
        this.records = records;
        this.registry = registry;
        this.correspondents = correspondents;
        this.policy = policy;
        this.texts = texts;
        this.settings = settings;
        this.page = Mustache.compiler().compile(resource("/letters/letters.html"));
    }

    /**
     * What a run made.
     *
     * @param files PDF files
     * @param letters pages of them
     * @param withoutAddress holders who can be told neither by mail nor by post, for the operator to look into
     */
    public record Run(int files, int letters, int withoutAddress) {}

    /**
     * One letter.
     *
     * @param reference of the page and of its line in the index
     * @param notices what it tells
     * @param content what the template shows
     */
    private record Letter(UUID reference, List<UUID> notices, Map<String, Object> content) {}

    /**
     * Makes all letters that are due.
     *
     * @param folder into which the files go
     * @throws IOException if a file cannot be written: its notices wait for the next run
     */
    public Run print(Path folder, Instant now) throws IOException {
        Files.createDirectories(folder);
        Instant yearBefore = now.atZone(PARIS).minusYears(1).toInstant();
        int files = 0;
        int letters = 0;
        int withoutAddress = 0;
        List<Notice> due = table.letters(yearBefore, "", BATCH);
        while (!due.isEmpty()) {
            Map<String, List<Notice>> byPatient = byPatient(due);
            List<Letter> batch = batch(byPatient, now);
            long addressed =
                    batch.stream().filter(letter -> !letter.content().isEmpty()).count();
            if (addressed > 0) {
                write(
                        folder,
                        batch.stream()
                                .filter(letter -> !letter.content().isEmpty())
                                .toList(),
                        now);
                files++;
            }
            batch.forEach(letter -> table.lettered(letter.notices(), now));
            letters += (int) addressed;
            withoutAddress += byPatient.size() - batch.size();
            due = table.letters(yearBefore, due.get(due.size() - 1).patient(), BATCH);
        }
        return new Run(files, letters, withoutAddress);
    }

    private static Map<String, List<Notice>> byPatient(List<Notice> due) {
        Map<String, List<Notice>> byPatient = new LinkedHashMap<>();
        due.forEach(notice -> byPatient
                .computeIfAbsent(notice.patient(), k -> new ArrayList<>())
                .add(notice));
        return byPatient;
    }

    /** Letters of those who have a postal address; without content where nothing may be told any more. */
    private List<Letter> batch(Map<String, List<Notice>> byPatient, Instant now) {
        List<UUID> ids = byPatient.values().stream()
                .flatMap(List::stream)
                .map(Notice::id)
                .toList();
        Map<UUID, List<Owed>> told = table.told(ids);
        List<String> documents = told.values().stream()
                .flatMap(List::stream)
                .flatMap(owed -> owed.notice().document().stream())
                .toList();
        var audience =
                new Audience(policy, records.byIds(byPatient.keySet()), registry.facts(documents), Map.of(), now);
        Map<String, Preference> wishes = preferences.of(byPatient.keySet());
        List<Letter> batch = new ArrayList<>();
        byPatient.forEach((patient, notices) -> {
            Preference wish = wishes.getOrDefault(patient, Preference.NONE);
            List<Sentence> sentences = notices.stream()
                    .flatMap(notice -> told.getOrDefault(notice.id(), List.of()).stream())
                    .filter(audience::mayBeTold)
                    .map(Owed::sentence)
                    .filter(wish::wants)
                    .distinct()
                    .sorted()
                    .toList();
            letter(patient, notices, sentences, wish).ifPresent(batch::add);
        });
        return batch;
    }

    private Optional<Letter> letter(String patient, List<Notice> notices, List<Sentence> sentences, Preference wish) {
        List<UUID> ids = notices.stream().map(Notice::id).toList();
        UUID reference = UUID.randomUUID();
        if (sentences.isEmpty()) {
            return Optional.of(new Letter(reference, ids, Map.of()));
        }
        return correspondents
                .envelope(patient)
                .map(envelope -> new Letter(reference, ids, content(reference, envelope, sentences, wish)));
    }

    private Map<String, Object> content(
            UUID reference, List<String> envelope, List<Sentence> sentences, Preference wish) {
        var language = wish.locale();
        return Map.of(
                "envelope", envelope,
                "title", texts.say("letter.title", language),
                "greeting", texts.say("notice.greeting", language),
                "intro", texts.say("letter.intro", language),
                "lines", texts.lines(sentences, language),
                "invitation", texts.say("notice.invitation", language, settings.portal()),
                "page", texts.say("letter.page", language, reference.toString()));
    }

    private void write(Path folder, List<Letter> batch, Instant now) throws IOException {
        String name = "letters-" + now.atZone(PARIS).toLocalDate() + "-" + UUID.randomUUID();
        String html = page.execute(
                Map.of("letters", batch.stream().map(Letter::content).toList()));
        Path pdf = folder.resolve(name + ".pdf.part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pdf))) {
            new PdfRendererBuilder()
                    .withHtmlContent(html, null)
                    .useUriResolver((base, uri) -> null)
                    .toStream(out)
                    .run();
        }
        Path index = folder.resolve(name + ".csv.part");
        List<String> lines = new ArrayList<>(List.of("page,reference"));
        for (int i = 0; i < batch.size(); i++) {
            lines.add((i + 1) + "," + batch.get(i).reference());
        }
        Files.write(index, lines, StandardCharsets.UTF_8);
        Files.move(index, folder.resolve(name + ".csv"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(pdf, folder.resolve(name + ".pdf"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String resource(String path) {
        try (InputStream file = Letters.class.getResourceAsStream(path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
