package fr.carnet.document.overview;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.Registry;
import fr.carnet.document.overview.Rubric.Side;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.AccessMode;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** {@code Patient/$overview}: by id or by matricule, by GET or POST. The judge has read what is asked. */
@Component
class OverviewProvider implements IResourceProvider {

    private final Registry registry;
    private final Rubrics rubrics = Rubrics.bundled();

    OverviewProvider(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** Leaves what it finds with the request; the writer fills the hollow answer. */
    @Operation(name = OverviewQuestion.OPERATION, idempotent = true)
    public Parameters overview(@IdParam(optional = true) IdType id, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        registry.overview(
                        rubricsOf(judgement),
                        OverviewQuestion.in(request.getUserData()).count(),
                        judgement.patient().orElseThrow().id(),
                        judgement.keys())
                .storeIn(request.getUserData());
        return new Parameters();
    }

    private List<Rubric> rubricsOf(Judgement judgement) {
        boolean holdersSide = judgement.caller().kind().isHoldersSide();
        List<Rubric> side = rubrics.of(holdersSide ? Side.HOLDER : Side.PROFESSIONAL);
        return judgement.context().mode().filter(AccessMode::isEmergency).isPresent()
                ? Stream.concat(rubrics.of(Side.EMERGENCY).stream(), side.stream())
                        .toList()
                : side;
    }
}
