package fr.carnet.dmp;

import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.TeamFacts.Declarer;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.StructureId;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;

/** Who declared a Consent, a team or a title: an extension that never leaves the server. */
final class DeclaredBy {

    private DeclaredBy() {}

    /** The caller in the system of his kind; an establishment counts as such, not as its machine. */
    static Extension extension(Caller caller, Optional<PatientFacts> patient) {
        String system =
                switch (caller.kind()) {
                    case PROFESSIONAL -> IdNatPs.SYSTEM;
                    case HOLDER -> domainOf(caller.subject(), patient.orElseThrow());
                    case REPRESENTATIVE, SYSTEM, OPERATOR, AUDITOR -> CarnetUris.LOCAL_ID;
                };
        boolean structure =
                caller.kind() == CallerKind.SYSTEM && caller.structure().isPresent();
        return structure ? of(StructureId.SYSTEM, caller.structure().get().value()) : of(system, caller.subject());
    }

    /** Of whichever of his matricules his token bears (R9). */
    private static String domainOf(String matricule, PatientFacts patient) {
        return Stream.concat(patient.former().stream(), Stream.of(patient.ins()))
                .filter(ins -> ins.value().equals(matricule))
                .findFirst()
                .orElse(patient.ins())
                .domain()
                .system();
    }

    static Extension of(String system, String value) {
        return new Extension(
                CarnetUris.INTERNAL_DECLARED_BY,
                new Identifier().setSystem(system).setValue(value));
    }

    static Optional<Identifier> in(DomainResource resource) {
        return Optional.ofNullable(resource.getExtensionByUrl(CarnetUris.INTERNAL_DECLARED_BY))
                .map(Extension::getValue)
                .filter(Identifier.class::isInstance)
                .map(Identifier.class::cast);
    }

    /** Who declared a team; the operator where nothing is said. */
    static Declarer declarer(DomainResource team) {
        Optional<String> system = in(team).map(Identifier::getSystem);
        if (system.filter(StructureId.SYSTEM::equals).isPresent()) {
            return Declarer.STRUCTURE;
        }
        return system.flatMap(InsDomain::of).isPresent() ? Declarer.HOLDER : Declarer.OPERATOR;
    }

    static void remove(DomainResource resource) {
        resource.getExtension()
                .removeIf(extension -> CarnetUris.INTERNAL_DECLARED_BY.equals(extension.getUrl())
                        || CarnetUris.INTERNAL_SECRET.equals(extension.getUrl()));
    }
}
