package fr.carnet.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.carnet.server.RawHttp.Ask;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.utilities.http.ManagedWebAccess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Known holes of libraries that no newer version mends for us: what stands in their way (advisories/judged.tsv). */
class AdvisoriesIT {

    private static final RunningServer SERVER = RunningServer.get();

    private final String martin = SERVER.token("dr-martin");

    /** LimitsIT sends a bomb. */
    @Tag("CVE-2026-113873")
    @Test
    void compressedBodyIsRefused() {
        for (String coding : List.of("gzip", "deflate", "br", "x-gzip")) {
            Ask ask = Ask.of("POST", SERVER.root() + "/fhir")
                    .body("application/fhir+json", "{}")
                    .with("Content-Encoding", coding);
            assertThat(RawHttp.send(martin, ask).status()).as(coding).isEqualTo(415);
        }
    }

    @Tag("CVE-2026-113874")
    @Test
    void nothingDependsOnPartitions() {
        assertThat(SERVER.bean(PartitionSettings.class).isPartitioningEnabled()).isFalse();
    }

    @Tag("CVE-2026-113875")
    @Test
    void nothingIsSubscribedTo() {
        assertThat(SERVER.bean(SubscriptionSettings.class).getSupportedSubscriptionTypes())
                .isEmpty();
        Ask ask = Ask.of("POST", "Subscription")
                .body("application/fhir+json", "{\"resourceType\":\"Subscription\",\"status\":\"requested\"}");
        assertThat(RawHttp.send(martin, ask).status()).isEqualTo(404);
    }

    @Tag("CVE-2026-113876")
    @Test
    void conditionalCreateIsRefused() {
        for (String type : List.of("DocumentReference", "Consent", "CareTeam", "Communication")) {
            Ask ask = Ask.of("POST", type)
                    .body("application/fhir+json", "{\"resourceType\":\"" + type + "\"}")
                    .with("If-None-Exist", "identifier=urn:x|1")
                    .with("Prefer", "return=representation");
            assertThat(RawHttp.send(martin, ask).status()).as(type).isBetween(400, 405);
        }
    }

    @Tag("CVE-2026-33180")
    @Tag("CVE-2026-34359")
    @Tag("CVE-2026-34361")
    @Test
    void librariesOpenNoConnection() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer listener = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        listener.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        try {
            String url = "http://localhost:" + listener.getAddress().getPort() + "/";
            assertThatThrownBy(() -> ManagedWebAccess.get(List.of("web"), url)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ManagedWebAccess.post(List.of("web"), url, new byte[1], "text/plain", "*/*"))
                    .isInstanceOf(IOException.class);
            assertThat(asked).hasValue(0);
        } finally {
            listener.stop(0);
        }
    }

    @Tag("CVE-2026-81875")
    @Tag("CVE-2026-81876")
    @Test
    void healthCardsAreNotRead() {
        for (String type :
                List.of("application/smart-health-card", "application/smart-api-access", "application/jose")) {
            Ask ask = Ask.of("POST", SERVER.root() + "/fhir").body(type, "{\"verifiableCredential\":[\"a.b.c\"]}");
            assertThat(RawHttp.send(martin, ask).status()).as(type).isIn(400, 415);
        }
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("fr.carnet");
        noClasses().should().dependOnClassesThat().haveSimpleName("SHCParser").check(ours);
        // the validator reads the format that it is told; this is how it would be told that of a card
        noClasses().should().accessField(FhirFormat.class, "SHC").check(ours);
    }
}
