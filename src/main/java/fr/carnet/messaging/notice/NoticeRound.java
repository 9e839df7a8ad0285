package fr.carnet.messaging.notice;

import fr.carnet.dmp.OwedNotice.Kind;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.Registry;
import fr.carnet.messaging.notice.Preference.Channel;
import fr.carnet.outbox.Outbox;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.PromptJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes notices of what is owed (R57, R96, R113), patient by patient: the policy is asked once more, what came within a short
 * time becomes one notice, and the notice, its way out and its place in the record are stored with the mark that it is done.
 * May run on several nodes.
 */
final class NoticeRound implements PromptJob {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeRound.class);
    private static final int PATIENTS = 500;

    private final NoticeTable table;
    private final Preferences preferences;
    private final PatientRecords records;
    private final Registry registry;
    private final Policy policy;
    private final Outbox outbox;
    private final NoticesInRecord inRecord;
    private final NoticeSettings settings;
    private final TransactionTemplate transaction;

    NoticeRound(
            NoticeTable table,
            Preferences preferences,
            PatientRecords records,
            Registry registry,
            Policy policy,
            Outbox outbox,
            NoticesInRecord inRecord,
            NoticeSettings settings,
            TransactionTemplate transaction) {
        this.table = table;
        this.preferences = preferences;
        this.records = records;
        this.registry = registry;
        this.policy = policy;
        this.outbox = outbox;
        this.inRecord = inRecord;
        this.settings = settings;
        this.transaction = transaction;
    }

    @Override
    public void run(Instant now) {
        table.byLetter(outbox.givenUp(MailCourier.HOLDERS));
        List<String> patients = table.patients(now, settings.quiet(), "", PATIENTS);
        while (!patients.isEmpty()) {
            tell(patients, now);
            patients = table.patients(now, settings.quiet(), patients.get(patients.size() - 1), PATIENTS);
        }
    }

    private void tell(List<String> patients, Instant now) {
        Map<String, Preference> wishes = preferences.of(patients);
        var audience = new Audience(
                policy, records.byIds(patients), registry.facts(table.documents(patients, now)), wishes, now);
        for (String patient : patients) {
            try {
                Preference wish = wishes.getOrDefault(patient, Preference.NONE);
                transaction.executeWithoutResult(status -> tell(patient, wish, audience));
            } catch (RuntimeException e) {
                // the others do not wait for it; the next round tries again
                LOG.error("a notice could not be made: {}", e.getClass().getName());
            }
        }
    }

    private void tell(String patient, Preference wish, Audience audience) {
        List<Owed> owed = table.lock(patient, audience.now());
        Instant quietSince = audience.now().minus(settings.quiet());
        tellTreatingPhysician(of(owed, o -> o.notice().kind() == Kind.TREATING_PHYSICIAN_OF_EMERGENCY), audience);
        List<Owed> emergencies = of(owed, o -> o.notice().kind() == Kind.HOLDER_OF_EMERGENCY);
        if (!emergencies.isEmpty() && !table.urgentSince(patient, Optional.empty(), quietSince)) {
            tellHolder(emergencies, wish, audience);
        }
        List<Owed> announced = of(owed, o -> o.notice().kind() == Kind.HOLDER_BEFORE_OPENING);
        if (!announced.isEmpty()) {
            tellHolder(announced, wish, audience);
        }
        List<Owed> news = of(owed, o -> !o.isUrgent() && !announced.contains(o));
        if (news.stream().anyMatch(o -> !o.created().isAfter(quietSince))) {
            tellHolder(news, wish, audience);
        }
    }

    private static List<Owed> of(List<Owed> owed, Predicate<Owed> which) {
        return owed.stream().filter(which).toList();
    }

    /** What representatives may not learn of is told apart from the rest. */
    private void tellHolder(List<Owed> owed, Preference wish, Audience audience) {
        List<Owed> mute = of(owed, o -> !audience.mayBeTold(o));
        if (!mute.isEmpty()) {
            table.done(mute, Optional.empty(), audience.now());
        }
        List<Owed> told = of(owed, audience::mayBeTold);
        Stream.of(true, false).forEach(toAll -> {
            List<Owed> together = of(told, o -> audience.concernsRepresentatives(o) == toAll);
            if (!together.isEmpty()) {
                makeForHolder(together, toAll ? wish : wish.alone(), toAll, audience.now());
            }
        });
    }

    private void makeForHolder(List<Owed> owed, Preference wish, boolean toRepresentatives, Instant now) {
        List<Sentence> sentences = sentences(owed);
        List<Sentence> wanted = sentences.stream().filter(wish::wants).toList();
        var notice = new Notice(
                UUID.randomUUID(),
                owed.get(0).notice().patient(),
                Optional.empty(),
                wanted.isEmpty() ? sentences : wanted,
                wanted.isEmpty() ? Channel.NONE : wish.channel(),
                now);
        store(notice, owed);
        if (!sentences.contains(Sentence.RECORD_ANNOUNCED)) {
            inRecord.tellHolder(notice, sentences, wish, toRepresentatives);
        }
        if (notice.channel() == Channel.MAIL) {
            leave(MailCourier.HOLDERS, notice);
        }
    }

    private void tellTreatingPhysician(List<Owed> owed, Audience audience) {
        if (owed.isEmpty()) {
            return;
        }
        String patient = owed.get(0).notice().patient();
        Optional<String> physician =
                Optional.ofNullable(audience.patients().get(patient)).flatMap(PatientFacts::treatingPhysician);
        if (physician.isEmpty() || !audience.mayBeTold(owed.get(0))) {
            table.done(owed, Optional.empty(), audience.now());
        } else if (!table.urgentSince(patient, physician, audience.now().minus(settings.quiet()))) {
            var notice =
                    new Notice(UUID.randomUUID(), patient, physician, sentences(owed), Channel.MAIL, audience.now());
            store(notice, owed);
            inRecord.tellProfessional(notice);
            leave(MailCourier.PROFESSIONALS, notice);
        }
    }

    private static List<Sentence> sentences(List<Owed> owed) {
        return owed.stream().map(Owed::sentence).distinct().sorted().toList();
    }

    private void store(Notice notice, List<Owed> owed) {
        table.add(notice, new ArrayList<>(owed));
    }

    private void leave(String channel, Notice notice) {
        outbox.add(channel, "Patient/" + notice.patient(), notice.id().toString(), notice.made(), notice.made());
    }
}
