package fr.carnet.fulltext.postgres;

import static org.jooq.impl.DSL.val;

import fr.carnet.fulltext.TextQuery;
import fr.carnet.fulltext.TextQuery.Group;
import fr.carnet.fulltext.TextQuery.Phrase;
import fr.carnet.fulltext.TextQuery.Prefix;
import fr.carnet.fulltext.TextQuery.Term;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Texts and queries in the words of PostgreSQL: three vectors of each document, and for each a query. */
enum Vectors {
    /** Forms of a word, accents included: {@code opérée} and {@code opéré} meet. */
    FRENCH("french", "pg_catalog.french"),
    /** Forms of a word without its accents: {@code operation} and {@code opérations} meet. */
    FOLDED("folded", "carnet.folded"),
    /** Words as they are written, without accents: for beginnings. */
    WORDS("words", "carnet.words");

    private static final String WEIGHTED = "setweight(to_tsvector({0}::regconfig, {1}), 'A')"
            + " || setweight(to_tsvector({0}::regconfig, {2}), 'B') || to_tsvector({0}::regconfig, {3})";

    private final String column;
    private final String configuration;

    Vectors(String column, String configuration) {
        this.column = column;
        this.configuration = configuration;
    }

    Field<Object> column() {
        return DSL.field(DSL.name(column));
    }

    /** The vector of a document; its title weighs most. The parser sees words alone: it would take {@code mmol/L} for a file. */
    Field<Object> of(String title, String labels, String body) {
        return DSL.field(WEIGHTED, val(configuration), val(plain(title)), val(plain(labels)), val(plain(body)));
    }

    static String plain(String text) {
        return text.replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ");
    }

    /** True of a document that has every group, each in any of the vectors. */
    static Condition matches(TextQuery query) {
        return DSL.and(query.groups().stream()
                .map(group -> DSL.or(List.of(values()).stream()
                        .filter(vectors -> vectors.canAsk(group))
                        .map(vectors -> DSL.condition("{0} @@ ({1})", vectors.column(), vectors.query(group)))
                        .toList()))
                .toList());
    }

    /** The more often and the nearer to the title, the more; a long document does not win by its length. */
    static Field<Double> rank(TextQuery query) {
        return query.groups().stream()
                .map(group -> DSL.field(
                        "(ts_rank({0}, {1}, 1) + ts_rank({2}, {3}, 1))::float8",
                        Double.class,
                        FOLDED.column(),
                        FOLDED.canAsk(group) ? FOLDED.query(group) : WORDS.query(group),
                        WORDS.column(),
                        WORDS.query(group)))
                .reduce(Field::plus)
                .orElseThrow();
    }

    /** Everything that is looked for, to be marked. */
    Field<Object> anyOf(TextQuery query) {
        return query.groups().stream()
                .filter(this::canAsk)
                .map(this::query)
                .reduce((one, other) -> DSL.field("({0} || {1})", one, other))
                .orElseGet(() -> DSL.field("''::tsquery"));
    }

    private boolean canAsk(Group group) {
        return this == WORDS || group.alternatives().stream().anyMatch(Phrase.class::isInstance);
    }

    private Field<Object> query(Group group) {
        return group.alternatives().stream()
                .filter(term -> this == WORDS || term instanceof Phrase)
                .map(this::query)
                .reduce((one, other) -> DSL.field("({0} || {1})", one, other))
                .orElseThrow();
    }

    private Field<Object> query(Term term) {
        if (term instanceof Prefix prefix) {
            return DSL.field("to_tsquery({0}::regconfig, {1})", val(configuration), val(prefix.beginning() + ":*"));
        }
        String text = plain(((Phrase) term).text());
        return DSL.field("phraseto_tsquery({0}::regconfig, {1})", val(configuration), val(text));
    }

    String configuration() {
        return configuration;
    }
}
