package fr.carnet.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The FHIR base: only the providers that Carnet wrote, in front of HAPI's store. */
@Configuration(proxyBeanMethods = false)
class FhirEndpoint {

    @Bean
    RestfulServer restfulServer(FhirContext fhirContext, List<IResourceProvider> providers) {
        var server = new RestfulServer(fhirContext);
        server.setServerName("Carnet");
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setDefaultPrettyPrint(false);
        server.registerProviders(providers);
        return server;
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
        var registration = new ServletRegistrationBean<>(server, "/fhir/*");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
