package fr.carnet.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;

/** HAPI's server without its header that tells product and version to whoever asks. */
final class QuietServer extends RestfulServer {

    private static final long serialVersionUID = 1L;

    QuietServer(FhirContext fhirContext) {
        super(fhirContext);
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }
}
