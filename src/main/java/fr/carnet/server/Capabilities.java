package fr.carnet.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import fr.carnet.server.guide.Guide;
import org.hl7.fhir.instance.model.api.IBaseConformance;

/**
 * Answers {@code /metadata} with the statement of the guide, not with what HAPI derives from its providers: the Cloakroom and
 * the registry decide what is served. {@code CapabilityIT} holds the statement against the server.
 */
@Interceptor
final class Capabilities {

    private final Guide guide;
    private final String fhirBase;

    /** @param fhirBase how clients reach the server */
    Capabilities(Guide guide, String fhirBase) {
        this.guide = guide;
        this.fhirBase = fhirBase;
    }

    /** The statement, with the version and the address of this server. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public IBaseConformance tell() {
        var statement = guide.statement();
        statement.getSoftware().setVersion(version());
        statement.getImplementation().setUrl(fhirBase);
        return statement;
    }

    private static String version() {
        String version = Capabilities.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
