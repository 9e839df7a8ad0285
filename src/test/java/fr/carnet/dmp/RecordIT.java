package fr.carnet.dmp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.Policy;
import fr.carnet.policy.PolicySettings;
import fr.carnet.validation.ProfileRules;
import fr.carnet.validation.ResourceCheck;
import fr.carnet.validation.profile.ProfilePackages;
import fr.carnet.validation.profile.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** This room and the store on an embedded PostgreSQL of their own, called as after the judge. */
@SpringBootTest(classes = RecordIT.Rooms.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ActiveProfiles("sandbox")
abstract class RecordIT {

    @Autowired
    PatientRecords records;

    @Autowired
    RecordRegistration registration;

    @Autowired
    RecordProjection projection;

    @Autowired
    RecordRebuild rebuild;

    @Autowired
    PatientProvider patients;

    @Autowired
    ConsentProvider consents;

    @Autowired
    ConsentResources consentResources;

    @Autowired
    DaoRegistry daos;

    @Autowired
    DSLContext dsl;

    @DynamicPropertySource
    static void freshDatabase(DynamicPropertyRegistry properties) throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        Path directory = Files.createTempDirectory(target, "record-it");
        properties.add("carnet.sandbox.data-dir", directory::toString);
    }

    /** Not a {@code @Configuration}: the whole server, in the same JVM, would find it by scanning. */
    @ComponentScan
    @Import(Store.class)
    static class Rooms {

        @Bean
        Policy policy() {
            return new Policy(HabilitationMatrix.load(), PolicySettings.production());
        }

        @Bean
        ResourceCheck resourceCheck(FhirContext fhir) {
            var validator = new ProfileValidator(fhir, ProfilePackages.load(fhir, Optional.empty()));
            return new ResourceCheck(ProfileRules.of(validator));
        }

        @Bean
        RecordEvents recordEvents() {
            return (patient, due, at) -> {};
        }
    }

    /** Configurations that only their own rooms may name. */
    static class Store implements ImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {
                "fr.carnet.server.DatabaseConfiguration",
                "fr.carnet.server.StoreConfiguration",
                "fr.carnet.sandbox.EmbeddedDatabase"
            };
        }
    }
}
