package fr.carnet.document;

import static fr.carnet.document.RegistryTable.*;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.val;

import fr.carnet.document.RegistryPage.Folder;
import fr.carnet.document.RegistryRow.Kind;
import fr.carnet.document.overview.Overview;
import fr.carnet.document.overview.Rubric;
import fr.carnet.policy.CallerKeys;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Fault;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Reads the registry: one patient, and only rows whose keys meet the caller's.
 *
 * <p>There is no GIN index on the keys: an index on the patient is enough, and PostgreSQL would sometimes prefer the GIN
 * one, at six times the cost.
 */
public final class Registry {

    private static final List<Field<?>> FACTS = List.of(
            ID,
            PATIENT,
            TYPE,
            CLASS,
            VISIBILITY,
            DEPOSITOR,
            DEPOSITOR_ROLE,
            DEPOSITOR_STRUCTURE,
            AUTHORS,
            STATUS,
            ARCHIVED,
            DELETED,
            MASKED_BY_HOLDER,
            DEPOSITED_AT);
    private static final List<Field<?>> ROW =
            concat(FACTS, List.of(KIND, VERSION, JSON, CONTENT, TITLE, HASH, REFERS_TO, DATE));
    private static final int MOST_INCLUDED = 1_000;
    private static final Field<Integer> TOTAL = count().over().as("total");

    private final DSLContext dsl;

    Registry(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** A page of the rows that match and that the keys open, and what is to come with them. */
    public RegistryPage search(RegistryQuery query, String patient, CallerKeys keys) {
        return search(query, patient, keys, List.of());
    }

    /**
     * A page of the rows that match and that the keys open, among those that were found by their words.
     *
     * @param ranked FHIR ids, the best first: proposals, of which the keys open what they open now
     */
    RegistryPage searchAmong(List<String> ranked, RegistryQuery query, String patient, CallerKeys keys) {
        var among = query.and(Criterion.of(DSL.condition("{0} = any({1})", ID, array(ranked))));
        return search(among, patient, keys, ranked);
    }

    private RegistryPage search(RegistryQuery query, String patient, CallerKeys keys, List<String> ranked) {
        return query.kinds().contains(Kind.DOCUMENT) && query.inclusions().isEmpty()
                ? select(query, patient, keys, ranked)
                : atOneInstant(registry -> registry.select(query, patient, keys, ranked));
    }

    /** All documents, lots and folders of a record that the keys open, superseded and archived ones included. */
    public RegistryPage everything(String patient, CallerKeys keys) {
        return atOneInstant(registry -> registry.select(every(EnumSet.allOf(Kind.class)), patient, keys, List.of()));
    }

    /** A query without criteria. */
    private static RegistryQuery every(Set<Kind> kinds) {
        var paging = new Paging(Paging.DEFAULT_ORDER, Integer.MAX_VALUE, 0, Optional.empty());
        return new RegistryQuery(
                kinds,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                paging,
                Set.of(),
                false,
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * The current documents, not archived, that the keys open, by rubric: the list that software shows (R110), put in order.
     *
     * @param rubrics of which the last takes every type that no other has
     * @param told documents of each rubric, at most
     */
    public Overview overview(List<Rubric> rubrics, int told, String patient, CallerKeys keys) {
        var shelves = new Shelves(rubrics);
        // the first of each tells the count, also where none is to be told
        List<? extends Record> found = keys.isEmpty() ? List.of() : shelved(shelves, Math.max(told, 1), patient, keys);
        Map<String, RegistryRow> rows = new LinkedHashMap<>();
        found.stream().filter(r -> r.get(Shelves.PLACE) <= told).forEach(r -> rows.putIfAbsent(r.get(ID), row(r)));
        var page = page(
                every(EnumSet.of(Kind.DOCUMENT)),
                patient,
                new Rows(List.copyOf(rows.values()), rows.size(), false, false),
                List.of());
        return new Overview(page, shelves.groups(found, told));
    }

    /** Places are given to ids alone: whole rows are fetched of those that are told. */
    private List<? extends Record> shelved(Shelves shelves, int most, String patient, CallerKeys keys) {
        var places = dsl.select(shelves.places())
                .from(REGISTRY)
                .leftJoin(shelves.table())
                .on(Shelves.joined())
                .where(PATIENT.eq(patient))
                .and(KIND.eq(Kind.DOCUMENT.code()))
                .and(STATUS.eq("current"))
                .and(ARCHIVED.isFalse())
                .and(opens(keys))
                .asTable("places");
        return dsl.select(ROW)
                .select(Shelves.PLACED)
                .from(places)
                .join(REGISTRY)
                .on(ID.eq(Shelves.PLACED_ID))
                .and(PATIENT.eq(patient))
                .where(Shelves.PLACE.le(most))
                .orderBy(Shelves.SHELF, Shelves.PLACE)
                .fetch();
    }

    private RegistryPage select(RegistryQuery query, String patient, CallerKeys keys, List<String> ranked) {
        if (keys.isEmpty()) {
            return page(query, patient, Rows.NONE, List.of());
        }
        Condition where = DSL.and(query.criteria().stream()
                        .map(criterion -> criterion.under(keys))
                        .toList())
                .and(PATIENT.eq(patient))
                .and(KIND.in(query.kinds().stream().map(Kind::code).toList()))
                .and(opens(keys))
                .and(query.readsTitle() ? opensEveryEntry(keys, patient) : DSL.noCondition());
        if (query.onlyCounts()) {
            return page(query, patient, new Rows(List.of(), dsl.fetchCount(REGISTRY, where), false, false), List.of());
        }
        Rows rows =
                query.paging().edge().isPresent() ? beyond(query.paging(), where) : from(query.paging(), where, ranked);
        return page(query, patient, rows, included(query.inclusions(), rows.all(), patient, keys));
    }

    /**
     * The matches of a page.
     *
     * @param total of the whole search
     * @param earlier true if there are matches before these
     * @param later true if there are matches after these
     */
    private record Rows(List<RegistryRow> all, int total, boolean earlier, boolean later) {
        static final Rows NONE = new Rows(List.of(), 0, false, false);
    }

    private Rows from(Paging paging, Condition where, List<String> ranked) {
        var found = dsl.select(ROW)
                .select(paging.position())
                .select(TOTAL)
                .from(REGISTRY)
                .where(where)
                .orderBy(paging.sortOfTable(ranked))
                .limit(paging.offset(), paging.count())
                .fetch();
        int total = found.isEmpty()
                ? (paging.offset() == 0 ? 0 : dsl.fetchCount(REGISTRY, where))
                : found.get(0).get(TOTAL);
        List<RegistryRow> rows = found.map(r -> row(r, paging.position()));
        return new Rows(rows, total, paging.offset() > 0, paging.offset() + rows.size() < total);
    }

    /** The total is that of the whole search: the edge is looked at outside. One row more tells whether there are others. */
    private Rows beyond(Paging paging, Condition where) {
        var all = dsl.select(ROW)
                .select(paging.position())
                .select(TOTAL)
                .from(REGISTRY)
                .where(where)
                .asTable("found");
        var found = dsl.select(DSL.asterisk())
                .from(all)
                .where(paging.beyond(paging.edge().orElseThrow()))
                .orderBy(paging.sort())
                .limit(paging.count() + 1)
                .fetch();
        int total =
                found.isEmpty() ? dsl.fetchCount(REGISTRY, where) : found.get(0).get(TOTAL);
        boolean more = found.size() > paging.count();
        List<RegistryRow> rows = new ArrayList<>(found.stream()
                .limit(paging.count())
                .map(r -> row(r, paging.position()))
                .toList());
        if (paging.isBackward()) {
            Collections.reverse(rows);
        }
        return new Rows(rows, total, more || !paging.isBackward(), more || paging.isBackward());
    }

    /** What comes along is opened by the same keys. */
    private List<RegistryRow> included(
            Set<Inclusion> inclusions, List<RegistryRow> matches, String patient, CallerKeys keys) {
        if (inclusions.isEmpty() || matches.isEmpty()) {
            return List.of();
        }
        List<RegistryRow> found = dsl.select(ROW)
                .from(REGISTRY)
                .where(PATIENT.eq(patient))
                .and(DSL.or(inclusions.stream().map(i -> i.of(matches)).toList()))
                .and(ID.notIn(matches.stream().map(RegistryRow::id).toList()))
                .and(opens(keys))
                .orderBy(DATE.desc(), ID)
                .limit(MOST_INCLUDED + 1)
                .fetch(Registry::row);
        if (found.size() > MOST_INCLUDED) {
            throw Fault.of(400, "too-many-included", MOST_INCLUDED);
        }
        return found;
    }

    /** One row by id, if the keys open it. */
    public Optional<RegistryPage> find(String resourceType, String id, String patient, CallerKeys keys) {
        boolean list = resourceType.equals("List");
        Condition where = ID.eq(id)
                .and(list ? KIND.ne("D") : KIND.eq("D"))
                .and(PATIENT.eq(patient))
                .and(opens(keys));
        return list ? atOneInstant(registry -> registry.one(where)) : one(where);
    }

    /** Lists and what they list are read by two statements: between them a document may be masked. */
    private <T> T atOneInstant(Function<Registry, T> reading) {
        return dsl.transactionResult(transaction -> {
            transaction.dsl().execute("set transaction isolation level repeatable read, read only");
            return reading.apply(new Registry(transaction.dsl()));
        });
    }

    /** The document of a content, if the keys open it. */
    public Optional<RegistryPage> findByContent(String content, String patient, CallerKeys keys) {
        return one(CONTENT.eq(content).and(PATIENT.eq(patient)).and(opens(keys)));
    }

    private Optional<RegistryPage> one(Condition where) {
        return dsl.select(ROW)
                .from(REGISTRY)
                .where(where)
                .fetchOptional(Registry::row)
                .map(row -> page(null, row.patient(), new Rows(List.of(row), 1, false, false), List.of()));
    }

    /** FHIR id of the patient of a document, lot or folder, whoever asks: for the judge, who says nothing of it. */
    public Optional<String> patientOf(String id) {
        return dsl.select(PATIENT).from(REGISTRY).where(ID.eq(id)).fetchOptional(PATIENT);
    }

    /** FHIR id of the patient of a content, whoever asks: for the judge, who says nothing of it. */
    public Optional<String> patientOfContent(String content) {
        return dsl.select(PATIENT).from(REGISTRY).where(CONTENT.eq(content)).fetchOptional(PATIENT);
    }

    /**
     * Facts by id of the documents with this identifier, whoever asks: for the judge. Only the uniqueId is unique, so he
     * must choose among those that the caller may know of, and not let the others show by their number.
     *
     * @param patient FHIR id; without it every record of the country is looked through
     */
    public Map<String, DocumentFacts> byIdentifier(String system, String value, Optional<String> patient) {
        String[] token = {"identifier:" + system + "|" + value};
        return dsl.select(FACTS)
                .from(REGISTRY)
                .where(KIND.eq("D"))
                .and(UNIQUE_ID.eq(value).or(DSL.condition("{0} && {1}", TOKENS, val(token, TOKENS.getDataType()))))
                .and(patient.map(PATIENT::eq).orElse(DSL.noCondition()))
                .fetchMap(ID, Registry::facts);
    }

    /** FHIR id of the stored folder with this id, or else this uniqueId, whoever asks: for the judge. */
    public Optional<String> folder(Optional<String> id, Optional<String> uniqueId) {
        Condition named = id.map(ID::eq).or(() -> uniqueId.map(UNIQUE_ID::eq)).orElse(DSL.falseCondition());
        return dsl.select(ID)
                .from(REGISTRY)
                .where(KIND.eq(Kind.FOLDER.code()))
                .and(named)
                .fetchOptional(ID);
    }

    /** FHIR id of the document with this uniqueId, this content and this depositor (R124). */
    public Optional<String> sent(String uniqueId, String hash, Depositor depositor) {
        return dsl.select(ID)
                .from(REGISTRY)
                .where(KIND.eq("D"))
                .and(UNIQUE_ID.eq(uniqueId))
                .and(HASH.eq(hash))
                .and(DEPOSITOR.eq(depositor.subject()))
                .and(depositor
                        .structure()
                        .map(structure -> DEPOSITOR_STRUCTURE.eq(structure.value()))
                        .orElse(DEPOSITOR_STRUCTURE.isNull()))
                .fetchOptional(ID);
    }

    /** Facts of documents, whoever asks: for the policy. */
    public Map<String, DocumentFacts> facts(Collection<String> ids) {
        return facts(ids, DSL.noCondition());
    }

    private Map<String, DocumentFacts> facts(Collection<String> ids, Condition of) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return dsl.select(FACTS)
                .from(REGISTRY)
                .where(ID.in(ids))
                .and(KIND.eq("D"))
                .and(of)
                .fetchMap(ID, Registry::facts);
    }

    /** Whoever brings one of these contents to the same record waits until the transaction ends (R123). */
    public void lockContents(String patient, SortedSet<String> hashes) {
        hashes.forEach(hash ->
                dsl.execute("select pg_advisory_xact_lock(hashtextextended({0}, 0))", val(patient + ' ' + hash)));
    }

    /** Current documents of a record with this content, another uniqueId, and this depositor or his structure: as JSON. */
    public List<String> sentBefore(String patient, String hash, String uniqueId, Depositor depositor) {
        boolean holder = depositor.role().equals(Optional.of(ActorCode.HOLDER));
        Condition his = DEPOSITOR
                .eq(depositor.subject())
                .or(depositor
                        .structure()
                        .map(structure -> DEPOSITOR_STRUCTURE.eq(structure.value()))
                        .orElse(DSL.noCondition().not()));
        return dsl.select(JSON)
                .from(REGISTRY)
                .where(PATIENT.eq(patient))
                .and(HASH.eq(hash))
                .and(KIND.eq("D"))
                .and(STATUS.eq("current"))
                .and(DELETED.isFalse())
                .and(UNIQUE_ID.ne(uniqueId))
                .and(holder ? DEPOSITOR_ROLE.eq(ActorCode.HOLDER.code()) : his)
                .fetch(JSON);
    }

    /** Titles of documents, for a trace that is shown to whoever may see them. */
    public Map<String, String> titles(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : dsl.select(ID, TITLE)
                        .from(REGISTRY)
                        .where(ID.in(ids))
                        .and(TITLE.isNotNull())
                        .fetchMap(ID, TITLE);
    }

    /** UniqueIds of documents, by id, as their metadata write them. */
    public Map<String, String> uniqueIds(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : dsl.select(ID, UNIQUE_ID)
                        .from(REGISTRY)
                        .where(ID.in(ids))
                        .and(KIND.eq("D"))
                        .fetchMap(ID, UNIQUE_ID);
    }

    /** Ids of the documents of lots and folders, by id. */
    public Map<String, List<String>> entries(Collection<String> lists) {
        return lists.isEmpty()
                ? Map.of()
                : dsl.select(ID, REFERS_TO)
                        .from(REGISTRY)
                        .where(ID.in(lists))
                        .and(KIND.ne("D"))
                        .fetchMap(r -> r.get(ID), r -> List.of(r.get(REFERS_TO)));
    }

    /** Facts by id of the documents hidden from the holder that were deposited before an instant: for the due job (R113). */
    Map<String, DocumentFacts> hiddenFromHolder(Instant depositedBefore) {
        return dsl.select(FACTS)
                .from(REGISTRY)
                // as the partial index writes it
                .where("kind = 'D' and not deleted and 'INVISIBLE_PATIENT' = any (visibility)")
                .and(DEPOSITED_AT.lt(depositedBefore.atOffset(ZoneOffset.UTC)))
                .orderBy(DEPOSITED_AT, ID)
                .fetchMap(ID, Registry::facts);
    }

    /** Locks the row of a document until the transaction ends, so that two updates do not lose each other. */
    public Optional<DocumentFacts> lock(String id) {
        return dsl.select(FACTS)
                .from(REGISTRY)
                .where(ID.eq(id))
                .and(KIND.eq("D"))
                .forUpdate()
                .fetchOptional(Registry::facts);
    }

    /** Ids of the lots and folders that list a document, locked until the transaction ends, in one order for all. */
    public List<String> lockLists(String document) {
        return dsl.select(ID)
                .from(REGISTRY)
                .where(KIND.ne("D"))
                .and(ofSameRecord(document))
                .orderBy(ID)
                .forUpdate()
                .fetch(ID);
    }

    /** Id of the document that this one replaced, whoever asks. */
    public Optional<String> replaced(String document) {
        return dsl.resultQuery(
                        "select split_part(r -> 'target' ->> 'reference', '/', 2) from carnet.registry d"
                                + " cross join lateral jsonb_array_elements(d.json::jsonb -> 'relatesTo') r"
                                + " where d.id = {0} and d.kind = 'D' and r ->> 'code' = 'replaces'",
                        val(document))
                .fetchOptional(0, String.class);
    }

    /** Id of the document that replaced this one, whoever asks: only one can, as only what is current is replaced. */
    public Optional<String> replacement(String document) {
        return dsl.select(ID).from(REGISTRY).where(KIND.eq("D")).and(ofSameRecord(document)).fetch(ID).stream()
                .filter(id -> replaced(id).filter(document::equals).isPresent())
                .findFirst();
    }

    /** Rows that refer to a document: the patient is what the index is on. */
    private static Condition ofSameRecord(String document) {
        return DSL.condition(
                "patient_id = (select patient_id from carnet.registry where id = {0})"
                        + " and refers_to @> array[{0}]::text[]",
                val(document));
    }

    /** Locks the row of a folder until the transaction ends; its version. */
    public Optional<Long> lockFolder(String id) {
        return dsl.select(VERSION)
                .from(REGISTRY)
                .where(ID.eq(id))
                .and(KIND.eq(Kind.FOLDER.code()))
                .forUpdate()
                .fetchOptional(VERSION);
    }

    private Map<String, Folder> folders(List<String> ids, String patient) {
        return ids.isEmpty()
                ? Map.of()
                : dsl.select(ID, DEPOSITOR_ROLE, REFERS_TO)
                        .from(REGISTRY)
                        .where(ID.in(ids))
                        .and(PATIENT.eq(patient))
                        .and(KIND.eq(Kind.FOLDER.code()))
                        .fetchMap(
                                r -> r.get(ID),
                                r -> new Folder(
                                        ActorCode.HOLDER.code().equals(r.get(DEPOSITOR_ROLE)),
                                        List.of(r.get(REFERS_TO))));
    }

    private RegistryPage page(RegistryQuery query, String patient, Rows rows, List<RegistryRow> included) {
        Set<String> referred = Stream.concat(rows.all().stream(), included.stream())
                .flatMap(r -> r.refersTo().stream())
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, Folder> folders = folders(
                rows.all().stream()
                        .flatMap(row -> row.folders().stream())
                        .distinct()
                        .toList(),
                patient);
        folders.values().forEach(folder -> referred.addAll(folder.documents()));
        return new RegistryPage(
                query,
                patient,
                rows.all(),
                included,
                rows.total(),
                rows.earlier(),
                rows.later(),
                facts(referred, PATIENT.eq(patient)),
                folders,
                Set.of());
    }

    /**
     * {@code keys && :keys}, in two steps: only rows that are masked, or list documents, are compared with the keys by title,
     * which the subquery writes out once, and only if there is such a row.
     */
    private static Condition opens(CallerKeys keys) {
        Field<String[]> open = array(keys.open());
        Condition unmasked = DSL.condition("{0} && {1}", KEYS, open);
        if (keys.titles().isEmpty()) {
            return unmasked;
        }
        Condition masked = DSL.condition(
                "coalesce(cardinality({0}), 1) > 0 and {1} && array(select title || substr(open, 2)"
                        + " from unnest({2}) open, unnest({3}) title)",
                VISIBILITY, KEYS, open, array(keys.titles()));
        return unmasked.or(masked);
    }

    private static Field<String[]> array(Collection<String> values) {
        return val(values.toArray(String[]::new), KEYS.getDataType());
    }

    /** R152: what a lot says of itself is told when nothing in it is hidden, by search as by reading. */
    private static Condition opensEveryEntry(CallerKeys keys, String patient) {
        return DSL.condition(
                "not exists (select from unnest({0}) entry where not exists"
                        + " (select from carnet.registry d"
                        + " where d.id = entry and d.patient_id = {2} and d.keys && {1}))",
                REFERS_TO, array(keys.all()), val(patient));
    }

    private static RegistryRow row(Record r) {
        return row(r, List.of());
    }

    private static RegistryRow row(Record r, List<Field<String>> position) {
        Kind kind = Kind.of(r.get(KIND));
        return new RegistryRow(
                r.get(ID),
                kind,
                r.get(VERSION),
                r.get(PATIENT),
                r.get(JSON),
                kind == Kind.DOCUMENT ? Optional.of(facts(r)) : Optional.empty(),
                Optional.ofNullable(r.get(CONTENT)),
                Optional.ofNullable(r.get(TITLE)),
                Optional.ofNullable(r.get(HASH)),
                List.of(r.get(REFERS_TO)),
                r.get(DATE).toInstant(),
                Stream.concat(position.stream().map(r::get), Stream.of(r.get(ID)))
                        .toList());
    }

    private static DocumentFacts facts(Record r) {
        return new DocumentFacts(
                r.get(PATIENT),
                r.get(TYPE),
                r.get(CLASS),
                Arrays.stream(r.get(VISIBILITY)).map(Visibility::valueOf).collect(Collectors.toSet()),
                new Depositor(
                        r.get(DEPOSITOR),
                        Optional.ofNullable(r.get(DEPOSITOR_ROLE)).map(ActorCode::new),
                        Optional.ofNullable(r.get(DEPOSITOR_STRUCTURE)).map(StructureId::new)),
                Set.of(r.get(AUTHORS)),
                r.get(STATUS).equals("current"),
                r.get(ARCHIVED),
                r.get(DELETED),
                r.get(MASKED_BY_HOLDER),
                r.get(DEPOSITED_AT).toInstant());
    }

    private static List<Field<?>> concat(List<Field<?>> first, List<Field<?>> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
