package fr.carnet.fulltext.postgres;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import fr.carnet.fulltext.IndexEntry;
import fr.carnet.fulltext.IndexUnavailable;
import fr.carnet.fulltext.TextIndex;
import fr.carnet.fulltext.TextQuery;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** {@link TextIndex} in two tables of the same database. */
public final class PostgresIndex implements TextIndex {

    private static final Table<Record> GENERATION = DSL.table(name("carnet", "text_generation"));
    private static final Field<Long> NUMBER = field(name("number"), SQLDataType.BIGINT);
    private static final Field<Boolean> LIVE = field(name("live"), SQLDataType.BOOLEAN);

    private static final Table<Record> TEXT = DSL.table(name("carnet", "document_text"));
    private static final Field<Long> OF = field(name("generation"), SQLDataType.BIGINT);
    private static final Field<String> DOCUMENT = field(name("document_id"), SQLDataType.CLOB);
    private static final Field<Long> VERSION = field(name("version"), SQLDataType.BIGINT);
    private static final Field<String> PATIENT = field(name("patient_id"), SQLDataType.CLOB);
    private static final Field<String[]> KEYS = field(name("keys"), SQLDataType.CLOB.array());
    private static final Field<OffsetDateTime> DATE = field(name("date"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<String> BODY = field(name("body"), SQLDataType.CLOB);

    /** {@code program_limit_exceeded}: a vector holds a megabyte. */
    private static final String TOO_MANY_WORDS = "54000";

    private static final String EXCERPT = "StartSel=" + MARK_START + ",StopSel=" + MARK_END
            + ",MaxFragments=2,MaxWords=25,MinWords=10,FragmentDelimiter=\" … \"";

    /** Characters in which an excerpt is looked for: PostgreSQL parses them anew for each. */
    private static final int MOST_READ = 200_000;

    private final DSLContext dsl;

    /** @param dsl of the serving role */
    public PostgresIndex(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public boolean isLive() {
        return asking(() -> dsl.fetchExists(GENERATION, LIVE.isTrue()));
    }

    @Override
    public List<String> generations() {
        return asking(() -> dsl.select(NUMBER).from(GENERATION).orderBy(NUMBER).fetch(r -> r.get(NUMBER)
                .toString()));
    }

    @Override
    public String begin() {
        return asking(() -> {
            dsl.deleteFrom(GENERATION).where(LIVE.isFalse()).execute();
            return dsl.insertInto(GENERATION)
                    .defaultValues()
                    .returning(NUMBER)
                    .fetchSingle(NUMBER)
                    .toString();
        });
    }

    @Override
    public void publish(String generation) {
        asking(() -> dsl.transactionResult(transaction -> {
            transaction
                    .dsl()
                    .deleteFrom(GENERATION)
                    .where(NUMBER.ne(number(generation)))
                    .execute();
            return transaction
                    .dsl()
                    .update(GENERATION)
                    .set(LIVE, true)
                    .where(NUMBER.eq(number(generation)))
                    .execute();
        }));
    }

    @Override
    public Set<String> put(Collection<String> generations, List<IndexEntry> entries) {
        return asking(() -> {
            generations.forEach(generation -> entries.forEach(entry -> put(number(generation), entry)));
            return Set.of();
        });
    }

    private void put(long generation, IndexEntry entry) {
        try {
            put(generation, entry, entry.body());
        } catch (DataAccessException e) {
            if (!TOO_MANY_WORDS.equals(e.sqlState())) {
                throw e;
            }
            put(generation, entry, entry.body().substring(0, entry.body().length() / 4));
        }
    }

    /** A generation that was removed meanwhile takes nothing. */
    private void put(long generation, IndexEntry entry, String body) {
        String title = entry.title();
        String labels = entry.labels();
        dsl.insertInto(TEXT)
                .columns(
                        OF,
                        DOCUMENT,
                        VERSION,
                        PATIENT,
                        KEYS,
                        DATE,
                        BODY,
                        Vectors.FRENCH.column(),
                        Vectors.FOLDED.column(),
                        Vectors.WORDS.column())
                .select(DSL.select(
                                NUMBER,
                                val(entry.document()),
                                val(entry.version()),
                                val(entry.patient()),
                                val(entry.keys().toArray(String[]::new), KEYS.getDataType()),
                                val(entry.date().atOffset(ZoneOffset.UTC)),
                                val(body),
                                Vectors.FRENCH.of(title, labels, body),
                                Vectors.FOLDED.of(title, labels, body),
                                Vectors.WORDS.of(title, labels, body))
                        .from(GENERATION)
                        .where(NUMBER.eq(generation)))
                .onConflict(OF, DOCUMENT)
                .doUpdate()
                .setAllToExcluded()
                .where(field(name("document_text", "version"), Long.class)
                        .le(field(name("excluded", "version"), Long.class)))
                .execute();
    }

    @Override
    public void remove(Collection<String> generations, String patient, Collection<String> documents) {
        delete(generations, DOCUMENT.in(documents));
    }

    @Override
    public void removeRecord(Collection<String> generations, String patient) {
        delete(generations, PATIENT.eq(patient));
    }

    private void delete(Collection<String> generations, Condition which) {
        List<Long> numbers = generations.stream().map(PostgresIndex::number).toList();
        asking(() -> dsl.deleteFrom(TEXT).where(OF.in(numbers)).and(which).execute());
    }

    @Override
    public List<String> find(TextQuery query, String patient, Set<String> keys, int most) {
        // one statement, with a row even if nothing is found: it tells whether there is a live generation
        List<String> found = asking(() -> dsl.select(DOCUMENT)
                .from(GENERATION)
                .leftJoin(TEXT)
                .on(OF.eq(NUMBER)
                        .and(PATIENT.eq(patient))
                        .and("{0} && {1}", KEYS, val(keys.toArray(String[]::new), KEYS.getDataType()))
                        .and(Vectors.matches(query)))
                .where(LIVE.isTrue())
                .orderBy(Vectors.rank(query).desc(), DATE.desc(), DOCUMENT)
                .limit(most)
                .fetch(DOCUMENT));
        if (found.isEmpty()) {
            throw new IndexUnavailable(new IllegalStateException("no live generation"));
        }
        return found.stream().filter(Objects::nonNull).toList();
    }

    @Override
    public Map<String, String> excerpts(TextQuery query, String patient, Collection<String> documents) {
        Field<String> excerpt = DSL.field(
                "case when {0} @@ {1} then {2} when {3} @@ {4} then {5} else {6} end",
                String.class,
                Vectors.FOLDED.column(),
                Vectors.FOLDED.anyOf(query),
                headline(Vectors.FOLDED, query),
                Vectors.FRENCH.column(),
                Vectors.FRENCH.anyOf(query),
                headline(Vectors.FRENCH, query),
                headline(Vectors.WORDS, query));
        return asking(() -> dsl.select(DOCUMENT, excerpt)
                .from(TEXT)
                .where(inLive())
                .and(PATIENT.eq(patient))
                .and(DOCUMENT.in(documents))
                .and(BODY.ne(""))
                .fetchMap(DOCUMENT, excerpt));
    }

    private static Field<String> headline(Vectors vectors, TextQuery query) {
        return DSL.field(
                "ts_headline({0}::regconfig, {1}, {2}, {3})",
                String.class,
                val(vectors.configuration()),
                DSL.left(BODY, MOST_READ),
                vectors.anyOf(query),
                val(EXCERPT));
    }

    private static Condition inLive() {
        return OF.eq(DSL.select(NUMBER).from(GENERATION).where(LIVE.isTrue()));
    }

    @Override
    public long size() {
        return asking(() -> (long)
                dsl.fetchCount(TEXT, OF.eq(DSL.select(NUMBER).from(GENERATION).where(LIVE.isTrue()))));
    }

    private static long number(String generation) {
        return Long.parseLong(generation);
    }

    /** What the database says of an error quotes what it was given: it stays inside. */
    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw new IndexUnavailable(e);
        }
    }
}
