package fr.carnet.policy;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Caller.TokenRef;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.util.Optional;

/** A caller in the making; immutable, every method gives a variant. */
public record CallerFixture(
        CallerKind kind,
        String subject,
        Optional<String> role,
        Optional<String> specialty,
        Optional<String> function,
        Optional<String> sector,
        Optional<String> structure,
        boolean regulates,
        AuthenticationMode authentication) {

    /** Somebody with nothing but an identity. */
    public CallerFixture(CallerKind kind, String subject) {
        this(
                kind,
                subject,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                AuthenticationMode.DIRECTE);
    }

    /** With a column of the matrix. */
    public CallerFixture role(String code) {
        return new CallerFixture(
                kind, subject, Optional.of(code), specialty, function, sector, structure, regulates, authentication);
    }

    /** With a specialty. */
    public CallerFixture specialty(String code) {
        return new CallerFixture(
                kind, subject, role, Optional.of(code), function, sector, structure, regulates, authentication);
    }

    /** With a function. */
    public CallerFixture function(String code) {
        return new CallerFixture(
                kind, subject, role, specialty, Optional.of(code), sector, structure, regulates, authentication);
    }

    /** With a sector of activity. */
    public CallerFixture sector(String code) {
        return new CallerFixture(
                kind, subject, role, specialty, function, Optional.of(code), structure, regulates, authentication);
    }

    /** With a structure, by its idNat_Struct. */
    public CallerFixture structure(String id) {
        return new CallerFixture(
                kind, subject, role, specialty, function, sector, Optional.of(id), regulates, authentication);
    }

    /** Regulating physician of a call centre. */
    public CallerFixture regulator() {
        return new CallerFixture(kind, subject, role, specialty, function, sector, structure, true, authentication);
    }

    /** Authenticated in that way. */
    public CallerFixture authenticated(AuthenticationMode mode) {
        return new CallerFixture(kind, subject, role, specialty, function, sector, structure, regulates, mode);
    }

    /** The caller. */
    public Caller build() {
        return new Caller(
                kind,
                subject,
                "name of " + kind,
                role.map(ActorCode::new),
                specialty,
                function,
                sector,
                structure.map(StructureId::new),
                Optional.empty(),
                regulates,
                authentication,
                "test",
                new TokenRef("issuer", "client", "jti"));
    }
}
