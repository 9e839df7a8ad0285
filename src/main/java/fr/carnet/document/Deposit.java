package fr.carnet.document;

import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.StringType;

/**
 * What Carnet itself knows of a deposit, kept inside the stored resource as an internal extension and stripped from every
 * answer: the authenticated depositor (R153) cannot be taken from the metadata, which anyone can write.
 *
 * @param depositor who deposited
 * @param at when it was accepted; of a version that inherits the hiding from the holder, when the first hidden one was
 * @param maskedByHolder the holder put the mask (R131)
 */
public record Deposit(Depositor depositor, Instant at, boolean maskedByHolder) {

    private static final String URL = CarnetUris.INTERNAL_DEPOSIT;
    private static final String SUBJECT = "subject";
    private static final String ROLE = "role";
    private static final String STRUCTURE = "structure";
    private static final String AT = "at";
    private static final String MASKED_BY_HOLDER = "maskedByHolder";

    /** Writes this into the resource, in place of what was there. */
    public void writeTo(DomainResource resource) {
        strip(resource);
        var extension = new Extension(URL);
        extension.addExtension(SUBJECT, new StringType(depositor.subject()));
        depositor.role().ifPresent(r -> extension.addExtension(ROLE, new StringType(r.code())));
        depositor.structure().ifPresent(s -> extension.addExtension(STRUCTURE, new StringType(s.value())));
        extension.addExtension(AT, new InstantType(Date.from(at)));
        extension.addExtension(MASKED_BY_HOLDER, new BooleanType(maskedByHolder));
        resource.addExtension(extension);
    }

    /**
     * Reads it back.
     *
     * @throws IllegalStateException if the resource was not deposited here
     */
    public static Deposit of(DomainResource resource) {
        Extension extension = resource.getExtensionByUrl(URL);
        if (extension == null) {
            throw new IllegalStateException("resource without deposit");
        }
        return new Deposit(
                new Depositor(
                        extension.getExtensionString(SUBJECT),
                        Optional.ofNullable(extension.getExtensionString(ROLE)).map(ActorCode::new),
                        Optional.ofNullable(extension.getExtensionString(STRUCTURE))
                                .map(StructureId::new)),
                ((InstantType) extension.getExtensionByUrl(AT).getValue())
                        .getValue()
                        .toInstant(),
                ((BooleanType) extension.getExtensionByUrl(MASKED_BY_HOLDER).getValue()).booleanValue());
    }

    /** Removes it: also from what a client sends, so that nobody names a depositor. */
    public static void strip(DomainResource resource) {
        resource.getExtension().removeIf(e -> URL.equals(e.getUrl()));
    }
}
