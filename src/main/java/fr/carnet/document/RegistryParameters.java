package fr.carnet.document;

import static fr.carnet.document.RegistryTable.ARCHIVED;
import static fr.carnet.document.RegistryTable.CREATION;
import static fr.carnet.document.RegistryTable.DATE;
import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.PERIOD_END;
import static fr.carnet.document.RegistryTable.PERIOD_START;
import static fr.carnet.document.RegistryTable.STATUS;
import static fr.carnet.document.RegistryTable.TOKENS;
import static fr.carnet.document.RegistryTable.WORDS;

import fr.carnet.shared.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * The search parameters of MHD and PDSm that the registry knows, and how each reads a value. A closed list. What is not asked
 * for is not left out: the default list of active documents is the software's (R110).
 */
final class RegistryParameters {

    /** Most alternatives of one parameter. */
    private static final int MOST_VALUES = 50;

    private static final Set<String> DOCUMENT_TOKENS = Set.of(
            "type",
            "category",
            "format",
            "facility",
            "setting",
            "security-label",
            "event",
            "identifier",
            "related",
            "author",
            "author.identifier");
    private static final Set<String> LIST_TOKENS =
            Set.of("code", "designationType", "identifier", "sourceId", "source.identifier", "authorOrg");
    private static final Set<String> DOCUMENT_STRINGS = Set.of("author.given", "author.family");
    private static final Set<String> LIST_STRINGS = Set.of("source.given", "source.family", "title");

    /** Parameters whose values may never stand in a URL that we write; a matricule may have been sent as an identifier. */
    static final Set<String> PERSONAL = Set.of(
            "identifier",
            "author.given",
            "author.family",
            "author.identifier",
            "author",
            "source.given",
            "source.family",
            "source.identifier",
            "title");

    private static final Map<String, Function<FhirInterval, Condition>> DOCUMENT_DATES = Map.of(
            "date", i -> i.on(DATE),
            "creation", i -> i.on(CREATION),
            "period", i -> i.on(PERIOD_START, PERIOD_END),
            "period-start", i -> i.on(PERIOD_START),
            "period-end", i -> i.on(PERIOD_END));
    private static final Map<String, Function<FhirInterval, Condition>> LIST_DATES = Map.of("date", i -> i.on(DATE));

    private static final RegistryParameters DOCUMENTS = new RegistryParameters(true);
    private static final RegistryParameters LISTS = new RegistryParameters(false);

    private final boolean documents;
    private final Set<String> names;

    private RegistryParameters(boolean documents) {
        this.documents = documents;
        this.names = Stream.of(tokens(), strings(), dates().keySet(), Set.of("status", "isArchived", "_id"))
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    static RegistryParameters of(String resourceType) {
        return "DocumentReference".equals(resourceType) ? DOCUMENTS : LISTS;
    }

    /** Every parameter but those that name the patient; the statement of what is served lists the same. */
    Set<String> names() {
        return names;
    }

    boolean knows(String parameter) {
        return names.contains(parameter);
    }

    /**
     * Condition of one occurrence of a parameter.
     *
     * @throws Fault 400 if modifier or value are not understood
     */
    Condition condition(String parameter, String modifier, String value) {
        List<String> values = values(parameter, value);
        if (dates().containsKey(parameter)) {
            refuseModifier(parameter, modifier, Set.of(""));
            return DSL.or(values.stream().map(v -> date(parameter, v)).toList());
        }
        if (strings().contains(parameter)) {
            refuseModifier(parameter, modifier, Set.of("", "exact", "contains"));
            return DSL.or(
                    values.stream().map(v -> string(parameter, modifier, v)).toList());
        }
        refuseModifier(parameter, modifier, Set.of("", "not"));
        Condition any =
                switch (parameter) {
                    case "status" ->
                        STATUS.in(values.stream().map(RegistryParameters::code).toList());
                    case "_id" -> ID.in(values);
                    case "isArchived" ->
                        ARCHIVED.in(values.stream().map(this::flag).toList());
                    default -> tokens(parameter, values);
                };
        return modifier.isEmpty() ? any : DSL.not(any);
    }

    private static Condition tokens(String parameter, List<String> values) {
        String[] wanted = values.stream().map(v -> parameter + ":" + v).toArray(String[]::new);
        return DSL.condition("{0} && {1}", TOKENS, DSL.val(wanted, TOKENS.getDataType()));
    }

    private Condition date(String parameter, String value) {
        return FhirInterval.parse(value)
                .map(dates().get(parameter))
                .orElseThrow(() -> Fault.of(400, "invalid-date", parameter));
    }

    private static Condition string(String parameter, String modifier, String value) {
        if (modifier.equals("exact")) {
            return tokens(parameter, List.of("=" + value));
        }
        String text = SearchWords.normalise(value)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        String pattern = parameter + ":" + (modifier.equals("contains") ? "%" : "") + text + "%";
        return DSL.condition("exists (select from unnest({0}) w where w like {1})", WORDS, DSL.val(pattern));
    }

    private static List<String> values(String parameter, String value) {
        List<String> values = Arrays.stream(value.split("(?<!\\\\),", -1))
                .map(v -> v.replace("\\,", ",")
                        .replace("\\|", "|")
                        .replace("\\$", "$")
                        .replace("\\\\", "\\"))
                .toList();
        if (values.size() > MOST_VALUES) {
            throw Fault.of(400, "too-many-values", parameter, MOST_VALUES);
        }
        if (values.stream().anyMatch(String::isBlank)) {
            throw Fault.of(400, "empty-parameter", parameter);
        }
        return values;
    }

    private static void refuseModifier(String parameter, String modifier, Set<String> allowed) {
        if (!allowed.contains(modifier)) {
            throw Fault.of(400, "unknown-modifier", parameter, modifier);
        }
    }

    private static String code(String token) {
        return token.substring(token.indexOf('|') + 1);
    }

    private boolean flag(String value) {
        return switch (code(value)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Fault.of(400, "invalid-boolean", "isArchived");
        };
    }

    private Set<String> tokens() {
        return documents ? DOCUMENT_TOKENS : LIST_TOKENS;
    }

    private Set<String> strings() {
        return documents ? DOCUMENT_STRINGS : LIST_STRINGS;
    }

    private Map<String, Function<FhirInterval, Condition>> dates() {
        return documents ? DOCUMENT_DATES : LIST_DATES;
    }
}
