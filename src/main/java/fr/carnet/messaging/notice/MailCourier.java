package fr.carnet.messaging.notice;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.Registry;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.policy.Policy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries notices as e-mail: to holders at the address of their space, to professionals at theirs in the trust space. What the
 * entry says is which notice; address, language, and whether it may still be told are looked up when it leaves (R97, R99).
 */
final class MailCourier implements Courier {

    /** Channel of the mails to holders. */
    static final String HOLDERS = "mail";

    /** Channel of the mails to professionals. */
    static final String PROFESSIONALS = "mail-mssante";

    private final String channel;
    private final Optional<Mailer> mailer;
    private final NoticeTable table;
    private final Preferences preferences;
    private final PatientRecords records;
    private final Registry registry;
    private final Policy policy;
    private final NoticeTexts texts;
    private final ProfessionalAddresses addresses;

    /** @param mailer empty while no relay is configured */
    MailCourier(
            String channel,
            Optional<Mailer> mailer,
            NoticeTable table,
            Preferences preferences,
            PatientRecords records,
            Registry registry,
            Policy policy,
            NoticeTexts texts,
            ProfessionalAddresses addresses) {
        this.channel = channel;
        this.mailer = mailer;
        this.table = table;
        this.preferences = preferences;
        this.records = records;
        this.registry = registry;
        this.policy = policy;
        this.texts = texts;
        this.addresses = addresses;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public boolean isOpen() {
        return mailer.isPresent();
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        List<UUID> ids = parcels.stream()
                .map(parcel -> UUID.fromString(parcel.payload()))
                .toList();
        Map<UUID, Notice> notices =
                table.byIds(ids).stream().collect(Collectors.toMap(Notice::id, Function.identity()));
        Map<UUID, List<Owed>> told = table.told(ids);
        List<String> patients =
                notices.values().stream().map(Notice::patient).distinct().toList();
        Map<String, Preference> wishes = preferences.of(patients);
        var audience = new Audience(policy, records.byIds(patients), registry.facts(documents(told.values())), now);
        return parcel -> {
            UUID id = UUID.fromString(parcel.payload());
            Optional<Notice> notice = Optional.ofNullable(notices.get(id))
                    .filter(any -> told.getOrDefault(id, List.of()).stream().anyMatch(audience::mayBeTold));
            return notice.map(still -> send(parcel, still, wishes.getOrDefault(still.patient(), Preference.NONE)))
                    .orElseGet(() -> new Delivery.Withdrawn("not-to-be-told"));
        };
    }

    private static List<String> documents(Collection<List<Owed>> told) {
        return told.stream()
                .flatMap(List::stream)
                .flatMap(owed -> owed.notice().document().stream())
                .toList();
    }

    private Delivery send(Parcel parcel, Notice notice, Preference wish) {
        boolean toHolder = notice.professional().isEmpty();
        Optional<String> address =
                toHolder ? wish.email() : notice.professional().flatMap(addresses::of);
        if (address.isEmpty()) {
            return toHolder ? new Delivery.Withdrawn("no-address") : new Delivery.Deferred("no-address");
        }
        var language = toHolder ? wish.locale() : java.util.Locale.ROOT;
        return mailer.orElseThrow()
                .send(
                        address.get(),
                        texts.subject(language),
                        toHolder
                                ? texts.mail(notice.sentences(), language)
                                : texts.mailToProfessional(notice.sentences()),
                        parcel);
    }
}
