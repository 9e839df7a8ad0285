package fr.carnet.document.iti68;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.shared.Fault;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What the client would rather have: the bytes with their own type, or a FHIR resource that carries them. */
final class Negotiation {

    private static final List<MediaType> FHIR = List.of(
            MediaType.valueOf("application/fhir+json"),
            MediaType.valueOf("application/fhir+xml"),
            MediaType.APPLICATION_JSON);

    private Negotiation() {}

    /**
     * The client's first choice that can be met: true if it is FHIR.
     *
     * @param own type of the bytes
     * @throws Fault 406 if none can
     */
    static boolean prefersFhir(ServletRequestDetails request, MediaType own) {
        if (request.getParameters().containsKey("_format")) {
            return true;
        }
        boolean document = "Bundle".equals(request.getResourceName());
        for (MediaType accepted : accepted(request.getHeader("Accept"))) {
            if (document && accepted.includes(own)) {
                return false;
            }
            if (FHIR.stream().anyMatch(f -> f.equalsTypeAndSubtype(accepted))) {
                return true;
            }
            if (accepted.includes(own)) {
                return false;
            }
        }
        throw Fault.of(406, "not-acceptable", own.toString());
    }

    /** By weight; of the same weight the more specific before the wildcard. */
    private static List<MediaType> accepted(String header) {
        try {
            List<MediaType> accepted =
                    Optional.ofNullable(header).filter(h -> !h.isBlank()).map(MediaType::parseMediaTypes).stream()
                            .flatMap(List::stream)
                            .filter(m -> m.getQualityValue() > 0)
                            .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                                    .reversed()
                                    .thenComparing(MediaType::isWildcardType)
                                    .thenComparing(MediaType::isWildcardSubtype))
                            .toList();
            return accepted.isEmpty() ? List.of(MediaType.ALL) : accepted;
        } catch (InvalidMediaTypeException e) {
            throw Fault.of(406, "not-acceptable", "?");
        }
    }
}
