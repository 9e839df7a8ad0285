package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the documentation are compared by this: what differs must be seen. */
class VariablesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Variables variables = new Variables(Map.of("base", "http://x/fhir", "ins", "1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; {'a':1}; true",
                "{'a':1}; {'a':1,'b':2}; true",
                "{'a':1}; {'a':2}; false",
                "{'a':1}; {}; false",
                "{'a':{'b':'x'}}; {'a':{'b':'x','c':'y'}}; true",
                "{'a':{'b':'x'}}; {'a':'x'}; false",
                "{'a':['y','x']}; {'a':['x','y','z']}; true",
                "{'a':['x','x']}; {'a':['x','y']}; false",
                "{'a':'…'}; {'a':'x'}; true",
                "{'a':'…'}; {'a':[]}; false",
                "{'a':'{{base}}/…'}; {'a':'http://x/fhir/List'}; true",
                "{'a':'{{base}}/…'}; {'a':'http://y/fhir/List'}; false",
                "{'a':'{{new}}','b':'{{new}}'}; {'a':'x','b':'x'}; true",
                "{'a':'{{new}}','b':'{{new}}'}; {'a':'x','b':'y'}; false",
                "{'a':[{'b':'{{new}}','c':1}],'d':'{{new}}'}; {'a':[{'b':'x','c':2},{'b':'y','c':1}],'d':'y'}; true",
            })
    void statedElementsMustBeThere(String stated, String answer, boolean matches) throws IOException {
        assertThat(variables.match(JSON.readTree(json(stated)), JSON.readTree(json(answer))))
                .isEqualTo(matches);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void whatIsLearntIsFilledInLater() {
        assertThat(variables.match("{{base}}/List/{{id}}/_history/1", "http://x/fhir/List/42/_history/1"))
                .isTrue();
        assertThat(variables.fill("List/{{id}}?ins={{ins}}")).isEqualTo("List/42?ins=1");
        assertThatThrownBy(() -> variables.fill("{{nobody}}")).hasMessageContaining("nobody");
    }

    @Test
    void pagesWithoutAnswersAreNoExamples() {
        assertThatThrownBy(() -> HttpExample.of("```http\nGET x\n```\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpExample.of("```http\nHTTP/1.1 200\n```\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(HttpExample.of("## T\n```http\nGET x\n```\n\n```http\nHTTP/1.1 200\nA: b\n\n{}\n```\n"))
                .singleElement()
                .satisfies(example -> {
                    assertThat(example.title()).startsWith("T, GET x");
                    assertThat(example.answer().headers()).containsEntry("A", "b");
                    assertThat(example.answer().body()).isEqualTo("{}");
                });
    }
}
