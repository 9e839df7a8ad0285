package fr.carnet.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import fr.carnet.dmp.CrossReference;
import fr.carnet.dmp.RecordOperation;
import fr.carnet.document.RegistryQueries;
import fr.carnet.enforcement.ExplanationOperation;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.UriType;

/**
 * Makes the CapabilityStatement that HAPI derives from the providers the truth: what the registry's searches take, and
 * nothing that is not served.
 */
@Interceptor
final class Capabilities {

    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/";

    /** Corrects the statement. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void tell(IBaseConformance conformance) {
        var statement = (CapabilityStatement) conformance;
        statement.setName("Carnet").setPublisher("Carnet").setText(null);
        statement.getSoftware().setName("Carnet").setVersion(version());
        statement.getImplementation().setDescription("Dossier médical partagé");
        statement.setInstantiates(
                List.of(canonical("IHE.MHD.DocumentRecipient"), canonical("IHE.MHD.DocumentResponder")));
        statement.setFormat(List.of(new CodeType("application/fhir+json"), new CodeType("application/fhir+xml")));
        statement.setPatchFormat(List.of(
                new CodeType("application/fhir+json"),
                new CodeType("application/fhir+xml"),
                new CodeType("application/json-patch+json")));
        statement.getRest().forEach(Capabilities::tell);
    }

    private static void tell(CapabilityStatementRestComponent rest) {
        rest.setOperation(null);
        // HAPI's own, which the cloakroom refuses
        rest.getResource()
                .removeIf(resource -> !resource.hasInteraction() || "OperationDefinition".equals(resource.getType()));
        rest.getResource().forEach(Capabilities::tell);
    }

    private static void tell(CapabilityStatementRestResourceComponent resource) {
        resource.setSearchInclude(null);
        resource.setSearchRevInclude(null);
        resource.setOperation(null);
        if ("Patient".equals(resource.getType())) {
            resource.addOperation().setName(CrossReference.CODE).setDefinition(CrossReference.CANONICAL);
            Arrays.stream(RecordOperation.values())
                    .forEach(operation ->
                            resource.addOperation().setName(operation.code()).setDefinition(operation.canonical()));
        }
        Arrays.stream(ExplanationOperation.values())
                .filter(operation -> operation.type().equals(resource.getType()))
                .forEach(operation ->
                        resource.addOperation().setName(operation.code()).setDefinition(operation.canonical()));
        RegistryQueries.inclusionsOf(resource.getType()).forEach(inclusion -> {
            String[] parameter = inclusion.split("=", 2);
            if (parameter[0].equals("_include")) {
                resource.addSearchInclude(parameter[1]);
            } else {
                resource.addSearchRevInclude(parameter[1]);
            }
        });
        RegistryQueries.parametersOf(resource.getType()).forEach((name, type) -> resource.addSearchParam()
                .setName(name)
                .setType(org.hl7.fhir.r4.model.Enumerations.SearchParamType.fromCode(type)));
    }

    private static org.hl7.fhir.r4.model.CanonicalType canonical(String actor) {
        return new org.hl7.fhir.r4.model.CanonicalType(new UriType(MHD + actor).getValue());
    }

    private static String version() {
        String version = Capabilities.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
