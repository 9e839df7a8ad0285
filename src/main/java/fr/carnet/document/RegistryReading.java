package fr.carnet.document;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Fault;
import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/**
 * What the read and search providers share: fetch rows by the keys of the judgement, leave them with the request, hand
 * HAPI a hollow answer that the writer fills.
 */
@Component
public class RegistryReading {

    private static final String QUERY = RegistryQuery.class.getName();

    private final Registry registry;
    private final TextSearch texts;
    private final Tracer tracer;

    RegistryReading(Registry registry, TextSearch texts, Tracer tracer) {
        this.registry = registry;
        this.texts = texts;
        this.tracer = tracer;
    }

    /** Leaves the search that the judge read with the request. */
    public static void leave(RegistryQuery query, RequestDetails request) {
        request.getUserData().put(QUERY, query);
    }

    /** Runs the search that the judge left. */
    IBundleProvider search(RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        var query = (RegistryQuery) request.getUserData().get(QUERY);
        String patient = judgement.patient().map(PatientFacts::id).orElseThrow();
        Optional<List<String>> ranked =
                query.text().map(words -> spanned("text-index", () -> texts.find(patient, judgement.keys(), words)));
        RegistryPage page =
                spanned("narrow", () -> ranked.map(ids -> registry.searchAmong(ids, query, patient, judgement.keys()))
                        .orElseGet(() -> registry.search(query, patient, judgement.keys())));
        page.storeIn(request.getUserData());
        return new SimpleBundleProvider(List.of());
    }

    /** In a span of its own, where spans are made. */
    private <T> T spanned(String room, Supplier<T> work) {
        ScopedSpan span = tracer.startScopedSpan(room);
        try {
            return work.get();
        } finally {
            span.end();
        }
    }

    /**
     * Reads one document, lot or folder.
     *
     * @return its versioned id
     * @throws Fault 404 if there is none that the caller may see
     */
    IdType read(IdType id, RequestDetails request) {
        RegistryRow row = found(
                Judgement.of(request.getUserData())
                        .patient()
                        .flatMap(p -> registry.find(
                                request.getResourceName(),
                                id.getIdPart(),
                                p.id(),
                                Judgement.of(request.getUserData()).keys())),
                request);
        return new IdType(request.getResourceName(), row.id(), Long.toString(row.version()));
    }

    /** Leaves one document with the request, to be sent as the answer to a write; false if the caller may not see it. */
    public boolean leave(String resourceType, String id, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        Optional<RegistryPage> page =
                judgement.patient().flatMap(p -> registry.find(resourceType, id, p.id(), judgement.keys()));
        page.ifPresent(found -> found.storeIn(request.getUserData()));
        return page.isPresent();
    }

    /**
     * Finds the document of a content.
     *
     * @throws Fault 404 if there is none that the caller may see
     */
    public RegistryRow readByContent(String content, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        String asked = request.getResourceName() + "/" + content;
        return found(
                judgement
                        .patient()
                        .flatMap(p -> registry.findByContent(content, p.id(), judgement.keys()))
                        .filter(page -> page.rows().get(0).isReadAs(asked)),
                request);
    }

    private static RegistryRow found(Optional<RegistryPage> page, RequestDetails request) {
        RegistryPage found = page.orElseThrow(() -> Fault.of(404, "not-found"));
        found.storeIn(request.getUserData());
        return found.rows().get(0);
    }
}
