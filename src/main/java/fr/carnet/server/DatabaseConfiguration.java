package fr.carnet.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database: migrated by its owner, then served by a role with fewer rights. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    @Bean
    @Profile("!sandbox")
    DatabaseAccess databaseAccess(DatabaseProperties properties) {
        return properties.access();
    }

    @Bean
    Schema schema(DatabaseAccess access) throws SQLException, LiquibaseException {
        try (var owner = new HikariDataSource(config(access.url(), access.owner(), 2))) {
            return Schema.migrate(owner, access.serving().username());
        }
    }

    /** Depends on the schema, so that no query runs before the migration. */
    @Bean
    @Primary
    DataSource dataSource(DatabaseAccess access, DatabaseProperties properties, Schema schema) {
        HikariConfig config = config(access.url(), access.serving(), properties.poolSize());
        // every statement finds its rows by one index: planning each anew costs more than running it
        config.setConnectionInitSql("set plan_cache_mode = force_generic_plan");
        return new HikariDataSource(config);
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(DatabaseAccess access, Schema schema) {
        return new DatabaseHealth(config(access.url(), access.serving(), 1));
    }

    private static HikariConfig config(String url, DatabaseAccess.Credentials user, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user.username());
        config.setPassword(user.password());
        config.setMaximumPoolSize(size);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "carnet");
        // PostgreSQL repeats the refused row in its messages: personal data
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }

    /** SQL of our own tables; joins the transaction of HAPI when there is one. */
    @Bean
    DSLContext dsl(DataSource dataSource) {
        var configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES);
        configuration.set(new Settings().withExecuteLogging(false));
        configuration.set(new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(dataSource)));
        return DSL.using(configuration);
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }
}
