package fr.carnet.messaging.notice;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.Registry;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Outbox;
import fr.carnet.policy.Policy;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices, with their ways out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeSettings.class)
class NoticeConfiguration {

    @Bean
    NoticeRound noticeRound(
            NoticeTable table,
            Preferences preferences,
            PatientRecords records,
            Registry registry,
            Policy policy,
            Outbox outbox,
            NoticesInRecord inRecord,
            NoticeSettings settings,
            TransactionTemplate transaction) {
        return new NoticeRound(table, preferences, records, registry, policy, outbox, inRecord, settings, transaction);
    }

    /** Until there is a directory. */
    @Bean
    @ConditionalOnMissingBean
    ProfessionalAddresses professionalAddresses(NoticeSettings settings) {
        return idNatPs -> Optional.ofNullable(settings.mailboxes().get(idNatPs));
    }

    @Bean
    Courier mailToHolders(NoticeMails notices, NoticeSettings settings) {
        return new MailCourier(MailCourier.HOLDERS, settings.toHolders(), notices);
    }

    @Bean
    Courier mailToProfessionals(NoticeMails notices, NoticeSettings settings) {
        return new MailCourier(MailCourier.PROFESSIONALS, settings.toProfessionals(), notices);
    }
}
