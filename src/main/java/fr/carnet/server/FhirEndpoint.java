package fr.carnet.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.ETagSupportEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import fr.carnet.caller.DoorSettings;
import fr.carnet.document.DocumentLimits;
import fr.carnet.document.RegistryWriter;
import fr.carnet.document.iti65.ProvideBundleProvider;
import fr.carnet.document.iti68.ContentWriter;
import fr.carnet.enforcement.AccessInterceptors;
import fr.carnet.policy.ActorLabels;
import fr.carnet.server.guide.Guide;
import fr.carnet.shared.LinkSeal;
import fr.carnet.trace.AuditEventProvider;
import fr.carnet.trace.DisclosedDocuments;
import fr.carnet.trace.TraceReader;
import fr.carnet.trace.TraceStore;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The FHIR base: only the providers that Carnet wrote, in front of HAPI's store. */
@Configuration(proxyBeanMethods = false)
class FhirEndpoint {

    @Bean
    RestfulServer restfulServer(
            FhirContext fhirContext,
            DoorSettings door,
            List<IResourceProvider> providers,
            ProvideBundleProvider iti65,
            AccessInterceptors access,
            ContentWriter contentWriter,
            RegistryWriter registryWriter,
            Guide guide,
            DocumentLimits limits) {
        var server = new QuietServer(fhirContext);
        server.setServerName("Carnet");
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setDefaultPrettyPrint(false);
        // no 304: an answer that is not modified would pass by sieve and notary
        server.setETagSupport(ETagSupportEnum.DISABLED);
        // never the Host header: links and locations carry the configured base
        server.setServerAddressStrategy(new HardcodedServerAddressStrategy(door.fhirBase()));
        server.registerProviders(ours(providers));
        server.registerProvider(iti65);
        access.all().forEach(server::registerInterceptor);
        server.registerInterceptor(new Capabilities(guide, door.fhirBase(), new AnnouncedLimits(limits, door.door())));
        server.registerInterceptor(contentWriter);
        server.registerInterceptor(registryWriter);
        return server;
    }

    /** HAPI puts a provider for every resource type into the context: none of them is served. */
    private static List<IResourceProvider> ours(List<IResourceProvider> providers) {
        return providers.stream()
                .filter(p -> p.getClass().getPackageName().startsWith("fr.carnet."))
                .toList();
    }

    @Bean
    TraceReader traceReader(TraceStore traces, DisclosedDocuments documents, DoorSettings door) {
        return new TraceReader(traces, documents, door.fhirBase());
    }

    @Bean
    AuditEventProvider auditEventProvider(TraceReader reader, DoorSettings door, LinkSeal seal) {
        return new AuditEventProvider(reader, door.fhirBase(), seal, ActorLabels.load()::of);
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
        var registration = new ServletRegistrationBean<>(server, "/fhir/*");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
