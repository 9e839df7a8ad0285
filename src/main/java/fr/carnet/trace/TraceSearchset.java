package fr.carnet.trace;

import fr.carnet.shared.LinkSeal;
import fr.carnet.shared.Parameter;
import fr.carnet.shared.PatientReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/**
 * A page of traces. Its links are made of what was understood, and name the patient by his FHIR id: whatever else stood in
 * the request, the matricule first of all, stands in no link that the server makes; identifiers of agents are sealed.
 *
 * @param base public FHIR base URL
 * @param seal of what is personal
 * @param reading what was asked
 * @param total number of all traces that match
 */
record TraceSearchset(String base, LinkSeal seal, TraceReading reading, int total) {

    Bundle of(List<AuditEvent> events) {
        int size = reading.query().count();
        int offset = reading.query().offset();
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(total);
        link(bundle, "self", offset);
        if (size > 0 && offset + size < total) {
            link(bundle, "next", offset + size);
        }
        if (size > 0 && offset > 0) {
            link(bundle, "previous", Math.max(0, offset - size));
        }
        events.forEach(event -> bundle.addEntry()
                .setFullUrl(base + "/AuditEvent/" + event.getIdElement().getIdPart())
                .setResource(event)
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        return bundle;
    }

    private void link(Bundle bundle, String relation, int start) {
        List<Parameter> parameters = new ArrayList<>();
        List<Parameter> personal = new ArrayList<>(reading.query().personal());
        if (reading.view().isOfOwn()) {
            reading.query().patient().map(TraceSearchset::named).ifPresent(personal::add);
        } else {
            reading.view().patient().ifPresent(id -> parameters.add(new Parameter("patient", id)));
        }
        parameters.addAll(reading.query().links());
        if (!personal.isEmpty()) {
            parameters.add(new Parameter(LinkSeal.PARAMETER, seal.seal(personal)));
        }
        parameters.add(new Parameter("_count", Integer.toString(reading.query().count())));
        parameters.add(new Parameter("_offset", Integer.toString(start)));
        var url = new StringBuilder(base).append("/AuditEvent");
        parameters.forEach(p -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(p.name())
                .append('=')
                .append(URLEncoder.encode(p.value(), StandardCharsets.UTF_8)));
        bundle.addLink().setRelation(relation).setUrl(url.toString());
    }

    /** Whoever reads his own has not necessarily been told who this is: as he named him. */
    private static Parameter named(PatientReference patient) {
        return Optional.of(patient)
                .filter(PatientReference.Identified.class::isInstance)
                .map(PatientReference.Identified.class::cast)
                .map(named -> new Parameter(
                        "patient.identifier",
                        named.identifier().system() + "|" + named.identifier().value()))
                .orElseGet(() -> new Parameter("patient", ((PatientReference.Literal) patient).id()));
    }
}
