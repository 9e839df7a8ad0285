package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import fr.carnet.policy.AuthorisationStatus;
import fr.carnet.policy.ConsentFacts;
import fr.carnet.shared.CarnetUris;
import fr.carnet.validation.ResourceCheck;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.springframework.stereotype.Component;

/** Consent resources, as whoever judges them needs them. */
@Component
public class ConsentResources {

    private final DaoRegistry daos;
    private final ResourceCheck check;

    ConsentResources(DaoRegistry daos, ResourceCheck check) {
        this.daos = daos;
        this.check = check;
    }

    /**
     * What the policy asks about a Consent that somebody declares.
     *
     * @param now instant of the request, which a Consent without one bears
     * @throws fr.carnet.shared.Fault of 422 with every finding, if it is not in the shape of docs/consents.md
     */
    public ConsentFacts declared(Consent sent, Instant now) {
        var findings = new Findings();
        ConsentReading.check(sent, findings);
        findings.refuseIfAny(Declaration.filled(sent, now), check);
        return said(sent);
    }

    /**
     * What the policy asks about a Consent that is stored, or about to be. {@code declaredBy} is filled for a stored one only: what a
     * client says of it is not believed.
     *
     * @throws fr.carnet.shared.Fault of 422 with every finding, if the Consent is not in
     *     the shape of docs/consents.md
     */
    public static ConsentFacts factsOf(Consent consent) {
        var findings = new Findings();
        ConsentReading.check(consent, findings);
        findings.refuseIfAny();
        return said(consent);
    }

    private static ConsentFacts said(Consent consent) {
        return new ConsentFacts(
                ConsentReading.kind(consent).orElseThrow(),
                ConsentReading.concerned(consent),
                ConsentReading.declaredBy(consent).map(Identifier::getValue),
                ConsentReading.isSecret(consent));
    }

    /**
     * A stored Consent, internal elements included: never to be answered as it is.
     *
     * @param id id without type
     * @return empty when there is none
     */
    public Optional<Consent> byId(String id) {
        try {
            return Optional.of(
                    daos.getResourceDao(Consent.class).read(new IdType("Consent", id), SystemWrite.request()));
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Optional.empty();
        }
    }

    /**
     * FHIR id of the patient of a stored Consent.
     *
     * @param id id of the Consent, without type
     * @return empty when there is no such Consent
     */
    public Optional<String> patientOf(String id) {
        return byId(id).map(ConsentReading::patientId);
    }

    /** A copy without what never leaves the server. */
    public static Consent published(Consent stored) {
        Consent copy = stored.copy();
        DeclaredBy.remove(copy);
        return copy;
    }

    /** The same in a list, with where its professional stands and the facts by which it is judged once more (R91). */
    static Consent listed(Consent stored, Optional<AuthorisationStatus> status) {
        Consent copy = published(stored);
        status.ifPresent(known -> copy.addExtension(
                CarnetUris.AUTHORISATION_STATUS, new CodeType(known.name().toLowerCase(Locale.ROOT))));
        Shown.mark(copy, said(stored));
        return copy;
    }
}
