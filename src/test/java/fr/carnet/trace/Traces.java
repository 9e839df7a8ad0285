package fr.carnet.trace;

import fr.carnet.policy.Action;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Entries for tests. */
final class Traces {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    static final Caller DOCTOR = caller(CallerKind.PROFESSIONAL, "899900000001", Optional.of(new ActorCode("10")));
    static final Caller HOLDER = caller(CallerKind.HOLDER, "279035121518989", Optional.of(ActorCode.HOLDER));
    static final Caller REPRESENTATIVE = caller(CallerKind.REPRESENTATIVE, "chloe-mother", Optional.empty());
    static final Caller AUDITOR = caller(CallerKind.AUDITOR, "auditor", Optional.empty());
    static final Caller MACHINE = caller(CallerKind.SYSTEM, "hospital-automate", Optional.empty());
    static final Caller OPERATOR = caller(CallerKind.OPERATOR, "operator", Optional.empty());
    static final Caller COLLEAGUE = caller(CallerKind.PROFESSIONAL, "899900000002", Optional.of(new ActorCode("10")));
    static final Caller NOBODYS_MACHINE = without(MACHINE);
    static final Circumstances NORMAL = new Circumstances(Optional.of(AccessMode.NORMAL), Optional.empty(), false);
    static final Circumstances SECRET = new Circumstances(Optional.of(AccessMode.NORMAL), Optional.empty(), true);
    static final Circumstances BREAK_GLASS =
            new Circumstances(Optional.of(AccessMode.BREAK_GLASS), Optional.of("coma"), false);
    static final TracedRequest SEARCH = request(Interaction.SEARCH, Action.SEARCH, "ITI-67");
    static final TracedRequest READ = request(Interaction.READ, Action.READ, "ITI-68");
    static final TracedRequest DEPOSIT = request(Interaction.TRANSACTION, Action.DEPOSIT, "ITI-65");

    private Traces() {}

    static Caller caller(CallerKind kind, String subject, Optional<ActorCode> role) {
        return new Caller(
                kind,
                subject,
                "Claire MARTIN",
                role,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new StructureId("10B0000001")),
                Optional.of("Cabinet du Port"),
                false,
                AuthenticationMode.DIRECTE,
                "LogicielMed 4.2",
                new Caller.TokenRef("https://issuer.example", "logiciel-med", "jti-1"));
    }

    private static Caller without(Caller caller) {
        return new Caller(
                caller.kind(),
                caller.subject(),
                caller.name(),
                caller.role(),
                caller.specialty(),
                caller.function(),
                caller.sector(),
                Optional.empty(),
                Optional.empty(),
                caller.regulator(),
                caller.authentication(),
                caller.software(),
                caller.token());
    }

    static TracedRequest request(Interaction interaction, Action action, String transaction) {
        return new TracedRequest(
                Optional.of(interaction),
                Optional.of(action),
                Optional.of(transaction).filter(name -> !name.isEmpty()),
                Optional.of("DocumentReference"),
                interaction == Interaction.SEARCH ? Optional.of("DocumentReference?_id=7") : Optional.empty(),
                Optional.of("192.0.2.7"),
                "c0ffee");
    }

    static TraceLine line(String ref) {
        return new TraceLine(
                ref, Optional.of(1), Optional.of("2jmj7l5rSw0yVb/vlWAYkK/YBwk="), TraceLine.Effect.DISCLOSED);
    }

    static Verdict permitted(int results) {
        return new Verdict(
                Verdict.Outcome.PERMITTED,
                Optional.of(new Verdict.RuleRef("R36", "consent")),
                "2026.1",
                200,
                Optional.of(results));
    }

    static Verdict refused() {
        return new Verdict(
                Verdict.Outcome.REFUSED,
                Optional.of(new Verdict.RuleRef("R36", "no-consent")),
                "2026.1",
                403,
                Optional.empty());
    }

    static Verdict absent() {
        return new Verdict(
                Verdict.Outcome.REFUSED,
                Optional.of(new Verdict.RuleRef("R105", "masked")),
                "2026.1",
                404,
                Optional.empty());
    }

    static TraceEntry entry(Instant at, Caller who, TracedRequest request, Verdict verdict, String... refs) {
        return TraceEntry.at(
                at,
                Optional.of("p1"),
                Optional.of(Who.of(who)),
                request,
                NORMAL,
                verdict,
                List.of(refs).stream().map(Traces::line).toList());
    }

    static TraceEntry in(Circumstances circumstances, TraceEntry entry) {
        return new TraceEntry(
                entry.id(),
                entry.recordedAt(),
                entry.patient(),
                entry.who(),
                entry.request(),
                circumstances,
                entry.verdict(),
                entry.lines());
    }
}
