package fr.carnet.server;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelTableTest {

    private static final int LAST = 77;

    @Test
    void everyChannelIsTried() {
        Set<Integer> tried = new ClassFileImporter()
                .importPackages("fr.carnet.server").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .map(JavaMethod::reflect)
                        .flatMap(method -> ChannelReport.of(method, method.getDeclaringClass()))
                        .collect(toCollection(TreeSet::new));

        assertThat(tried).isEqualTo(ChannelTable.load().keySet());
    }

    @Test
    void everyChannelIsInTheTable() {
        assertThat(ChannelTable.load().keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LAST).boxed().toList());
    }
}
