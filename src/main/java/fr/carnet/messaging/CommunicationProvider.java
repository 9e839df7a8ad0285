package fr.carnet.messaging;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import fr.carnet.dmp.Searchset;
import fr.carnet.policy.Judgement;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** Notices and messages of a record, for those to whom they are addressed (R99). */
@Component
class CommunicationProvider implements IResourceProvider {

    private final Communications communications;
    private final EnclosedFiles files;

    CommunicationProvider(Communications communications, EnclosedFiles files) {
        this.communications = communications;
        this.files = files;
    }

    @Override
    public Class<Communication> getResourceType() {
        return Communication.class;
    }

    /** One of them, with the files that go with it; of the patient who was judged, and nobody else's. */
    @Read
    public Communication read(@IdParam IdType id, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        return communications
                .byId(id.getIdPart())
                .filter(stored -> judgement
                        .patient()
                        .filter(patient -> patient.id().equals(stored.patient()))
                        .isPresent())
                .map(stored ->
                        new StoredCommunication(stored.patient(), stored.facts(), files.complete(stored.resource())))
                .map(StoredCommunication::shown)
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /**
     * Those of a record that are addressed to the caller, the latest first.
     *
     * @param patient by id or {@code patient.identifier}; read by {@code enforcement}, which resolved and judged it
     * @param category code, e.g. {@code notification}
     * @param status code of event-status
     * @param sent window
     * @param partOf the Communication that began the conversation
     * @param sender {@code Patient/id}, or {@code sender.identifier} of anybody else; read as received, like the next
     * @param recipient {@code Patient/id}, or {@code recipient.identifier}
     * @param count page size, 50 unless told, 500 at most; 0 asks for the total alone
     * @param offset how many to skip
     */
    @Search(allowUnknownParams = true)
    public Bundle search(
            @OptionalParam(
                            name = Communication.SP_PATIENT,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam patient,
            @OptionalParam(name = Communication.SP_CATEGORY) TokenParam category,
            @OptionalParam(name = Communication.SP_STATUS) TokenParam status,
            @OptionalParam(name = Communication.SP_SENT) DateRangeParam sent,
            @OptionalParam(name = Communication.SP_PART_OF) ReferenceParam partOf,
            @OptionalParam(
                            name = Communication.SP_SENDER,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam sender,
            @OptionalParam(
                            name = Communication.SP_RECIPIENT,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam recipient,
            @Count Integer count,
            @Offset Integer offset,
            RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        var query = CommunicationQuery.of(judgement, category, status, sent, partOf, request.getParameters());
        Searchset page = Searchset.page(
                "Communication", judgement.patient().orElseThrow().id(), offset, count);
        return page.of(
                communications.page(query, page.offset(), page.size()).stream()
                        .map(StoredCommunication::shown)
                        .toList(),
                communications.count(query),
                request);
    }
}
