package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTest {

    private static Map<String, String[]> read(String query, String body) {
        return Form.read(query, body, StandardCharsets.UTF_8);
    }

    @Test
    void theAddressComesBeforeTheForm() {
        Map<String, String[]> form = read("a=1&b=2", "a=3&c=%C3%A9+%7C|&a=");
        assertThat(form).containsOnlyKeys("a", "b", "c");
        assertThat(form.get("a")).containsExactly("1", "3", "");
        assertThat(form.get("c")).containsExactly("é ||");
    }

    @Test
    void whatHasNoNameOrNoSignIsLeftOut() {
        Map<String, String[]> form = read("", "=x&&flag&a=%zz&b=1");
        assertThat(form.get("flag")).containsExactly("");
        assertThat(form.get("b")).containsExactly("1");
        assertThat(form).doesNotContainKey("");
        assertThat(form.getOrDefault("a", new String[0])).isEmpty();
    }
}
