package fr.carnet.server;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Where the database is, for commands that need nothing else of the server; not found by its scan. */
@EnableConfigurationProperties(DatabaseProperties.class)
final class DatabaseAlone {

    private DatabaseAlone() {}

    @Bean
    static DatabaseAccess databaseAccess(DatabaseProperties properties) {
        return properties.access();
    }
}
