package fr.carnet.fulltext.extract;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The workers; they end with the context. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExtractionSettings.class)
class ExtractionConfiguration {

    @Bean(destroyMethod = "close")
    WorkerPool textExtraction(ExtractionSettings settings) {
        return new WorkerPool(settings, WorkerCommand.ofThisProgram(settings));
    }
}
