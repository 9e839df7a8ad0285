package fr.carnet.dmp;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.shared.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;

/**
 * A page of what belongs to one patient. Its links name him by his FHIR id: the matricule stands in no link that the server
 * makes.
 *
 * @param type of the resources
 * @param patient FHIR id
 * @param offset of its first entry
 * @param size most entries of a page
 */
public record Searchset(String type, String patient, int offset, int size) {

    static final int DEFAULT_SIZE = 50;
    private static final int MOST = 500;
    private static final List<String> KEPT = List.of(
            "status",
            "category",
            "sent",
            "part-of",
            "sender",
            "sender.identifier",
            "recipient",
            "recipient.identifier",
            "_format",
            "_pretty",
            "_elements");

    /** Everything on one page. */
    public static Searchset whole(String type, String patient) {
        return new Searchset(type, patient, 0, Integer.MAX_VALUE);
    }

    /**
     * A page as it is asked for.
     *
     * @throws Fault 400 if a number is negative
     */
    public static Searchset page(String type, String patient, Integer offset, Integer size) {
        return new Searchset(
                type,
                patient,
                notNegative("_offset", offset, 0),
                Math.min(notNegative("_count", size, DEFAULT_SIZE), MOST));
    }

    private static int notNegative(String parameter, Integer value, int otherwise) {
        if (value != null && value < 0) {
            throw Fault.of(400, "invalid-number", parameter);
        }
        return value == null ? otherwise : value;
    }

    /** The page, with links to its neighbours. */
    public Bundle of(List<? extends Resource> resources, int total, RequestDetails request) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(total);
        link(bundle, "self", offset, request);
        if (size > 0 && offset + (long) size < total) {
            link(bundle, "next", offset + size, request);
        }
        if (size > 0 && offset > 0) {
            link(bundle, "previous", Math.max(0, offset - size), request);
        }
        String base = request.getFhirServerBase();
        resources.forEach(resource -> bundle.addEntry()
                .setFullUrl(base + "/" + type + "/" + resource.getIdElement().getIdPart())
                .setResource(resource)
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        return bundle;
    }

    private void link(Bundle bundle, String relation, int start, RequestDetails request) {
        var url = new StringBuilder(request.getFhirServerBase())
                .append('/')
                .append(type)
                .append("?patient=")
                .append(patient);
        KEPT.forEach(name -> {
            for (String value : request.getParameters().getOrDefault(name, new String[0])) {
                url.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        if (size != Integer.MAX_VALUE) {
            url.append("&_count=").append(size).append("&_offset=").append(start);
        }
        bundle.addLink().setRelation(relation).setUrl(url.toString());
    }
}
