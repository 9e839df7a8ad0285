package fr.carnet.enforcement;

import fr.carnet.document.iti65.PreparedSubmission;
import fr.carnet.messaging.copy.CopyRecipient;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * To whom a lot says that its documents are to be sent as well (R169).
 *
 * @param recipients the patient, his treating physician, both or none
 */
record OrderedCopies(Set<CopyRecipient> recipients) {

    private static final String KEY = OrderedCopies.class.getName();

    OrderedCopies {
        recipients = Set.copyOf(recipients);
    }

    /**
     * Those of a lot. Whoever else it names is kept with it and gets nothing from here; not a word says so, for it would tell
     * the sender who is the treating physician and who is not.
     */
    static OrderedCopies of(PreparedSubmission lot, PatientFacts patient) {
        Set<CopyRecipient> recipients = EnumSet.noneOf(CopyRecipient.class);
        lot.recipients()
                .forEach(named -> recipient(named, lot.contained(), patient).ifPresent(recipients::add));
        return new OrderedCopies(recipients);
    }

    /** Of a request; none unless its lot orders some. */
    static OrderedCopies of(Map<Object, Object> userData) {
        return userData.get(KEY) instanceof OrderedCopies ordered ? ordered : new OrderedCopies(Set.of());
    }

    void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    private static Optional<CopyRecipient> recipient(Reference named, List<Resource> contained, PatientFacts patient) {
        if (named.getReference() != null && named.getReference().equals("Patient/" + patient.id())) {
            return Optional.of(CopyRecipient.HOLDER);
        }
        List<Identifier> identifiers = identifiers(named, contained).toList();
        if (identifiers.stream().anyMatch(identifier -> isOf(patient, identifier))) {
            return Optional.of(CopyRecipient.HOLDER);
        }
        return Optional.of(CopyRecipient.PHYSICIAN)
                .filter(physician -> identifiers.stream().anyMatch(identifier -> isOfPhysician(patient, identifier)));
    }

    /** Its own identifier, and those of what the lot contains under its reference. */
    private static Stream<Identifier> identifiers(Reference named, List<Resource> contained) {
        Stream<Identifier> there = contained.stream()
                .filter(resource ->
                        ("#" + resource.getIdElement().getIdPart().replaceFirst("^#", "")).equals(named.getReference()))
                .flatMap(resource -> identifiers(resource, contained));
        return named.hasIdentifier() ? Stream.concat(Stream.of(named.getIdentifier()), there) : there;
    }

    private static Stream<Identifier> identifiers(Resource resource, List<Resource> contained) {
        if (resource instanceof PractitionerRole role) {
            List<Resource> people =
                    contained.stream().filter(Practitioner.class::isInstance).toList();
            return identifiers(role.getPractitioner(), people);
        }
        if (resource instanceof Practitioner practitioner) {
            return practitioner.getIdentifier().stream();
        }
        return resource instanceof Patient patient ? patient.getIdentifier().stream() : Stream.empty();
    }

    private static boolean isOf(PatientFacts patient, Identifier identifier) {
        try {
            return identifier.hasSystem()
                    && identifier.hasValue()
                    && patient.bears(Ins.of(identifier.getSystem(), identifier.getValue()));
        } catch (Ins.InvalidIns e) {
            return false;
        }
    }

    private static boolean isOfPhysician(PatientFacts patient, Identifier identifier) {
        return IdNatPs.SYSTEM.equals(identifier.getSystem())
                && patient.treatingPhysician()
                        .filter(id -> id.equals(identifier.getValue()))
                        .isPresent();
    }
}
