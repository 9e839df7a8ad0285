package fr.carnet.sandbox;

import fr.carnet.dmp.RecordRegistration;
import fr.carnet.fulltext.IndexUnavailable;
import fr.carnet.fulltext.TextIndex;
import fr.carnet.server.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Registers the cast on the first start, and again after a reset. */
@Component
@Profile("sandbox")
@Order(1)
class CastRegistration implements ApplicationRunner, SandboxStore {

    private static final Logger LOG = LoggerFactory.getLogger(CastRegistration.class);

    private final Cast cast;
    private final RecordRegistration records;
    private final JdbcTemplate owner;
    private final Clock clock;
    private final Path roots;
    private final TextIndex texts;

    CastRegistration(
            Cast cast,
            RecordRegistration records,
            DatabaseAccess access,
            Clock clock,
            TextIndex texts,
            @Value("${carnet.trace.roots}") Path roots) {
        this.cast = cast;
        this.records = records;
        this.owner = new JdbcTemplate(new DriverManagerDataSource(
                access.url(), access.owner().username(), access.owner().password()));
        this.clock = clock;
        this.texts = texts;
        this.roots = roots;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Boolean known = owner.queryForObject("select exists(select from carnet.patient_facts)", Boolean.class);
        if (!Boolean.TRUE.equals(known)) {
            register();
        }
    }

    @Override
    public void reset() {
        // one statement batch, one transaction: the switch that lets traces go is forgotten at its end
        owner.execute("begin; set local carnet.reset = 'on';"
                + " truncate carnet.registry, carnet.unique_id, carnet.content, carnet.submission, carnet.tombstone,"
                + " carnet.obligation, carnet.trace, carnet.trace_head, carnet.trace_root, carnet.trace_root_head, carnet.trace_purge, carnet.trace_delivery,"
                + " carnet.outbox, carnet.communication, carnet.notice, carnet.notice_preference,"
                + " carnet.conversation, carnet.message_content, carnet.message_mail, carnet.mail_seen,"
                + " carnet.patient_facts, carnet.matricule, carnet.care_team, carnet.consent, carnet.related_person,"
                + " public.hfj_resource cascade; commit");
        forgetRoots();
        forgetTexts();
        register();
    }

    /** An engine that is down cannot be emptied; what it has of documents that are no more is found by nobody. */
    private void forgetTexts() {
        try {
            texts.publish(texts.begin());
        } catch (IndexUnavailable e) {
            LOG.warn("text index not emptied: the engine does not answer");
        }
    }

    /** They tell of traces that are no more. */
    private void forgetRoots() {
        try {
            FileSystemUtils.deleteRecursively(roots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register() {
        var resources = new CastResources(cast, clock.instant());
        resources.teams().forEach(records::register);
        cast.patients().forEach(patient -> {
            var registered = records.register(resources.patient(patient));
            String id = registered.getIdElement().getIdPart();
            resources.representatives(patient, id).forEach(records::register);
            resources.consents(patient, id).forEach(records::register);
        });
        LOG.info(
                "cast registered: {} patients, {} actors",
                cast.patients().size(),
                cast.actors().size());
    }
}
