package fr.carnet.messaging.mssante;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.messaging.Communications;
import fr.carnet.messaging.EnclosedFiles;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.conversation.Enclosures;
import fr.carnet.messaging.conversation.MessagingSettings;
import fr.carnet.messaging.copy.Copies;
import fr.carnet.messaging.copy.CopyCourt;
import fr.carnet.messaging.notice.Authorities;
import fr.carnet.messaging.notice.Mailer;
import fr.carnet.messaging.notice.ProfessionalAddresses;
import fr.carnet.messaging.xdm.CdaEntries;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Outbox;
import fr.carnet.policy.Policy;
import fr.carnet.validation.CodeTables;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The bridge, as far as it is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MssanteSettings.class)
class MssanteConfiguration {

    private static final String TIMEOUT = "30000";

    @Bean
    PatientAddress patientAddress(MssanteSettings settings, Policy policy) {
        return new PatientAddress(settings.domain(), policy.settings().acceptedInsDomains());
    }

    @Bean
    Courier messagesOfPatients(
            MssanteSettings settings,
            Communications communications,
            Conversations conversations,
            EnclosedFiles files,
            PatientRecords records,
            Policy policy,
            PatientAddress addresses) {
        return new MessageCourier(
                mailer(settings),
                communications,
                conversations,
                files,
                records,
                policy,
                addresses,
                new DocumentArchive(new CdaEntries(CodeTables.bundled()), settings.domain()));
    }

    @Bean
    Courier copiesToPhysicians(
            MssanteSettings settings,
            Copies copies,
            CopyCourt court,
            ProfessionalAddresses directory,
            PatientAddress addresses) {
        return new PhysicianCopyCourier(
                mailer(settings),
                copies,
                court,
                directory,
                addresses,
                new DocumentArchive(new CdaEntries(CodeTables.bundled()), settings.domain()));
    }

    @Bean
    Courier reportsOnMails(MssanteSettings settings, PatientAddress addresses) {
        return new ReportCourier(mailer(settings), addresses);
    }

    @Bean
    @ConditionalOnProperty("carnet.messaging.mssante.mailbox.host")
    MailPoll mailPoll(
            MssanteSettings settings,
            MessagingSettings messaging,
            PatientRecords records,
            Conversations conversations,
            Enclosures enclosures,
            MailCourt court,
            SeenMails seen,
            Outbox outbox,
            TransactionTemplate transaction,
            PatientAddress addresses) {
        var limits =
                new MailLimits((int) settings.maxMailSize().toBytes(), messaging.maxText(), messaging.maxAttachments());
        var intake = new Intake(
                records,
                conversations,
                new MailedMessages(conversations, enclosures, limits),
                messaging,
                court,
                seen,
                new ReportDesk(outbox),
                transaction,
                addresses,
                new TrustedDomains(settings.trustedDomains()),
                limits);
        return new MailPoll(settings.mailbox(), session(settings.mailbox()), intake);
    }

    private static Optional<Mailer> mailer(MssanteSettings settings) {
        return settings.outgoing().map(Mailer::of);
    }

    private static Session session(MssanteSettings.Mailbox mailbox) {
        var properties = new Properties();
        properties.put("mail.store.protocol", "imaps");
        properties.put("mail.imaps.ssl.checkserveridentity", "true");
        properties.put("mail.imaps.ssl.protocols", "TLSv1.2 TLSv1.3");
        properties.put("mail.imaps.connectiontimeout", TIMEOUT);
        properties.put("mail.imaps.timeout", TIMEOUT);
        properties.put("mail.imaps.writetimeout", TIMEOUT);
        Optional.ofNullable(mailbox.authorities())
                .map(Authorities::sockets)
                .ifPresent(sockets -> properties.put("mail.imaps.ssl.socketFactory", sockets));
        return Session.getInstance(properties);
    }
}
