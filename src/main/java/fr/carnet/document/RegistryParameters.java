package fr.carnet.document;

import static fr.carnet.document.RegistryTable.ARCHIVED;
import static fr.carnet.document.RegistryTable.CREATION;
import static fr.carnet.document.RegistryTable.CREATION_TO;
import static fr.carnet.document.RegistryTable.DATE;
import static fr.carnet.document.RegistryTable.DATE_TO;
import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.KEYS;
import static fr.carnet.document.RegistryTable.LAST_UPDATED;
import static fr.carnet.document.RegistryTable.PERIOD_END;
import static fr.carnet.document.RegistryTable.PERIOD_END_TO;
import static fr.carnet.document.RegistryTable.PERIOD_START;
import static fr.carnet.document.RegistryTable.PERIOD_START_TO;
import static fr.carnet.document.RegistryTable.STATUS;
import static fr.carnet.document.RegistryTable.TOKENS;
import static fr.carnet.document.RegistryTable.WORDS;
import static org.jooq.impl.DSL.val;

import fr.carnet.policy.CallerKeys;
import fr.carnet.shared.Fault;
import fr.carnet.shared.FhirInterval;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
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
            "author.identifier");
    private static final Set<String> LIST_TOKENS =
            Set.of("code", "designationType", "identifier", "sourceId", "source.identifier");
    /** Whom author and source name is contained: they are found by identifier. */
    private static final Set<String> DOCUMENT_REFERENCES = Set.of("author", "related", "relatesto");

    private static final Set<String> LIST_REFERENCES = Set.of("source", "authorOrg");
    /** Words of the document itself, which another room finds. */
    static final String TEXT = "text";

    private static final Set<String> RELATIONS = Set.of("related", "relatesto");
    private static final Set<String> DOCUMENT_STRINGS = Set.of("author.given", "author.family");
    private static final Set<String> LIST_STRINGS = Set.of("source.given", "source.family", "title");

    /** Parameters whose values may never stand in a URL that we write; a matricule may have been sent as an identifier. */
    static final Set<String> PERSONAL = Set.of(
            "identifier",
            "author.given",
            "author.family",
            "author.identifier",
            "author",
            "related",
            "source",
            "source.given",
            "source.family",
            "source.identifier",
            "title",
            TEXT);

    private static final Map<String, Function<DateCondition, Condition>> DOCUMENT_DATES = Map.of(
            "date", i -> i.on(DATE, DATE_TO),
            "_lastUpdated", i -> i.on(LAST_UPDATED, next(LAST_UPDATED)),
            "creation", i -> i.on(CREATION, CREATION_TO),
            "period", RegistryParameters::period,
            "period-start", i -> i.on(PERIOD_START, PERIOD_START_TO),
            "period-end", i -> i.on(PERIOD_END, PERIOD_END_TO));
    private static final Map<String, Function<DateCondition, Condition>> LIST_DATES =
            Map.of("date", i -> i.on(DATE, DATE_TO), "_lastUpdated", i -> i.on(LAST_UPDATED, next(LAST_UPDATED)));

    private static final Pattern DOCUMENT = Pattern.compile("(?:.*/)?DocumentReference/([A-Za-z0-9.-]{1,64})");

    private static final RegistryParameters DOCUMENTS = new RegistryParameters(true);
    private static final RegistryParameters LISTS = new RegistryParameters(false);

    private final boolean documents;
    private final Set<String> names;

    private RegistryParameters(boolean documents) {
        this.documents = documents;
        this.names = Stream.of(
                        tokens(),
                        references(),
                        strings(),
                        dates().keySet(),
                        Set.of("status", "isArchived", "_id"),
                        documents ? Set.of(TEXT) : Set.<String>of())
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
     * Criterion of one occurrence of a parameter.
     *
     * @throws Fault 400 if modifier or value are not understood
     */
    Criterion criterion(String parameter, String modifier, String value) {
        List<String> values = values(parameter, value);
        if (dates().containsKey(parameter)) {
            refuseModifier(parameter, modifier, Set.of(""));
            return Criterion.of(
                    DSL.or(values.stream().map(v -> date(parameter, v)).toList()));
        }
        if (strings().contains(parameter)) {
            refuseModifier(parameter, modifier, Set.of("", "exact", "contains"));
            return Criterion.of(DSL.or(
                    values.stream().map(v -> string(parameter, modifier, v)).toList()));
        }
        if (references().contains(parameter)) {
            return reference(parameter, modifier, values);
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
        return Criterion.of(modifier.isEmpty() ? any : DSL.not(any));
    }

    private static Condition tokens(String parameter, List<String> values) {
        String[] wanted =
                values.stream().map(v -> SearchWords.token(parameter, v)).toArray(String[]::new);
        return DSL.condition("{0} && {1}", TOKENS, val(wanted, TOKENS.getDataType()));
    }

    /** By identifier, or by literal: a document only if the caller may see it, or the relation would tell that it exists. */
    private static Criterion reference(String parameter, String modifier, List<String> values) {
        boolean related = RELATIONS.contains(parameter);
        refuseModifier(
                parameter,
                modifier,
                related ? Set.of("", "identifier", "DocumentReference") : Set.of("", "identifier"));
        boolean literal = parameter.equals("relatesto") || modifier.equals("DocumentReference");
        List<String> ids = related && !modifier.equals("identifier")
                ? values.stream().flatMap(v -> document(v, literal).stream()).toList()
                : List.of();
        Condition identified = tokens(parameter, values);
        return keys -> ids.isEmpty() ? identified : identified.or(relation(parameter, ids, keys));
    }

    private static Optional<String> document(String value, boolean literal) {
        Matcher m = DOCUMENT.matcher(value);
        return m.matches() ? Optional.of(m.group(1)) : Optional.of(value).filter(v -> literal);
    }

    private static Condition relation(String parameter, List<String> ids, CallerKeys keys) {
        return DSL.condition(
                "exists (select from carnet.registry target where target.id = any({0})"
                        + " and target.patient_id = registry.patient_id and target.keys && {1}"
                        + " and registry.tokens && array[{2} || target.id])",
                val(ids.toArray(String[]::new), KEYS.getDataType()),
                val(keys.all().toArray(String[]::new), KEYS.getDataType()),
                val(SearchWords.literal(parameter, "")));
    }

    private Condition date(String parameter, String value) {
        return FhirInterval.parse(value)
                .map(DateCondition::new)
                .map(dates().get(parameter))
                .orElseThrow(() -> Fault.of(400, "invalid-date", parameter));
    }

    /** Of a period either end may be open. */
    private static Condition period(DateCondition searched) {
        return PERIOD_START
                .isNotNull()
                .or(PERIOD_END.isNotNull())
                .and(searched.on(
                        DSL.field("coalesce({0}, '-infinity')", PERIOD_START.getDataType(), PERIOD_START),
                        DSL.field("coalesce({0}, 'infinity')", PERIOD_END_TO.getDataType(), PERIOD_END_TO)));
    }

    /** The end of an instant, which is as precise as a millisecond. */
    private static Field<OffsetDateTime> next(Field<OffsetDateTime> instant) {
        return DSL.field("{0} + interval '1 millisecond'", instant.getDataType(), instant);
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
        return DSL.condition("exists (select from unnest({0}) w where w like {1})", WORDS, val(pattern));
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

    /**
     * The words of one occurrence of {@link #TEXT}.
     *
     * @throws Fault 400 if there are none, or a modifier
     */
    static String words(String modifier, String value) {
        refuseModifier(TEXT, modifier, Set.of(""));
        if (value.isBlank()) {
            throw Fault.of(400, "empty-parameter", TEXT);
        }
        return value.strip();
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

    private Set<String> references() {
        return documents ? DOCUMENT_REFERENCES : LIST_REFERENCES;
    }

    private Set<String> strings() {
        return documents ? DOCUMENT_STRINGS : LIST_STRINGS;
    }

    private Map<String, Function<DateCondition, Condition>> dates() {
        return documents ? DOCUMENT_DATES : LIST_DATES;
    }
}
