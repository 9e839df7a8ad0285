package fr.carnet.trace;

import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * The agents of an audit event: client software, server, person, structure. Their types follow BALP, where client and
 * server change roles with the direction of the data.
 */
final class AuditAgents {

    private final String base;
    private final Function<ActorCode, Optional<String>> professions;

    AuditAgents(String base, Function<ActorCode, Optional<String>> professions) {
        this.base = base;
        this.professions = professions;
    }

    /** The server as agent and as observer: both must be the same reference (MHD, val-audit-source). */
    Reference server() {
        return named(null, base, "Carnet");
    }

    List<AuditEventAgentComponent> of(TraceEntry entry) {
        if (entry.request().isTokenIssue()) {
            return ofTokenIssue(entry);
        }
        if (entry.request().isDecision()) {
            return ofDecision(entry);
        }
        String action = entry.request().interaction().map(Interaction::action).orElse("E");
        var agents = new ArrayList<>(List.of(client(entry, action), serverAgent(action)));
        entry.who().ifPresent(who -> {
            agents.add(person(entry, who, action));
            who.structure().ifPresent(structure -> agents.add(structure(structure, who.structureName())));
        });
        return agents;
    }

    /** ITI-71 has room for no structure. */
    private List<AuditEventAgentComponent> ofTokenIssue(TraceEntry entry) {
        var agents =
                new ArrayList<>(List.of(client(entry, "D"), serverAgent("E").setType(AuditCodes.authorizer())));
        entry.who().ifPresent(who -> agents.add(person(entry, who, "E")));
        return agents;
    }

    private List<AuditEventAgentComponent> ofDecision(TraceEntry entry) {
        var agents = new ArrayList<>(List.of(client(entry, "D"), decider()));
        entry.who().ifPresent(who -> {
            agents.add(person(entry, who, "E"));
            who.structure().ifPresent(structure -> agents.add(structure(structure, who.structureName())));
        });
        return agents;
    }

    private static AuditEventAgentComponent client(TraceEntry entry, String action) {
        CodeableConcept type =
                switch (action) {
                    case "R" -> AuditCodes.destination();
                    case "D" -> AuditCodes.application();
                    default -> AuditCodes.source();
                };
        var client = new AuditEventAgentComponent()
                .setType(type)
                .setRequestor(entry.who().isEmpty());
        entry.who()
                .ifPresent(who ->
                        client.setWho(named(who.token().issuer(), who.token().client(), who.software())));
        entry.request()
                .clientAddress()
                .ifPresent(address -> client.getNetwork().setAddress(address).setType(AuditEventAgentNetworkType._2));
        return client;
    }

    private AuditEventAgentComponent serverAgent(String action) {
        CodeableConcept type =
                switch (action) {
                    case "R" -> AuditCodes.source();
                    case "D" -> AuditCodes.custodian();
                    default -> AuditCodes.destination();
                };
        var agent =
                new AuditEventAgentComponent().setType(type).setWho(server()).setRequestor(false);
        agent.getNetwork().setAddress(base).setType(AuditEventAgentNetworkType._5);
        return agent;
    }

    /** AuthZconsent has no room for its address. */
    private AuditEventAgentComponent decider() {
        return new AuditEventAgentComponent()
                .setType(AuditCodes.decider())
                .setWho(server())
                .setRequestor(false);
    }

    private AuditEventAgentComponent person(TraceEntry entry, Who who, String action) {
        boolean receives = action.equals("R") || action.equals("E");
        var person = new AuditEventAgentComponent()
                .setType(AuditCodes.concept(AuditCodes.PARTICIPATION, receives ? "IRCP" : "AUT", null))
                .setWho(identity(entry, who))
                .setName(who.name())
                .setRequestor(true);
        who.role().ifPresent(role -> person.addRole(profession(role)));
        entry.circumstances().mode().ifPresent(mode -> person.addPurposeOfUse(purpose(entry.circumstances(), mode)));
        return person;
    }

    /** The holder is named by his own record, where it is known: his matricule is not repeated. */
    private static Reference identity(TraceEntry entry, Who who) {
        if (who.kind() == CallerKind.HOLDER) {
            Reference holder = new Reference().setDisplay(who.name());
            entry.patient().ifPresent(patient -> holder.setReference("Patient/" + patient));
            return holder;
        }
        String system = who.kind() == CallerKind.PROFESSIONAL
                ? IdNatPs.SYSTEM
                : who.token().issuer();
        return named(system, who.subject(), who.name());
    }

    private CodeableConcept profession(ActorCode role) {
        Coding coding = AuditCodes.profession(role);
        professions.apply(role).ifPresent(coding::setDisplay);
        return new CodeableConcept(coding);
    }

    static CodeableConcept purpose(Circumstances circumstances, AccessMode mode) {
        CodeableConcept purpose = AuditCodes.concept(AuditCodes.ACCESS_MODE, mode.code(), null);
        if (mode.isEmergency()) {
            circumstances.emergencyReason().ifPresent(purpose::setText);
        }
        return purpose;
    }

    private static AuditEventAgentComponent structure(StructureId structure, Optional<String> name) {
        return new AuditEventAgentComponent()
                .setType(AuditCodes.organisation())
                .setWho(named(StructureId.SYSTEM, structure.value(), name.orElse(null)))
                .setRequestor(false);
    }

    private static Reference named(String system, String value, String display) {
        return new Reference()
                .setIdentifier(new Identifier().setSystem(system).setValue(value))
                .setDisplay(display);
    }
}
