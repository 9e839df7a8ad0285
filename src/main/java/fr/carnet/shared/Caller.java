package fr.carnet.shared;

import java.util.Objects;
import java.util.Optional;

/**
 * Who calls, as proved by the token. One acting situation per token (R34).
 *
 * @param kind sort of caller
 * @param subject idNat_PS of a professional, matricule INS of a holder, local id of the others
 * @param name display name, for the trace
 * @param role column of the matrix that the token states; empty for operator and auditor
 * @param specialty specialty or section (TRE_R38, CNOP), e.g. {@code SM54}; empty when not stated
 * @param function function of the activity, e.g. {@code FON-29}; empty when not stated
 * @param sector sector of activity (TRE_R02), e.g. {@code SA07}; empty when not stated
 * @param structure structure in whose name he acts
 * @param structureName its display name
 * @param regulator regulating physician of an emergency call centre (R54)
 * @param authentication how he was authenticated
 * @param software client software, for the trace
 * @param token issuer, client and token id, for the trace
 */
public record Caller(
        CallerKind kind,
        String subject,
        String name,
        Optional<ActorCode> role,
        Optional<String> specialty,
        Optional<String> function,
        Optional<String> sector,
        Optional<StructureId> structure,
        Optional<String> structureName,
        boolean regulator,
        AuthenticationMode authentication,
        String software,
        TokenRef token) {

    /** @throws NullPointerException if a component is missing */
    public Caller {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        Objects.requireNonNull(specialty);
        Objects.requireNonNull(function);
        Objects.requireNonNull(sector);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(structureName);
        Objects.requireNonNull(authentication);
        Objects.requireNonNull(software);
        Objects.requireNonNull(token);
    }

    /** True for a natural person who exercises a profession. */
    public boolean isProfessional() {
        return kind == CallerKind.PROFESSIONAL;
    }

    /** Personal data stays out of logs: kind and role only. */
    @Override
    public String toString() {
        return "Caller[" + kind + " " + role.map(ActorCode::code).orElse("-") + "]";
    }

    /**
     * What the trace keeps of the token.
     *
     * @param issuer {@code iss}
     * @param client {@code client_id}
     * @param id {@code jti}
     */
    public record TokenRef(String issuer, String client, String id) {}
}
