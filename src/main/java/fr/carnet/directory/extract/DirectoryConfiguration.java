package fr.carnet.directory.extract;

import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.ProfessionalDirectory;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The directory and the declared structures, from what was loaded. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DirectorySettings.class)
class DirectoryConfiguration {

    @Bean
    ProfessionalDirectory professionalDirectory(DirectoryTables tables, DirectorySettings settings, Clock clock) {
        return new LoadedDirectory(tables, settings, clock);
    }

    @Bean
    DeclaredStructures declaredStructures(DirectoryTables tables, DirectorySettings settings, Clock clock) {
        return new LoadedStructures(tables, settings, clock);
    }
}
