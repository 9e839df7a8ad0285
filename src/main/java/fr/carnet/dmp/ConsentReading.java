package fr.carnet.dmp;

import fr.carnet.policy.ConsentFacts.Concerns;
import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** Reads a Consent in the shape of docs/consents.md. */
final class ConsentReading {

    private static final String PRIVACY = "patient-privacy";
    private static final Set<Kind> BY_OTHERS = EnumSet.of(Kind.AUTHORISATION, Kind.NURSING_HOME);
    private static final Set<Concerns> LOCAL = EnumSet.of(Concerns.SERVICE, Concerns.PERSON);
    private static final int MOST_OF_A_REASON = 500;

    private ConsentReading() {}

    /** Checks what can be checked without knowing the patient. */
    static void check(Consent consent, Findings findings) {
        findings.require(isPrivacy(consent), "consent-scope", "Consent.scope");
        findings.require(consent.hasPatient(), "consent-patient", "Consent.patient");
        findings.require(
                !consent.hasDateTime() || PatientReading.isInstant(consent.getDateTimeElement()),
                "consent-date-time",
                "Consent.dateTime");
        Optional<Kind> kind = kind(consent);
        findings.require(kind.isPresent(), "consent-kind", "Consent.category");
        findings.require(!saysMore(consent, kind), "consent-unsupported", "Consent");
        kind.ifPresent(known -> check(consent, known, findings));
    }

    private static void check(Consent consent, Kind kind, Findings findings) {
        findings.require(namesWhomItConcerns(consent, kind), "consent-actor", "Consent.provision.actor");
        boolean type =
                !consent.getProvision().hasType() || consent.getProvision().getType() == provisionType(kind);
        findings.require(type, "consent-provision-type", "Consent.provision.type");
        boolean performed =
                consent.getPerformer().size() == 1 || (!BY_OTHERS.contains(kind) && !consent.hasPerformer());
        findings.require(performed, "consent-performer", "Consent.performer");
        findings.require(kind != Kind.OPPOSE_DEPOSIT || givesReason(consent), "consent-reason", "Consent.extension");
        findings.require(
                kind != Kind.DIGITAL_SERVICE || !types(consent).isEmpty(), "consent-types", "Consent.provision.code");
    }

    private static boolean namesWhomItConcerns(Consent consent, Kind kind) {
        int actors = consent.getProvision().getActor().size();
        return switch (kind.concerns()) {
            case PROFESSIONAL ->
                actors == 1
                        && concerned(consent).filter(PatientReading::isIdNatPs).isPresent();
            case SERVICE, PERSON -> actors == 1 && concerned(consent).isPresent();
            case NOBODY -> actors == 0;
        };
    }

    static ConsentProvisionType provisionType(Kind kind) {
        return kind.permits() ? ConsentProvisionType.PERMIT : ConsentProvisionType.DENY;
    }

    /** R48: only a legitimate reason opposes a deposit; the server keeps it and does not weigh it. */
    private static boolean givesReason(Consent consent) {
        String reason = consent.getExtensionString(CarnetUris.CONSENT_REASON);
        return reason != null && !reason.isBlank() && reason.length() <= MOST_OF_A_REASON;
    }

    private static boolean isPrivacy(Consent consent) {
        return consent.getScope().getCoding().stream().anyMatch(coding -> PRIVACY.equals(coding.getCode()));
    }

    /** A condition that Carnet would not heed must not look as if it were. */
    private static boolean saysMore(Consent consent, Optional<Kind> kind) {
        ProvisionComponent bare = consent.getProvision().copy();
        if (kind.filter(Kind.DIGITAL_SERVICE::equals).isPresent()) {
            bare.setCode(null);
        }
        bare.setType(null).setActor(null).setId(null);
        boolean modified = consent.hasModifierExtension() || consent.hasImplicitRules() || consent.hasContained();
        return modified || !bare.isEmpty();
    }

    /** Empty unless the categories name one kind, and one only. */
    static Optional<Kind> kind(Consent consent) {
        List<String> codes = consent.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .filter(coding -> CarnetUris.CONSENT_KIND.equals(coding.getSystem()))
                .map(coding -> String.valueOf(coding.getCode()))
                .toList();
        return codes.size() == 1
                ? Arrays.stream(Kind.values())
                        .filter(kind -> kind.code().equals(codes.get(0)))
                        .findFirst()
                : Optional.empty();
    }

    /** The professional; of a digital service or a person around the patient the local id. */
    static Optional<String> concerned(Consent consent) {
        boolean local = kind(consent).filter(k -> LOCAL.contains(k.concerns())).isPresent();
        String system = local ? CarnetUris.LOCAL_ID : IdNatPs.SYSTEM;
        return consent.getProvision().getActor().stream()
                .map(actor -> actor.getReference().getIdentifier())
                .filter(identifier -> system.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    /** R69: the document types that a digital service may feed. */
    private static Set<String> types(Consent consent) {
        return consent.getProvision().getCode().stream()
                .flatMap(concept -> concept.getCoding().stream())
                .map(Coding::getCode)
                .filter(code -> code != null && !code.isBlank())
                .collect(Collectors.toSet());
    }

    static Optional<Identifier> declaredBy(Consent consent) {
        return DeclaredBy.in(consent);
    }

    /** Declared in a secret connection (R141, R144). */
    static boolean isSecret(Consent consent) {
        return consent.hasExtension(CarnetUris.INTERNAL_SECRET);
    }

    /** What a stored Consent says; it was checked before it was stored. */
    static StoredConsent stored(Consent consent) {
        Kind kind = kind(consent).orElseThrow(() -> new IllegalStateException("stored consent without kind"));
        return new StoredConsent(
                kind,
                concerned(consent),
                basis(consent, kind),
                structure(consent),
                declaredAt(consent),
                declaredBy(consent).map(Identifier::getValue),
                types(consent));
    }

    private static Instant declaredAt(Consent consent) {
        return consent.getDateTime().toInstant();
    }

    private static Optional<String> structure(Consent consent) {
        return consent.getOrganization().stream()
                .map(organization -> organization.getIdentifier().getValue())
                .filter(value -> value != null)
                .findFirst();
    }

    private static Optional<Basis> basis(Consent consent, Kind kind) {
        return switch (kind) {
            case AUTHORISATION -> Optional.of(basis(consent));
            case NURSING_HOME -> Optional.of(Basis.AGREEMENT);
            default -> Optional.empty();
        };
    }

    /** Express: the holder himself declared it, in his own session (R61). */
    private static Basis basis(Consent consent) {
        boolean byHolder = declaredBy(consent)
                .flatMap(identifier -> InsDomain.of(identifier.getSystem()))
                .isPresent();
        if (byHolder) {
            return Basis.EXPRESS;
        }
        return consent.getPerformer().stream().anyMatch(ConsentReading::isCarer) ? Basis.TEAM : Basis.CONSENT;
    }

    /** A professional or a structure, instead of the holder or who acts for him. */
    static boolean isCarer(Reference performer) {
        String system = performer.getIdentifier().getSystem();
        return IdNatPs.SYSTEM.equals(system) || StructureId.SYSTEM.equals(system);
    }

    /** Id of the patient of a stored Consent. */
    static String patientId(Consent consent) {
        return consent.getPatient().getReferenceElement().getIdPart();
    }
}
