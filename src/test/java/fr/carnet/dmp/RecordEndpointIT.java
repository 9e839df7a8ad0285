package fr.carnet.dmp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.RecordState;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Ins;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;

/** The providers as HAPI's servlet calls them. */
class RecordEndpointIT extends RecordIT {

    @Autowired
    FhirContext fhir;

    private final Ins ins = Cases.ins();
    private final Judge judge = new Judge();
    private RestfulServer server;

    /** Lets everybody pass, as the caller that a test names. */
    @Interceptor
    static final class Judge {

        private Caller caller = Cases.operator();
        private Optional<PatientFacts> patient = Optional.empty();

        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
        public void judge(RequestDetails request) {
            Judgement.of(Cases.request(caller, patient).getUserData()).storeIn(request.getUserData());
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new RestfulServer(fhir);
        server.registerProviders(patients, consents);
        server.registerInterceptor(judge);
        server.init(new MockServletConfig());
    }

    private MockHttpServletResponse send(String method, String path, String contentType, String body) throws Exception {
        String[] parts = path.split("\\?", 2);
        var request = new MockHttpServletRequest(method, "/fhir/" + parts[0]);
        request.setServletPath("/fhir");
        request.setPathInfo("/" + parts[0]);
        if (parts.length == 2) {
            request.setQueryString(parts[1]);
            String[] parameter = parts[1].split("=", 2);
            request.setParameter(parameter[0], parameter[1].replace("%7C", "|"));
        }
        request.setContentType(contentType);
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        var response = new MockHttpServletResponse();
        server.service(request, response);
        return response;
    }

    private MockHttpServletResponse send(String method, String path, Resource body) throws Exception {
        return send(method, path, "application/fhir+json", fhir.newJsonParser().encodeResourceToString(body));
    }

    private String identifier() {
        return "Patient?identifier=" + ins.token().replace("|", "%7C");
    }

    @Test
    void putCreatesThenReplacesAndStatusFindsIt() throws Exception {
        Patient first = Cases.patient(ins, RecordState.NONE, Cases.NOW);
        assertThat(send("PUT", identifier(), first).getStatus()).isEqualTo(201);
        assertThat(send("PUT", identifier(), first).getStatus()).isEqualTo(200);

        MockHttpServletResponse answer = send("GET", identifier(), "application/fhir+json", "");

        assertThat(answer.getStatus()).isEqualTo(200);
        Bundle bundle = fhir.newJsonParser().parseResource(Bundle.class, answer.getContentAsString());
        assertThat(bundle.getTotal()).isEqualTo(1);
        assertThat(bundle.getEntryFirstRep().getFullUrl()).contains("/fhir/Patient/");
    }

    @Test
    void consentIsDeclaredAndEndedByEitherPatch() throws Exception {
        String id = registration.register(Cases.open(ins)).getIdElement().getIdPart();
        judge.caller = Cases.professional(Cases.LEROY);
        judge.patient = records.byId(id, judge.caller);

        assertThat(end(
                        declared(id),
                        "application/json-patch+json",
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"inactive\"}]"))
                .isEqualTo(200);
        assertThat(end(
                        declared(id),
                        "application/fhir+json",
                        fhir.newJsonParser().encodeResourceToString(ending())))
                .isEqualTo(200);
        assertThat(end(declared(id), "application/fhir+xml", fhir.newXmlParser().encodeResourceToString(ending())))
                .isEqualTo(200);
        assertThat(records.byId(id, judge.caller).orElseThrow().authorisations())
                .isEmpty();
    }

    private String declared(String patientId) throws Exception {
        Consent consent = Cases.authorisation(patientId, Cases.LEROY);
        MockHttpServletResponse answer = send("POST", "Consent", consent);
        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getHeader("Location")).contains("/fhir/Consent/");
        assertThat(answer.getContentAsString()).doesNotContain("internal-declared-by");
        return new IdType(answer.getHeader("Location")).getIdPart();
    }

    private int end(String consentId, String contentType, String patch) throws Exception {
        return send("PATCH", "Consent/" + consentId, contentType, patch).getStatus();
    }

    private static Parameters ending() {
        var patch = new Parameters();
        var operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType("Consent.status"));
        operation.addPart().setName("value").setValue(new CodeType("inactive"));
        return patch;
    }
}
