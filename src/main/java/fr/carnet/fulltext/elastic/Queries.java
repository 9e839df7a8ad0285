package fr.carnet.fulltext.elastic;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.QueryBuilders;
import co.elastic.clients.elasticsearch._types.query_dsl.TextQueryType;
import fr.carnet.fulltext.TextQuery;
import fr.carnet.fulltext.TextQuery.Group;
import fr.carnet.fulltext.TextQuery.Phrase;
import fr.carnet.fulltext.TextQuery.Prefix;
import fr.carnet.fulltext.TextQuery.Term;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Queries in the words of Elasticsearch. */
final class Queries {

    /** Far above what occurrences in a body bring. */
    private static final Map<String, Float> FIRST = Map.of("title", 1_000f, "labels", 500f);

    private static final String BODY = "body";

    private Queries() {}

    /** Documents of one patient that one of these keys opens, with every group. */
    static Query found(TextQuery query, String patient, Collection<String> keys) {
        var values = keys.stream().map(FieldValue::of).toList();
        return QueryBuilders.bool(bool -> bool.filter(of(patient))
                .filter(QueryBuilders.terms(terms -> terms.field("keys").terms(field -> field.value(values))))
                .must(query.groups().stream().map(Queries::group).toList()));
    }

    /** These documents, of one patient. */
    static Query these(String patient, Collection<String> documents) {
        return QueryBuilders.bool(
                bool -> bool.filter(of(patient)).filter(QueryBuilders.ids(ids -> ids.values(List.copyOf(documents)))));
    }

    static Query of(String patient) {
        return QueryBuilders.term(term -> term.field("patient").value(patient));
    }

    /** Anything that is looked for, to be marked. */
    static Query anyOf(TextQuery query) {
        return QueryBuilders.bool(
                bool -> bool.should(query.groups().stream().map(Queries::group).toList()));
    }

    /** A title comes first, then what a section or a code is called, then how often the body has it. */
    private static Query group(Group group) {
        Stream<Query> first = FIRST.entrySet().stream()
                .map(field -> QueryBuilders.constantScore(
                        score -> score.filter(anyOf(group, field.getKey())).boost(field.getValue())));
        List<Query> fields = Stream.concat(first, Stream.of(anyOf(group, BODY))).toList();
        return QueryBuilders.bool(bool -> bool.should(fields).minimumShouldMatch("1"));
    }

    private static Query anyOf(Group group, String field) {
        List<Query> alternatives =
                group.alternatives().stream().map(term -> term(term, field)).toList();
        return QueryBuilders.disMax(best -> best.queries(alternatives));
    }

    /** Each text is indexed three ways, as in PostgreSQL. */
    private static Query term(Term term, String field) {
        if (term instanceof Prefix prefix) {
            return QueryBuilders.prefix(p -> p.field(field + ".words").value(prefix.beginning()));
        }
        return QueryBuilders.multiMatch(match -> match.query(((Phrase) term).text())
                .type(TextQueryType.Phrase)
                .fields(field, field + ".folded", field + ".words"));
    }
}
