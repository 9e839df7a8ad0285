package fr.carnet.enforcement;

import static fr.carnet.document.overview.OverviewQuestion.COUNT;
import static fr.carnet.document.overview.OverviewQuestion.PARAMETERS;
import static fr.carnet.document.overview.OverviewQuestion.PATIENT;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.dmp.OperationParameters;
import fr.carnet.document.overview.OverviewQuestion;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.PatientReference;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;

/** Reads what an overview is asked: by GET from the URL, by POST from a body, which may be left out. */
final class OverviewReading {

    private OverviewReading() {}

    /**
     * Leaves the question with the request; whom it is about: the patient of the URL, or else the one it names.
     *
     * @throws Fault 400 if it names none, or two, or for what is no parameter of an overview
     */
    static PatientReference read(Hearing hearing) {
        ServletRequestDetails request = hearing.request();
        if (request.getParameters().containsKey("_elements")) {
            throw Fault.of(400, "unknown-parameter", "_elements");
        }
        return request.getResource() == null ? ofUrl(request) : ofBody(request, hearing.body(Parameters.class));
    }

    private static PatientReference ofUrl(ServletRequestDetails request) {
        Map<String, String[]> given = request.getParameters();
        leave(request, one(COUNT, given.get(COUNT)));
        return whom(
                request, Optional.ofNullable(given.get(PATIENT)).map(values -> IdentifierToken.of(PATIENT, values)));
    }

    private static PatientReference ofBody(ServletRequestDetails request, Parameters body) {
        var given = OperationParameters.of(body, PARAMETERS);
        leave(request, given.value(COUNT, IntegerType.class).map(IntegerType::getValueAsString));
        return whom(request, body.hasParameter(PATIENT) ? Optional.of(given.identifier(PATIENT)) : Optional.empty());
    }

    private static void leave(ServletRequestDetails request, Optional<String> count) {
        OverviewQuestion.of(count).storeIn(request.getUserData());
    }

    private static PatientReference whom(ServletRequestDetails request, Optional<IdentifierToken> identifier) {
        if (request.getId() == null) {
            return identifier
                    .map(PatientReference.Identified::new)
                    .orElseThrow(() -> Fault.of(400, "patient-required"));
        }
        if (identifier.isPresent()) {
            throw Fault.of(400, "one-patient");
        }
        return new PatientReference.Literal(request.getId().getIdPart());
    }

    private static Optional<String> one(String name, String[] values) {
        if (values != null && values.length > 1) {
            throw Fault.of(400, "parameter-twice", name);
        }
        return Optional.ofNullable(values).map(given -> given[0]);
    }
}
