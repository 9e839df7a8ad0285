package fr.carnet.enforcement;

import fr.carnet.caller.RoleSystem;
import fr.carnet.dmp.OperationParameters;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;

/** The actor whom a question is about, as a token would state him (R34: one situation). */
final class ImaginedActor {

    private static final String KIND = "kind";
    private static final String IDENTIFIER = "identifier";
    private static final String ROLE = "role";
    private static final String SPECIALTY = "specialty";
    private static final String FUNCTION = "function";
    private static final String SECTOR = "sector";
    private static final String STRUCTURE = "structure";
    private static final String AUTHENTICATION = "authentication";
    private static final String REGULATOR = "regulator";
    private static final Set<String> PARTS =
            Set.of(KIND, IDENTIFIER, ROLE, SPECIALTY, FUNCTION, SECTOR, STRUCTURE, AUTHENTICATION, REGULATOR);
    private static final String NOT_STATED = "-";

    private final OperationParameters parts;

    private ImaginedActor(OperationParameters parts) {
        this.parts = parts;
    }

    /** The actor; empty if none is given. */
    static Optional<Caller> in(OperationParameters given) {
        return given.parts(Question.ACTOR, PARTS).map(parts -> new ImaginedActor(parts).caller());
    }

    private Caller caller() {
        CallerKind kind = constant(KIND, CallerKind.values()).orElse(CallerKind.PROFESSIONAL);
        return new Caller(
                kind,
                subject(kind),
                NOT_STATED,
                role(kind),
                parts.value(SPECIALTY, Coding.class).map(Coding::getCode),
                code(FUNCTION),
                code(SECTOR),
                parts.value(STRUCTURE, Identifier.class)
                        .map(identifier -> valid(STRUCTURE, identifier.getValue(), StructureId::new)),
                Optional.empty(),
                ImaginedContext.flag(REGULATOR, parts),
                constant(AUTHENTICATION, AuthenticationMode.values()).orElse(AuthenticationMode.DIRECTE),
                NOT_STATED,
                new Caller.TokenRef(NOT_STATED, NOT_STATED, NOT_STATED));
    }

    private String subject(CallerKind kind) {
        String value = parts.value(IDENTIFIER, Identifier.class)
                .map(Identifier::getValue)
                .orElseThrow(() -> parts.refusal(IDENTIFIER));
        return kind == CallerKind.PROFESSIONAL
                ? valid(IDENTIFIER, value, IdNatPs::new).value()
                : value;
    }

    private Optional<ActorCode> role(CallerKind kind) {
        if (kind == CallerKind.HOLDER) {
            return Optional.of(ActorCode.HOLDER);
        }
        boolean needed = kind == CallerKind.PROFESSIONAL || kind == CallerKind.SYSTEM;
        if (!needed) {
            return Optional.empty();
        }
        Coding coding = parts.value(ROLE, Coding.class).orElseThrow(() -> parts.refusal(ROLE));
        return Optional.of(valid(ROLE, coding.getCode(), code -> RoleSystem.of(coding.getSystem())
                .filter(RoleSystem::isRole)
                .orElseThrow(IllegalArgumentException::new)
                .actor(code)));
    }

    private Optional<String> code(String name) {
        return parts.value(name, CodeType.class).map(CodeType::getValue);
    }

    private <E extends Enum<E>> Optional<E> constant(String name, E[] all) {
        return code(name).map(code -> Arrays.stream(all)
                .filter(constant -> Question.codeOf(constant).equals(code))
                .findFirst()
                .orElseThrow(() -> parts.refusal(name)));
    }

    private <T> T valid(String name, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw parts.refusal(name);
        }
    }
}
