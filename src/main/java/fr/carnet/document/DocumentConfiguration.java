package fr.carnet.document;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import fr.carnet.policy.Policy;
import fr.carnet.policy.VisibilityKeys;
import fr.carnet.shared.LinkSeal;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.MetadataCompletion;
import fr.carnet.validation.ProfileRules;
import fr.carnet.validation.ResourceCheck;
import fr.carnet.validation.SchematronRules;
import fr.carnet.validation.SimplifiedPublish;
import fr.carnet.validation.SubmissionCheck;
import fr.carnet.validation.profile.ProfilePackages;
import fr.carnet.validation.profile.ProfileValidator;
import fr.carnet.validation.schematron.Schematrons;
import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Registry and content store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DocumentLimits.class, ValidationProperties.class})
class DocumentConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentConfiguration.class);

    private static final int KEY_BYTES = 32;

    @Bean
    Registry registry(DSLContext dsl) {
        return new Registry(dsl);
    }

    @Bean
    IndexedDocuments indexedDocuments(DSLContext dsl) {
        return new IndexedDocuments(dsl);
    }

    @Bean
    RegistryProjection registryProjection(
            DSLContext dsl, FhirContext fhir, VisibilityKeys keys, DocumentChanges changes, IInterceptorService store) {
        var projection = new RegistryProjection(dsl, fhir, keys, changes);
        store.registerInterceptor(projection);
        return projection;
    }

    @Bean
    RegistryRebuild registryRebuild(
            DSLContext dsl, DaoRegistry daos, RegistryProjection projection, TransactionTemplate transaction) {
        return new RegistryRebuild(dsl, new StoredShares(dsl, daos), projection, transaction);
    }

    @Bean
    ContentAudit contentAudit(DSLContext dsl, TransactionTemplate transaction) {
        return new ContentAudit(dsl, transaction);
    }

    @Bean
    Tombstones tombstones(DSLContext dsl) {
        return new Tombstones(dsl);
    }

    @Bean
    Destruction destruction(DSLContext dsl, DocumentChanges changes) {
        return new Destruction(dsl, changes);
    }

    @Bean
    HiddenDocuments hiddenDocuments(Registry registry, DaoRegistry daos) {
        return new HiddenDocuments(registry, daos);
    }

    @Bean
    CodeTables codeTables() {
        return CodeTables.bundled();
    }

    @Bean
    ProfilePackages profilePackages(FhirContext fhir, ValidationProperties properties) {
        ProfilePackages packages = ProfilePackages.load(fhir, properties.packagesFolder());
        LOG.info("official packages to validate with: {}", packages.versions());
        return packages;
    }

    @Bean
    ProfileValidator profileValidator(FhirContext fhir, ProfilePackages packages) {
        return new ProfileValidator(fhir, packages);
    }

    @Bean
    SchematronRules schematronRules(ValidationProperties properties) {
        return properties
                .schematronsFolder()
                .map(folder -> SchematronRules.of(Schematrons.load(folder)))
                .orElseGet(SchematronRules::none);
    }

    @Bean
    SubmissionCheck submissionCheck(
            CodeTables tables, DocumentLimits limits, Policy policy, ProfileValidator profiles) {
        boolean together = policy.settings().cumulInvisiblePatientMasquePs();
        return new SubmissionCheck(tables, limits.submission(together), ProfileRules.of(profiles));
    }

    @Bean
    ResourceCheck resourceCheck(ProfileValidator profiles) {
        return new ResourceCheck(ProfileRules.of(profiles));
    }

    @Bean
    SimplifiedPublish simplifiedPublish(CodeTables tables, SubmissionCheck check) {
        return new SimplifiedPublish(tables, check);
    }

    @Bean
    MetadataCompletion metadataCompletion(CodeTables tables) {
        return new MetadataCompletion(tables);
    }

    @Bean
    ContentStore contentStore(DSLContext dsl) {
        return new ContentTable(dsl);
    }

    @Bean
    RegistryQueries registryQueries(LinkSeal seal) {
        return new RegistryQueries(seal);
    }

    @Bean
    RegistryWriter registryWriter(FhirContext fhir, LinkSeal seal) {
        return new RegistryWriter(fhir, seal);
    }

    /** The first node to start makes the key; all read the same. */
    @Bean
    LinkSeal linkSeal(DSLContext dsl) {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        var table = DSL.table(DSL.name("carnet", "link_key"));
        var key = DSL.field(DSL.name("key"), SQLDataType.BLOB);
        dsl.insertInto(table).set(key, fresh).onConflictDoNothing().execute();
        return new LinkSeal(new SecretKeySpec(dsl.select(key).from(table).fetchSingle(key), "AES"));
    }
}
