package fr.carnet.policy;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which values the components of generated records took. A component that was always the same, a list that was never empty, a
 * constant that never came were not tried; a component or constant that is added is told here until a generator varies it.
 */
public final class Diversity {

    private static final int ENOUGH = 50;

    private final Map<String, Set<Object>> seen = new TreeMap<>();

    /** What of an optional or of a collection was seen. */
    private enum Filled {
        EMPTY,
        FILLED
    }

    /** Notes the components of a record, and of the records in it. */
    public void observe(Object value) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                note(name(component), of(component, record));
            }
        }
    }

    /** What was not seen of these records and of those in them: {@code component: value}. */
    public List<String> missing(Class<?>... records) {
        List<String> missing = new ArrayList<>();
        Set<Class<?>> known = new LinkedHashSet<>();
        Arrays.stream(records).forEach(record -> collect(record, known));
        for (Class<?> record : known) {
            for (RecordComponent component : record.getRecordComponents()) {
                String name = name(component);
                missing(component.getGenericType(), seen.getOrDefault(name, Set.of()))
                        .forEach(value -> missing.add(name + ": " + value));
            }
        }
        return missing;
    }

    /** All components of a record, those too that its own {@code toString} leaves out. */
    static String print(Object value) {
        if (value instanceof Record record) {
            return Arrays.stream(record.getClass().getRecordComponents())
                    .map(component -> component.getName() + "=" + print(of(component, record)))
                    .collect(joining(", ", record.getClass().getSimpleName() + "[", "]"));
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Diversity::print).orElse("-");
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Diversity::print).collect(joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    private void note(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            note(name, optional.stream().toList());
        } else if (value instanceof Map<?, ?> map) {
            note(name, map.values());
        } else if (value instanceof Collection<?> values) {
            add(name, values.isEmpty() ? Filled.EMPTY : Filled.FILLED);
            values.forEach(each -> note(name, each));
        } else if (value instanceof Record) {
            observe(value);
        } else {
            add(name, value);
        }
    }

    private void add(String name, Object value) {
        Set<Object> values = seen.computeIfAbsent(name, n -> new HashSet<>());
        if (values.size() < ENOUGH) {
            values.add(value);
        }
    }

    private static List<String> missing(Type type, Set<Object> seen) {
        if (type instanceof ParameterizedType generic) {
            List<String> missing = new ArrayList<>(constants(Filled.values(), seen));
            Type[] arguments = generic.getActualTypeArguments();
            missing.addAll(missing(arguments[arguments.length - 1], seen));
            return missing;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == boolean.class) {
            return constants(new Object[] {true, false}, seen);
        }
        if (plain.isEnum()) {
            return constants(plain.getEnumConstants(), seen);
        }
        boolean varied = plain.isRecord()
                || seen.stream().filter(value -> !(value instanceof Filled)).count() > 1;
        return varied ? List.of() : List.of("always the same");
    }

    private static List<String> constants(Object[] expected, Set<Object> seen) {
        return Arrays.stream(expected)
                .filter(constant -> !seen.contains(constant))
                .map(constant -> "never " + constant)
                .toList();
    }

    private static void collect(Type type, Set<Class<?>> known) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, known));
        } else if (type instanceof Class<?> plain && plain.isRecord() && known.add(plain)) {
            Arrays.stream(plain.getRecordComponents()).forEach(component -> collect(component.getGenericType(), known));
        }
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static Object of(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
