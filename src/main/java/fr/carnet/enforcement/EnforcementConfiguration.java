package fr.carnet.enforcement;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import fr.carnet.caller.DoorTrace;
import fr.carnet.dmp.ConsentResources;
import fr.carnet.dmp.DeclaredChoices;
import fr.carnet.dmp.Obligations;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.dmp.RecordEvents;
import fr.carnet.dmp.Rehearsal;
import fr.carnet.dmp.RelatedResources;
import fr.carnet.dmp.TeamResources;
import fr.carnet.document.Destruction;
import fr.carnet.document.DocumentCopies;
import fr.carnet.document.HiddenDocuments;
import fr.carnet.document.Registry;
import fr.carnet.document.RegistryQueries;
import fr.carnet.document.TextSearch;
import fr.carnet.document.Tombstones;
import fr.carnet.document.iti65.Intake;
import fr.carnet.messaging.AttestedWrites;
import fr.carnet.messaging.Communications;
import fr.carnet.messaging.EnclosedFiles;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.conversation.Parties;
import fr.carnet.messaging.copy.Copies;
import fr.carnet.messaging.copy.CopyCourt;
import fr.carnet.messaging.mssante.MailCourt;
import fr.carnet.messaging.notice.NoticeData;
import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.Policy;
import fr.carnet.policy.VisibilityKeys;
import fr.carnet.shared.DueJob;
import fr.carnet.shared.LinkSeal;
import fr.carnet.trace.Deliveries;
import fr.carnet.trace.DisclosedDocuments;
import fr.carnet.trace.TraceQueries;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.TracesAtCommit;
import fr.carnet.trace.chain.RootSealer;
import fr.carnet.trace.chain.SealingKey;
import fr.carnet.trace.chain.TraceMonths;
import fr.carnet.trace.export.TraceExport;
import fr.carnet.trace.feed.AuditFeed;
import fr.carnet.trace.feed.FeedSettings;
import fr.carnet.validation.syntax.Syntax;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionTemplate;

/** The policy in service, and the interceptors that obey it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PolicyProperties.class, TraceProperties.class})
class EnforcementConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EnforcementConfiguration.class);

    @Bean
    Policy policy(PolicyProperties properties) {
        var policy = new Policy(HabilitationMatrix.load(), properties.settings());
        LOG.info("policy: matrix {}, {}", policy.matrix().version(), policy.settings());
        return policy;
    }

    @Bean
    VisibilityKeys visibilityKeys(Policy policy) {
        return new VisibilityKeys(policy);
    }

    @Bean
    TraceStore traceStore(DSLContext dsl, FeedSettings feed, MeterRegistry meters) {
        var store = feed.isOn() ? TraceStore.feeding(dsl, AuditFeed.CHANNEL) : new TraceStore(dsl);
        return store.timedBy(meters);
    }

    @Bean
    Notary notary(
            TraceStore traces,
            Obligations obligations,
            TransactionTemplate transaction,
            Policy policy,
            PatientRecords records,
            Clock clock) {
        return new Notary(traces, obligations, new Openings(policy, records), transaction, version(policy), clock);
    }

    @Bean
    AttestedWrites attestedWrites(Notary notary, TransactionTemplate transaction) {
        return new NotarisedWrites(notary, transaction);
    }

    @Bean
    DoorTrace doorTrace(TraceStore traces, Policy policy, TraceProperties properties) {
        return new DoorTraces(traces::append, version(policy), properties.doorPerMinute());
    }

    @Bean
    Deliveries deliveries(DSLContext dsl) {
        return new Deliveries(dsl);
    }

    /** Around everything that writes an answer. */
    @Bean
    FilterRegistrationBean<DeliveryFilter> deliveryFilter(Deliveries deliveries) {
        var registration = new FilterRegistrationBean<>(new DeliveryFilter(deliveries));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    DueJob traceMonths(DSLContext dsl) {
        return new TraceMonths(dsl);
    }

    @Bean
    @Profile("!sandbox")
    SealingKey sealingKey(TraceProperties properties) throws IOException {
        return SealingKey.read(properties.signingKey());
    }

    @Bean
    DueJob rootSealer(DSLContext dsl, SealingKey key, TraceProperties properties) {
        return new RootSealer(dsl, key, properties.roots());
    }

    @Bean
    WriteJudge writeJudge(Policy policy, Notary notary, Copies copies, IInterceptorService store) {
        var judge = new WriteJudge(policy, notary, copies);
        store.registerInterceptor(judge);
        return judge;
    }

    /** In the order of a request. */
    @Bean
    AccessInterceptors accessInterceptors(
            Policy policy,
            VisibilityKeys keys,
            Clock clock,
            Notary notary,
            Registry registry,
            RegistryQueries queries,
            PatientRecords records,
            ConsentResources consents,
            TeamResources teams,
            RelatedResources persons,
            Communications communications,
            Conversations conversations,
            Parties parties,
            Intake intake,
            PolicyProperties properties,
            FhirContext fhir,
            TraceQueries traceQueries,
            TraceStore traces,
            TraceExport traceExport,
            RecordArchive archive,
            TextSearch texts,
            MeterRegistry meters) {
        var patients = new Patients(records);
        var statusChecks = new StatusChecks(patients, properties.statusChecksPerMinute());
        var judge = new Judge(
                policy,
                keys,
                clock,
                new ReadCases(patients, registry, queries),
                new WriteCases(patients, records, consents, registry, intake),
                statusChecks,
                new RecordCases(patients, statusChecks),
                new CircleCases(patients, statusChecks, teams, persons, communications),
                new MessageCases(patients, communications, conversations, parties),
                new ExplanationCases(patients, registry, statusChecks),
                new TraceCases(patients, traceQueries, traces),
                new ExportCases(patients));
        var tally = new Tally(meters);
        return new AccessInterceptors(List.of(
                new Usher(),
                new Cloakroom(new BodySyntax(new Syntax(fhir))),
                judge,
                new Sieve(policy, meters),
                new ExcerptsInView(texts),
                new CircleSieve(policy, meters),
                new IgnoredParameters(),
                notary,
                tally,
                new ExportWriter(traceExport, archive),
                new Refusals(notary, tally)));
    }

    @Bean
    RehearsalProvider rehearsalOfConsents(Rehearsal rehearsal) {
        return new RehearsalProvider(Consent.class, rehearsal);
    }

    @Bean
    RehearsalProvider rehearsalOfTeams(Rehearsal rehearsal) {
        return new RehearsalProvider(CareTeam.class, rehearsal);
    }

    @Bean
    RehearsalProvider rehearsalOfPersons(Rehearsal rehearsal) {
        return new RehearsalProvider(RelatedPerson.class, rehearsal);
    }

    @Bean
    RehearsalProvider rehearsalOfPatients(Rehearsal rehearsal) {
        return new RehearsalProvider(Patient.class, rehearsal);
    }

    @Bean
    ExplanationProvider.OfPatients explanationsOfRecords(Policy policy) {
        return new ExplanationProvider.OfPatients(policy);
    }

    @Bean
    ExplanationProvider.OfDocuments explanationsOfDocuments(Policy policy, PatientRecords records) {
        return new ExplanationProvider.OfDocuments(policy, records);
    }

    @Bean
    ExportProvider exports(Registry registry, DeclaredChoices choices, Communications communications) {
        return new ExportProvider(registry, choices, communications);
    }

    @Bean
    RecordArchive recordArchive(DocumentCopies copies, TraceExport traceExport, EnclosedFiles files, FhirContext fhir) {
        return new RecordArchive(copies, traceExport, files, fhir);
    }

    @Bean
    RecordCopies recordCopies(
            Policy policy,
            VisibilityKeys keys,
            PatientRecords records,
            ExportProvider exports,
            RecordArchive archive,
            OwnTraces traces,
            MeterRegistry meters,
            Clock clock) {
        return new RecordCopies(
                policy,
                keys,
                records,
                exports,
                new Sieve(policy, meters),
                new CircleSieve(policy, meters),
                archive,
                traces,
                clock);
    }

    @Bean
    OwnTraces ownTraces(TraceStore traces, TransactionTemplate transaction, Obligations obligations, Policy policy) {
        return new OwnTraces(new TracesAtCommit(traces, transaction), obligations, version(policy));
    }

    @Bean
    MailCourt mailCourt(Policy policy, OwnTraces traces) {
        return new MailTrial(policy, traces);
    }

    @Bean
    CopyCourt copyCourt(Policy policy, OwnTraces traces) {
        return new CopyTrial(policy, traces);
    }

    @Bean
    RecordEvents recordEvents(
            Destruction destruction, NoticeData notices, Conversations conversations, OwnTraces traces) {
        return new RecordEffects(destruction, notices, conversations, traces);
    }

    @Bean
    DueJob announcements(
            Policy policy,
            PatientRecords records,
            HiddenDocuments documents,
            Obligations obligations,
            OwnTraces traces,
            TransactionTemplate transaction) {
        return new Announcements(policy, records, documents, obligations, traces, transaction);
    }

    @Bean
    TraceQueries traceQueries(LinkSeal seal) {
        return new TraceQueries(seal);
    }

    @Bean
    DisclosedDocuments disclosedDocuments(Registry registry, Tombstones tombstones) {
        return new TitlesInView(registry, tombstones);
    }

    /** Changes with every change of the matrix or of a switch. */
    private static String version(Policy policy) {
        return policy.matrix().version() + "/"
                + Integer.toHexString(policy.settings().hashCode());
    }
}
