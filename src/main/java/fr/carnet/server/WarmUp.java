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
import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.ProfileUris;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListMode;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
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

    private static final ListResource LOT = new ListResource()
            .setStatus(ListStatus.CURRENT)
            .setMode(ListMode.WORKING)
            .setCode(new CodeableConcept(new Coding(CodeSystems.MHD_LIST_TYPES, "submissionset", null)));

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
        String patient = UUID.randomUUID().toString();
        DocumentReference document = sample(patient);
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        // claimed for all, so that the profiles are read before the first sender waits for them
        bundle.getMeta().addProfile(ProfileUris.PROVIDE_BUNDLE);
        bundle.addEntry().setResource(LOT.copy());
        bundle.addEntry().setResource(document.copy());
        String json = fhir.newJsonParser().encodeResourceToString(bundle);
        intake.read(fhir.newJsonParser().parseResource(Bundle.class, json), null);
        var query = queries.parse("DocumentReference", Map.of("status", new String[] {"current"}), false);
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            contents.put(patient, "application/pdf", new byte[] {1});
            daos.getResourceDao(DocumentReference.class).create(document, SystemWrite.request());
            registry.search(query, patient, new CallerKeys(Set.of("p"), Set.of()));
        });
    }

    private DocumentReference sample(String patient) {
        var document = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setMasterIdentifier(new Identifier().setValue("urn:uuid:" + patient))
                .setType(new CodeableConcept().addCoding(new Coding("http://loinc.org", "11488-4", null)))
                .addCategory(new CodeableConcept().addCoding(new Coding(null, "10", null)))
                .setSubject(new Reference("Patient/" + patient))
                .setDate(Date.from(clock.instant()));
        document.addContent().getAttachment().setContentType("application/pdf").setUrl("Binary/" + patient);
        new Deposit(new Depositor("warm-up", Optional.empty(), Optional.empty()), clock.instant(), false)
                .writeTo(document);
        return document;
    }
}
