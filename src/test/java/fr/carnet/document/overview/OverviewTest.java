package fr.carnet.document.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.carnet.document.RegistryPage;
import fr.carnet.document.RegistryRow;
import fr.carnet.document.overview.Overview.Group;
import fr.carnet.document.overview.Rubric.Side;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counts of an overview follow the sieve. */
class OverviewTest {

    private static RegistryRow row(String id) {
        return new RegistryRow(
                id,
                RegistryRow.Kind.DOCUMENT,
                1,
                "patient",
                "{}",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Instant.EPOCH,
                List.of());
    }

    private static RegistryPage page(String... ids) {
        List<RegistryRow> rows = Stream.of(ids).map(OverviewTest::row).toList();
        return new RegistryPage(
                null, "patient", rows, List.of(), rows.size(), false, false, Map.of(), Map.of(), Set.of());
    }

    private static Group group(Side side, int total, String... documents) {
        return new Group(new Rubric(side, "R", "R", "R", List.of(), Set.of(), false), total, List.of(documents));
    }

    @Test
    void whatTheSieveDropsIsNeitherToldNorCounted() {
        Map<Object, Object> request = new HashMap<>();
        RegistryPage found = page("a", "b", "c");
        new Overview(
                        found,
                        List.of(
                                group(Side.EMERGENCY, 4, "a", "b"),
                                group(Side.PROFESSIONAL, 2, "a", "c"),
                                group(Side.PROFESSIONAL, 7, "b")))
                .storeIn(request);
        found.sieved(List.of(row("b"), row("c")), List.of(), Set.of()).storeIn(request);

        Overview left = Overview.of(request);

        assertThat(left.groups())
                .extracting(Group::total, Group::documents)
                .containsExactly(tuple(3, List.of("b")), tuple(1, List.of("c")), tuple(7, List.of("b")));
        assertThat(left.total()).as("what is read first is not counted again").isEqualTo(8);
    }

    @Test
    void requestWithoutOverviewHasNone() {
        Map<Object, Object> request = new HashMap<>();
        page("a").storeIn(request);

        assertThat(Overview.of(request)).isNull();
    }
}
