package fr.carnet.server;

import fr.carnet.server.cli.CarnetCommand;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jooq.JooqAutoConfiguration;
import org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Starts the server, or runs a command of the command line. */
@SpringBootApplication(
        scanBasePackages = "fr.carnet",
        exclude = {
            DataSourceAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            JooqAutoConfiguration.class,
            LiquibaseAutoConfiguration.class
        },
        excludeName = {
            "org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchClientAutoConfiguration",
            "org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration",
            "org.springframework.boot.autoconfigure.elasticsearch.ReactiveElasticsearchClientAutoConfiguration",
            "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration",
            "org.springframework.boot.autoconfigure.mustache.MustacheAutoConfiguration",
            "org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerJwtAutoConfiguration",
            "org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration"
        })
public class Carnet {

    /** The one clock that door, policy and jobs share. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Entry point of the jar. */
    public static void main(String[] args) {
        if (CarnetCommand.isCommand(args)) {
            System.exit(CarnetCommand.run(args));
        }
        application().run(args);
    }

    /** The application, not yet run: it refuses to start without the settings that it needs. */
    public static SpringApplication application() {
        var application = new SpringApplication(Carnet.class);
        application.addInitializers(new RequiredSettings());
        return application;
    }

    /** Of the application no more than where the database is: a {@link DatabaseAccess} in production's settings. */
    public static SpringApplication database() {
        var application = new SpringApplication(DatabaseAlone.class);
        application.addInitializers(RequiredSettings::ofDatabase);
        return application;
    }
}
