package fr.carnet.server;

import org.hl7.fhir.utilities.http.ManagedWebAccess;
import org.hl7.fhir.utilities.http.ManagedWebAccess.WebAccessPolicy;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The reference implementation of FHIR can fetch what a resource names. Here it may not: Carnet works offline, and the client
 * has known holes (CVE-2026-33180, -34359, -34361) whose mending needs a newer HAPI than there is.
 */
@Configuration(proxyBeanMethods = false)
class OfflineLibraries {

    /** Before any bean could ask for something. */
    @Bean
    static BeanFactoryPostProcessor noWebAccess() {
        return beans -> ManagedWebAccess.setAccessPolicy(WebAccessPolicy.PROHIBITED);
    }
}
