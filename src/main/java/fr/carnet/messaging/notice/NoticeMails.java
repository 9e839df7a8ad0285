package fr.carnet.messaging.notice;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.Registry;
import fr.carnet.policy.Policy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the mails of notices say when they leave: address, language, and whether it may still be told are looked up then (R97, R99). */
@Component
class NoticeMails {

    private final NoticeTable table;
    private final Preferences preferences;
    private final PatientRecords records;
    private final Registry registry;
    private final Policy policy;
    private final NoticeTexts texts;
    private final ProfessionalAddresses addresses;

    NoticeMails(
            NoticeTable table,
            Preferences preferences,
            PatientRecords records,
            Registry registry,
            Policy policy,
            NoticeTexts texts,
            ProfessionalAddresses addresses) {
        this.table = table;
        this.preferences = preferences;
        this.records = records;
        this.registry = registry;
        this.policy = policy;
        this.texts = texts;
        this.addresses = addresses;
    }

    /**
     * A mail that may leave.
     *
     * @param toHolder true for the holder's, false for a professional's
     * @param address empty while none is known
     */
    record Mail(boolean toHolder, Optional<String> address, String subject, String text) {

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Mail[" + (toHolder ? "holder" : "professional") + "]";
        }
    }

    /** Those of notices, by id; empty for one that is not to be told any more. */
    Function<UUID, Optional<Mail>> leaving(List<UUID> ids, Instant now) {
        Map<UUID, Notice> notices =
                table.byIds(ids).stream().collect(Collectors.toMap(Notice::id, Function.identity()));
        Map<UUID, List<Owed>> told = table.told(ids);
        List<String> patients =
                notices.values().stream().map(Notice::patient).distinct().toList();
        Map<String, Preference> wishes = preferences.of(patients);
        var audience =
                new Audience(policy, records.byIds(patients), registry.facts(documents(told.values())), wishes, now);
        return id -> Optional.ofNullable(notices.get(id))
                .flatMap(notice -> mail(notice, told.getOrDefault(id, List.of()), audience));
    }

    private static List<String> documents(Collection<List<Owed>> told) {
        return told.stream()
                .flatMap(List::stream)
                .flatMap(owed -> owed.notice().document().stream())
                .toList();
    }

    private Optional<Mail> mail(Notice notice, List<Owed> told, Audience audience) {
        List<Owed> still = told.stream().filter(audience::mayBeTold).toList();
        if (still.isEmpty()) {
            return Optional.empty();
        }
        if (notice.professional().isPresent()) {
            return Optional.of(new Mail(
                    false,
                    addresses.of(notice.professional().get()),
                    texts.subject(Locale.ROOT),
                    texts.mailToProfessional(notice.sentences())));
        }
        Preference wish = audience.wishes().getOrDefault(notice.patient(), Preference.NONE);
        Preference his = still.stream().anyMatch(audience::concernsRepresentatives) ? wish : wish.alone();
        return Optional.of(
                new Mail(true, his.email(), texts.subject(his.locale()), texts.mail(notice.sentences(), his.locale())));
    }
}
