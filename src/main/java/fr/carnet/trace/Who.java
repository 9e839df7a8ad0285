package fr.carnet.trace;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a trace keeps of its caller (R90), a representative under his own name (R151); the components are those of {@link Caller}.
 *
 * @param kind sort of caller
 * @param subject idNat_PS, matricule or local id
 * @param name display name
 * @param role profession or function
 * @param structure in whose name
 * @param structureName its display name
 * @param software client software
 * @param authentication how he was authenticated
 * @param token issuer, client and id of the token
 */
public record Who(
        CallerKind kind,
        String subject,
        String name,
        Optional<ActorCode> role,
        Optional<StructureId> structure,
        Optional<String> structureName,
        String software,
        AuthenticationMode authentication,
        Caller.TokenRef token) {

    /** @throws NullPointerException if a component is missing */
    public Who {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(structureName);
        Objects.requireNonNull(software);
        Objects.requireNonNull(authentication);
        Objects.requireNonNull(token);
    }

    /** The part of a caller that is traced. */
    public static Who of(Caller caller) {
        return new Who(
                caller.kind(),
                caller.subject(),
                caller.name(),
                caller.role(),
                caller.structure(),
                caller.structureName(),
                caller.software(),
                caller.authentication(),
                caller.token());
    }

    /** Personal data stays out of logs: kind and role only. */
    @Override
    public String toString() {
        return "Who[" + kind + " " + role.map(ActorCode::code).orElse("-") + "]";
    }
}
