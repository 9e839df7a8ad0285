package fr.carnet.document;

import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.KIND;
import static fr.carnet.document.RegistryTable.REFERS_TO;
import static fr.carnet.document.RegistryTable.TOKENS;
import static org.jooq.impl.DSL.val;

import fr.carnet.shared.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** What a search may bring along: one step, within the record, each resource decided like a read. */
enum Inclusion {
    /** The documents of lots and folders. */
    ITEMS("_include", "List:item", "List") {
        @Override
        Condition of(List<RegistryRow> matches) {
            String[] items = matches.stream()
                    .flatMap(row -> row.refersTo().stream())
                    .distinct()
                    .toArray(String[]::new);
            return KIND.eq("D").and(ID.in(items));
        }
    },
    /** The lots and folders that list a document. */
    LISTING("_revinclude", "List:item", "DocumentReference") {
        @Override
        Condition of(List<RegistryRow> matches) {
            return KIND.ne("D").and(DSL.condition("{0} && {1}", REFERS_TO, val(ids(matches), REFERS_TO.getDataType())));
        }
    },
    /** The documents that one replaces, transforms, appends or signs. */
    RELATED("_include", "DocumentReference:relatesto", "DocumentReference") {
        @Override
        Condition of(List<RegistryRow> matches) {
            return KIND.eq("D")
                    .and(DSL.condition(
                            "exists (select from carnet.registry matching where matching.id = any({0})"
                                    + " and matching.patient_id = registry.patient_id"
                                    + " and matching.tokens && array[{1} || registry.id])",
                            val(ids(matches), TOKENS.getDataType()), val(SearchWords.literal("relatesto", ""))));
        }
    },
    /** The documents that replace, transform, append or sign one. */
    RELATING("_revinclude", "DocumentReference:relatesto", "DocumentReference") {
        @Override
        Condition of(List<RegistryRow> matches) {
            String[] tokens = Stream.of(ids(matches))
                    .map(id -> SearchWords.literal("relatesto", id))
                    .toArray(String[]::new);
            return KIND.eq("D").and(DSL.condition("{0} && {1}", TOKENS, val(tokens, TOKENS.getDataType())));
        }
    };

    private final String parameter;
    private final String value;
    private final String searched;

    Inclusion(String parameter, String value, String searched) {
        this.parameter = parameter;
        this.value = value;
        this.searched = searched;
    }

    /** True of the parameters that ask for one, with whatever modifier. */
    static boolean isAsked(String parameter) {
        return Set.of("_include", "_revinclude").contains(parameter.replaceFirst(":.*", ""));
    }

    /**
     * The inclusion that a parameter of a search asks for.
     *
     * @param searched FHIR type
     * @throws Fault 400 naming those that there are
     */
    static Inclusion of(String searched, String parameter, String value) {
        return Arrays.stream(values())
                .filter(i -> i.searched.equals(searched) && i.parameter.equals(parameter) && i.value.equals(value))
                .findFirst()
                .orElseThrow(() -> Fault.of(400, "unknown-include", parameter, String.join(", ", served(searched))));
    }

    /** {@code parameter=value} of each inclusion of a search. */
    static List<String> served(String searched) {
        return Arrays.stream(values())
                .filter(i -> i.searched.equals(searched))
                .map(i -> i.parameter + "=" + i.value)
                .toList();
    }

    /** Which rows come along with these. */
    abstract Condition of(List<RegistryRow> matches);

    private static String[] ids(List<RegistryRow> matches) {
        return matches.stream().map(RegistryRow::id).toArray(String[]::new);
    }
}
