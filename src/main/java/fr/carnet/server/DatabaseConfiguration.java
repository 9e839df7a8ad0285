package fr.carnet.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.carnet.server.schema.SchemaCheck;
import fr.carnet.server.schema.SchemaMigration;
import fr.carnet.server.schema.SchemaState;
import fr.carnet.server.schema.UnfitSchema;
import fr.carnet.token.StoredSingleUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** The database: its tables are those of this program, and a role with few rights serves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    private static final Duration WAIT_FOR_A_CONNECTION = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than any statement of a request or of a job takes. A command that reads all there is may take longer. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    @Bean
    @Profile("!sandbox")
    DatabaseAccess databaseAccess(DatabaseProperties properties) {
        return properties.access();
    }

    /** The sandbox owns its database, and nobody is there to migrate it. */
    @Bean
    @Profile("sandbox")
    SchemaState migratedSchema(DatabaseAccess access) throws SQLException, LiquibaseException {
        try (Connection owner = access.open(access.owner())) {
            new SchemaMigration(owner, access.serving().username()).apply(() -> {}, change -> {});
        }
        return checkedSchema(access);
    }

    /** A server needs no right to change tables: {@code migrate} does that before it starts. */
    @Bean
    @Profile("!sandbox")
    SchemaState checkedSchema(DatabaseAccess access) throws SQLException {
        try (Connection serving = access.open(access.serving())) {
            SchemaState state = SchemaCheck.of(serving);
            if (!state.isCurrent()) {
                throw new UnfitSchema(state);
            }
            return state;
        }
    }

    /** Depends on the schema, so that no query runs before it is known to fit. */
    @Bean
    @Primary
    DataSource dataSource(
            DatabaseAccess access, DatabaseProperties properties, SchemaState schema, ApplicationContext context) {
        HikariConfig config = config(access.url(), access.serving(), properties.poolSize());
        // every statement finds its rows by one index: planning each anew costs more than running it
        config.setConnectionInitSql("set plan_cache_mode = force_generic_plan");
        // a database that is silent is answered for (503): nobody waits longer, and no thread for ever
        config.setConnectionTimeout(WAIT_FOR_A_CONNECTION.toMillis());
        config.addDataSourceProperty("connectTimeout", seconds(CONNECT));
        if (context instanceof WebApplicationContext) {
            config.addDataSourceProperty("socketTimeout", seconds(SILENCE));
        }
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new ServingPool(new HikariDataSource(config));
    }

    /** As text: the driver takes no notice of a number. */
    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(DatabaseAccess access, SchemaState schema) {
        return new DatabaseHealth(config(access.url(), access.serving(), 1));
    }

    private static HikariConfig config(String url, DatabaseAccess.Credentials user, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user.username());
        config.setPassword(user.password());
        config.setMaximumPoolSize(size);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        DatabaseAccess.PRIVATE.forEach(config::addDataSourceProperty);
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

    /** What tokens and their proofs are held to, whoever issues them. */
    @Bean
    StoredSingleUse singleUse(DSLContext dsl) {
        return new StoredSingleUse(dsl);
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }
}
