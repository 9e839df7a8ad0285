package fr.carnet.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import fr.carnet.dmp.SystemWrite;
import fr.carnet.document.ContentStore;
import fr.carnet.document.Deposit;
import fr.carnet.document.Registry;
import fr.carnet.document.RegistryQueries;
import fr.carnet.document.iti65.Intake;
import fr.carnet.policy.CallerKeys;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Walks the way of a request before readiness is told, so that the first client does not pay for class loading: a
 * publication that is rolled back, a search that finds nothing, one answer over HTTP.
 */
@Component
@Order(100)
class WarmUp implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    /** Nobody: what they publish is as complete as what a practice sends, and is not stored. */
    private static final Person PATIENT = new Person(
            new Ins(InsDomain.TEST, "292036912301062"),
            "ESSAI",
            "JEANNE",
            "JEANNE",
            "1992-03-01",
            AdministrativeGender.FEMALE,
            "69123");

    private static final Depositor AUTHOR =
            new Depositor("899999999999", "ESSAI", "Paul", "SM54", "399999999999999", "Cabinet d’essai");

    private final DaoRegistry daos;
    private final Registry registry;
    private final RegistryQueries queries;
    private final ContentStore contents;
    private final Intake intake;
    private final TransactionTemplate transaction;
    private final FhirContext fhir;
    private final Clock clock;
    private final Optional<ServletWebServerApplicationContext> web;

    WarmUp(
            DaoRegistry daos,
            Registry registry,
            RegistryQueries queries,
            ContentStore contents,
            Intake intake,
            TransactionTemplate transaction,
            FhirContext fhir,
            Clock clock,
            Optional<ServletWebServerApplicationContext> web) {
        this.daos = daos;
        this.registry = registry;
        this.queries = queries;
        this.contents = contents;
        this.intake = intake;
        this.transaction = transaction;
        this.fhir = fhir;
        this.clock = clock;
        this.web = web;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException, InterruptedException {
        if (web.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            publishAndForget();
        }
        var metadata = URI.create("http://localhost:" + web.get().getWebServer().getPort() + "/fhir/metadata");
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metadata).timeout(PATIENCE).build(), BodyHandlers.discarding());
        LOG.info("warm after {} ms", Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private void publishAndForget() {
        var sent = new Document(
                UniqueId.random(), Document.Kind.CONSULTATION, clock.instant().atOffset(ZoneOffset.UTC), PDF);
        Bundle bundle = new Lot(UniqueId.random(), PATIENT, AUTHOR, sent).bundle();
        String json = fhir.newJsonParser().encodeResourceToString(bundle);
        intake.read(fhir.newJsonParser().parseResource(Bundle.class, json), null);
        var document = (DocumentReference) bundle.getEntry().get(1).getResource();
        String patient = UUID.randomUUID().toString();
        document.setSubject(new Reference("Patient/" + patient));
        document.getContentFirstRep().getAttachment().setUrl("Binary/" + patient);
        new Deposit(new DocumentFacts.Depositor("warm-up", Optional.empty(), Optional.empty()), clock.instant(), false)
                .writeTo(document);
        var query = queries.parse("DocumentReference", Map.of("status", new String[] {"current"}), false);
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            contents.put(patient, "application/pdf", PDF);
            daos.getResourceDao(DocumentReference.class).create(document, SystemWrite.request());
            registry.search(query, patient, new CallerKeys(Set.of("p"), Set.of()));
        });
    }
}
