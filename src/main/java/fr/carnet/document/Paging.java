package fr.carnet.document;

import static fr.carnet.document.RegistryTable.CREATION;
import static fr.carnet.document.RegistryTable.DATE;
import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.LAST_UPDATED;
import static fr.carnet.document.RegistryTable.PERIOD_START;

import fr.carnet.shared.Fault;
import fr.carnet.shared.Parameter;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Order of the rows and which of them make the page.
 *
 * <p>A link leads on from the row at the edge of its page, not from a number of rows: a document that arrives, or leaves,
 * between two pages neither hides nor repeats another. By rank alone it leads on from a number of rows: a rank is that of the
 * moment.
 *
 * @param order by which they are sorted, and then by id
 * @param count size of the page
 * @param offset first row, where no edge is given
 * @param edge from where a link leads on
 */
record Paging(List<Key> order, int count, int offset, Optional<Edge> edge) {

    /** Internal parameters of an edge: accepted from a seal alone. */
    private static final String AFTER = "_after";

    private static final String BEFORE = "_before";

    private static final Map<String, Field<OffsetDateTime>> SORTABLE = Map.of(
            "date", DATE, "_lastUpdated", LAST_UPDATED, "creation", known(CREATION), "period", known(PERIOD_START));

    /** The newest first. */
    static final List<Key> DEFAULT_ORDER = List.of(new Key(DATE, true));

    /** The best first: that of the documents that were found by their words. */
    static final List<Key> BY_RANK = List.of();

    /** A column by which rows are sorted; never null. */
    record Key(Field<OffsetDateTime> field, boolean descending) {}

    /**
     * The row at the edge of a page.
     *
     * @param backward true if the page lies before it
     * @param position its sort keys as PostgreSQL writes them, and its id
     */
    record Edge(boolean backward, List<String> position) {

        Parameter parameter() {
            return new Parameter(backward ? BEFORE : AFTER, String.join(",", position));
        }

        /** The edge that a sealed parameter tells; empty if it tells something else. */
        static Optional<Edge> of(Parameter sealed) {
            return Stream.of(AFTER, BEFORE)
                    .filter(sealed.name()::equals)
                    .map(name -> new Edge(
                            name.equals(BEFORE), Arrays.asList(sealed.value().split(","))))
                    .findFirst();
        }
    }

    /**
     * Reads a {@code _sort}.
     *
     * @throws Fault 400 for what cannot be sorted by
     */
    static List<Key> order(String sort) {
        List<Key> keys = new ArrayList<>();
        for (String name : sort.split(",", -1)) {
            boolean descending = name.startsWith("-");
            Field<OffsetDateTime> field = SORTABLE.get(descending ? name.substring(1) : name);
            if (field == null) {
                throw Fault.of(400, "unknown-sort", "_sort");
            }
            keys.add(new Key(field, descending));
        }
        return List.copyOf(keys);
    }

    private static Field<OffsetDateTime> known(Field<OffsetDateTime> column) {
        return DSL.field("coalesce({0}, '-infinity')", column.getDataType(), column);
    }

    boolean isByRank() {
        return order.equals(BY_RANK);
    }

    boolean isBackward() {
        return edge.filter(Edge::backward).isPresent();
    }

    /** The position of a row, to be selected with it. */
    List<Field<String>> position() {
        return IntStream.range(0, order.size())
                .mapToObj(i -> DSL.field(
                                "({0})::text", SQLDataType.CLOB, order.get(i).field())
                        .as(name(i)))
                .toList();
    }

    private static String name(int key) {
        return "position_" + key;
    }

    /** Sorts rows that were selected with their position. */
    List<SortField<?>> sort() {
        List<SortField<?>> fields = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            fields.add(descends(i) ? selected(i).desc() : selected(i).asc());
        }
        fields.add(isBackward() ? ID.desc() : ID.asc());
        return fields;
    }

    /**
     * Sorts rows of the table itself.
     *
     * @param ranked ids, the best first; those of the search by words
     */
    List<SortField<?>> sortOfTable(List<String> ranked) {
        List<SortField<?>> fields = new ArrayList<>();
        if (isByRank()) {
            fields.add(DSL.field(
                            "array_position({0}, {1})",
                            SQLDataType.INTEGER, DSL.val(ranked.toArray(String[]::new), SQLDataType.CLOB.array()), ID)
                    .asc());
        }
        order.forEach(key ->
                fields.add(key.descending() ? key.field().desc() : key.field().asc()));
        fields.add(ID.asc());
        return fields;
    }

    /**
     * Rows beyond the edge, in the direction of the page.
     *
     * @throws Fault 400 if the edge is that of another order
     */
    Condition beyond(Edge from) {
        List<String> position = from.position();
        if (position.size() != order.size() + 1) {
            throw Fault.of(400, "broken-link");
        }
        String id = position.get(order.size());
        Condition beyond = from.backward() ? ID.lt(id) : ID.gt(id);
        for (int i = order.size() - 1; i >= 0; i--) {
            Field<OffsetDateTime> at = DSL.field(
                    "{0}::timestamptz", SQLDataType.TIMESTAMPWITHTIMEZONE, DSL.val(position.get(i), SQLDataType.CLOB));
            Condition further = descends(i) ? selected(i).lt(at) : selected(i).gt(at);
            beyond = further.or(selected(i).eq(at).and(beyond));
        }
        return beyond;
    }

    private boolean descends(int key) {
        return order.get(key).descending() != isBackward();
    }

    private static Field<OffsetDateTime> selected(int key) {
        return DSL.field("{0}::timestamptz", SQLDataType.TIMESTAMPWITHTIMEZONE, DSL.field(DSL.name(name(key))));
    }
}
