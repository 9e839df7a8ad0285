package fr.carnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

class FaultTableTest {

    private static final int LAST = 39;
    private static final String LONG = "long-fault";

    @Test
    void everyFaultIsInTheTable() {
        assertThat(FaultTable.load())
                .extracting(FaultTable.Row::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LAST).boxed().toList());
    }

    @Test
    void everyFaultIsInjectedByTheTestsThatTheTableNames() {
        Map<Integer, Set<String>> injected = new TreeMap<>();
        tests().forEach(test -> Arrays.stream(
                        test.getAnnotation(FaultTest.class).value())
                .forEach(number ->
                        injected.computeIfAbsent(number, n -> new TreeSet<>()).add(name(test))));
        Map<Integer, Set<String>> named = new TreeMap<>();
        FaultTable.load().stream().filter(row -> !row.isPending()).forEach(row -> {
            assertThat(row.tests()).as("tests of fault %d", row.number()).isNotEmpty();
            named.put(row.number(), new TreeSet<>(row.tests()));
        });
        assertThat(injected).isEqualTo(named);
    }

    /** What the table says to run with every build does. */
    @Test
    void longOnesAreThoseThatTheTableSays() {
        Set<String> tagged = new TreeSet<>();
        tests().filter(FaultTableTest::isLong).forEach(test -> tagged.add(name(test)));
        assertThat(FaultTable.load()).filteredOn(row -> !row.isPending()).allSatisfy(row -> assertThat(
                        tagged.containsAll(row.tests()))
                .as("fault %d runs with -Pfaults alone", row.number())
                .isEqualTo(row.when().equals("-Pfaults")));
    }

    private static Stream<Method> tests() {
        return ReflectionSupport.findAllClassesInPackage("fr.carnet", type -> true, name -> name.matches(".*(IT|Test)"))
                .stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(FaultTest.class));
    }

    private static boolean isLong(Method test) {
        return Stream.of(test, test.getDeclaringClass())
                .flatMap(tagged -> Arrays.stream(tagged.getAnnotationsByType(Tag.class)))
                .anyMatch(tag -> tag.value().equals(LONG));
    }

    private static String name(Method test) {
        return test.getDeclaringClass().getName().replaceFirst("^fr\\.carnet\\.", "") + "#" + test.getName();
    }
}
