package fr.carnet.document;

import static fr.carnet.document.RegistryTable.DATE;
import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.TYPE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.val;

import fr.carnet.document.overview.Overview.Group;
import fr.carnet.document.overview.Rubric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Rubrics as a table beside the registry, to be joined with it: a document comes back once for every rubric in which its type
 * stands, with its place in it and the size of the whole.
 */
final class Shelves {

    /** Number of the rubric, from 0. */
    static final Field<Integer> SHELF = number("shelf");
    /** Place in the rubric, from 1. */
    static final Field<Integer> PLACE = number("place");
    /** Documents in the rubric. */
    private static final Field<Integer> SIZE = number("size");
    /** Document that stands there. */
    static final Field<String> PLACED_ID = field(name("placed_id"), SQLDataType.CLOB);

    static final List<Field<Integer>> PLACED = List.of(SHELF, PLACE, SIZE);

    private static final Field<String> SHELVED = field(name("shelved"), SQLDataType.CLOB);
    private static final Field<Integer> POSITION = number("position");
    private static final Field<Integer> PRECEDENCE = number("precedence");

    private final List<Rubric> rubrics;
    private final List<Standing> standings;
    private final int last;

    /** A type in a rubric. */
    private record Standing(String type, int rubric, int rank) {}

    Shelves(List<Rubric> rubrics) {
        this.rubrics = List.copyOf(rubrics);
        this.last = rubrics.size() - 1;
        this.standings = IntStream.range(0, rubrics.size())
                .boxed()
                .flatMap(this::standings)
                .toList();
    }

    private Stream<Standing> standings(int number) {
        Rubric rubric = rubrics.get(number);
        return rubric.types().map(type -> new Standing(type, number, rubric.rank(type)));
    }

    /** Types, rubrics and ranks, bound as three arrays. */
    Table<Record> table() {
        return DSL.table(
                "unnest({0}, {1}, {2}) as standing (shelved, position, precedence)",
                array(Standing::type, String[]::new, SQLDataType.CLOB.array()),
                array(Standing::rubric, Integer[]::new, SQLDataType.INTEGER.array()),
                array(Standing::rank, Integer[]::new, SQLDataType.INTEGER.array()));
    }

    private <T> Field<T[]> array(
            Function<Standing, T> part, java.util.function.IntFunction<T[]> maker, DataType<T[]> type) {
        return val(standings.stream().map(part).toArray(maker), type);
    }

    static Condition joined() {
        return TYPE.eq(SHELVED);
    }

    /** Where a document stands; a type that no rubric has stands in the last. */
    List<Field<?>> places() {
        Field<Integer> shelf = coalesce(POSITION, inline(last));
        return List.of(
                ID.as(PLACED_ID),
                shelf.as(SHELF),
                rowNumber()
                        .over(DSL.partitionBy(shelf).orderBy(PRECEDENCE, DATE.desc(), ID))
                        .as(PLACE),
                count().over(DSL.partitionBy(shelf)).as(SIZE));
    }

    /** The groups of rows that came back, of each no more than so many told. */
    List<Group> groups(List<? extends Record> found, int told) {
        List<Group> groups = new ArrayList<>();
        for (int number = 0; number < rubrics.size(); number++) {
            int shelf = number;
            List<? extends Record> here =
                    found.stream().filter(r -> r.get(SHELF) == shelf).toList();
            groups.add(new Group(
                    rubrics.get(number),
                    here.isEmpty() ? 0 : here.get(0).get(SIZE),
                    here.stream().limit(told).map(r -> r.get(ID)).toList()));
        }
        return List.copyOf(groups);
    }

    private static Field<Integer> number(String column) {
        return field(name(column), SQLDataType.INTEGER);
    }
}
