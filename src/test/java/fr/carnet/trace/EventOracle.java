package fr.carnet.trace;

import fr.carnet.shared.FhirInterval;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** The parameters of ITI-81 by the words of FHIR, on events alone: knows nothing of rows. */
final class EventOracle {

    private static final String BASE = "https://dmp.example/fhir";

    private EventOracle() {}

    /** True of the events that match one of the values, which commas separate. */
    static Predicate<AuditEvent> of(String parameter, String values) {
        return Arrays.stream(values.split(","))
                .map(value -> one(parameter, value))
                .reduce(event -> false, Predicate::or);
    }

    private static Predicate<AuditEvent> one(String parameter, String value) {
        return switch (parameter) {
            case "_id" -> event -> event.getIdElement().getIdPart().equals(value);
            case "date", "_lastUpdated" -> event -> isIn(event.getRecorded().toInstant(), value);
            case "agent" -> event -> event.getAgent().stream().anyMatch(agent -> refers(agent.getWho(), value));
            case "agent.identifier" ->
                event -> event.getAgent().stream()
                        .anyMatch(agent -> identifies(agent.getWho().getIdentifier(), value));
            case "address" ->
                event -> event.getAgent().stream()
                        .map(agent -> agent.getNetwork().getAddress())
                        .anyMatch(address -> address != null && begins(address, value));
            case "entity.identifier" ->
                event -> event.getEntity().stream()
                        .anyMatch(entity -> identifies(entity.getWhat().getIdentifier(), value));
            case "entity" -> event -> event.getEntity().stream().anyMatch(entity -> refers(entity.getWhat(), value));
            case "entity-type" ->
                event -> event.getEntity().stream().anyMatch(entity -> codes(Stream.of(entity.getType()), value));
            case "entity-role" ->
                event -> event.getEntity().stream().anyMatch(entity -> codes(Stream.of(entity.getRole()), value));
            case "subtype" -> event -> codes(event.getSubtype().stream(), value);
            case "type" -> event -> codes(Stream.of(event.getType()), value);
            case "action" ->
                event -> codes(
                        Stream.of(new Coding(
                                event.getAction().getSystem(), event.getAction().toCode(), null)),
                        value);
            case "outcome" ->
                event -> codes(
                        Stream.of(new Coding(
                                "http://terminology.hl7.org/CodeSystem/audit-event-outcome",
                                event.getOutcome().toCode(),
                                null)),
                        value);
            case "source" ->
                event -> event.getSource()
                        .getObserver()
                        .getIdentifier()
                        .getValue()
                        .equals(value);
            case "source.identifier" ->
                event -> identifies(event.getSource().getObserver().getIdentifier(), value);
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    private static boolean isIn(Instant recorded, String value) {
        FhirInterval interval = FhirInterval.parse(value).orElseThrow();
        boolean before = recorded.isBefore(interval.start().toInstant());
        boolean after = !recorded.isBefore(interval.end().toInstant());
        return switch (interval.comparator()) {
            case EQ -> !before && !after;
            case NE -> before || after;
            case GT, SA -> after;
            case LT, EB -> before;
            case GE -> !before;
            case LE -> !after;
        };
    }

    private static boolean refers(Reference reference, String value) {
        String wanted = value.startsWith(BASE + "/") ? value.substring(BASE.length() + 1) : value;
        return reference.hasReference()
                && reference.getReference().replaceFirst("/_history/.*", "").equals(wanted);
    }

    private static boolean begins(String text, String value) {
        return text.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
    }

    private static boolean identifies(Identifier identifier, String value) {
        return matches(identifier.getSystem(), identifier.getValue(), value);
    }

    private static boolean codes(Stream<Coding> codings, String value) {
        return codings.anyMatch(coding -> matches(coding.getSystem(), coding.getCode(), value));
    }

    private static boolean matches(String system, String code, String value) {
        int bar = value.indexOf('|');
        String wanted = value.substring(bar + 1);
        boolean inSystem = bar < 0 || value.substring(0, bar).equals(system == null ? "" : system);
        return code != null && code.equals(wanted) && inSystem;
    }
}
