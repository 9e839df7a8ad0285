package fr.carnet.trace.export;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Texts;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceLine;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Who;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A trace in the words of R94: when, who, profession, structure, what was done, which document, in which mode.
 *
 * @param texts in the reader's language
 * @param professions label of a profession
 */
record TraceWords(Texts texts, Function<ActorCode, Optional<String>> professions) {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").withZone(ZoneId.of("Europe/Paris"));
    private static final List<String> COLUMNS =
            List.of("when", "who", "profession", "structure", "what", "documents", "mode", "outcome");

    /** Headings, in the order of {@link #cells}. */
    List<String> headings() {
        return COLUMNS.stream().map(column -> texts.say("trace." + column)).toList();
    }

    /**
     * The cells of a trace.
     *
     * @param titles of what its lines name, by reference
     */
    List<String> cells(TraceEntry entry, Map<String, String> titles) {
        return List.of(
                WHEN.format(entry.recordedAt()),
                entry.who().map(Who::name).orElseGet(() -> texts.say("trace.nobody")),
                entry.who().flatMap(Who::role).flatMap(professions).orElse(""),
                entry.who().map(TraceWords::structure).orElse(""),
                what(entry),
                documents(entry, titles),
                entry.circumstances()
                        .mode()
                        .map(mode -> texts.say("trace.mode." + mode.name()))
                        .orElse(""),
                outcome(entry.verdict()));
    }

    private static String structure(Who who) {
        return who.structureName()
                .or(() -> who.structure().map(StructureId::value))
                .orElse("");
    }

    private String what(TraceEntry entry) {
        return entry.request()
                .action()
                .map(action -> texts.say("trace.action." + action.name()))
                .orElseGet(() -> texts.say("trace.action.other"));
    }

    private String documents(TraceEntry entry, Map<String, String> titles) {
        return entry.lines().stream()
                .map(TraceLine::ref)
                .filter(ref -> ref.startsWith("DocumentReference/"))
                .map(ref -> Optional.ofNullable(titles.get(ref))
                        .filter(title -> !title.isEmpty())
                        .orElseGet(() -> texts.say("trace.untitled")))
                .collect(Collectors.joining(", "));
    }

    private String outcome(Verdict verdict) {
        return texts.say("trace.outcome." + verdict.outcome().name());
    }
}
