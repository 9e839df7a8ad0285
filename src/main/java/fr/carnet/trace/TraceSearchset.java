package fr.carnet.trace;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/**
 * A page of traces. Its links are made of what was understood, and name the patient by his FHIR id: whatever else stood in
 * the request, the matricule first of all, stands in no link that the server makes.
 *
 * @param base public FHIR base URL
 * @param patient FHIR id
 * @param offset of its first trace
 * @param size most traces of a page
 * @param total number of all traces that match
 */
record TraceSearchset(String base, String patient, int offset, int size, int total) {

    private static final List<String> KEPT = List.of("date", "_format", "_pretty", "_elements");

    Bundle of(List<AuditEvent> events, RequestDetails request) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(total);
        link(bundle, "self", offset, request);
        if (size > 0 && offset + size < total) {
            link(bundle, "next", offset + size, request);
        }
        if (size > 0 && offset > 0) {
            link(bundle, "previous", Math.max(0, offset - size), request);
        }
        events.forEach(event -> bundle.addEntry()
                .setFullUrl(base + "/AuditEvent/" + event.getIdElement().getIdPart())
                .setResource(event)
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        return bundle;
    }

    private void link(Bundle bundle, String relation, int start, RequestDetails request) {
        var url = new StringBuilder(base).append("/AuditEvent?patient=").append(patient);
        KEPT.forEach(name -> {
            for (String value : request.getParameters().getOrDefault(name, new String[0])) {
                url.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        url.append("&_count=").append(size).append("&_offset=").append(start);
        bundle.addLink().setRelation(relation).setUrl(url.toString());
    }
}
