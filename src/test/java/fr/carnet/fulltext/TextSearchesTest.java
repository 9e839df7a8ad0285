package fr.carnet.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fr.carnet.policy.CallerKeys;
import fr.carnet.shared.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextSearchesTest {

    private static final CallerKeys HOLDER = new CallerKeys(Set.of("p"), Set.of());

    private final TextIndex index = mock(TextIndex.class);
    private final TextSearches searches =
            new TextSearches(index, new TextQueries(Synonyms.bundled()), new SimpleMeterRegistry());

    @Test
    void whoSeesNothingAsksNothing() {
        assertThat(searches.find("1", CallerKeys.NONE, "mot")).isEmpty();
        verify(index, never()).find(any(), any(), any(), anyInt());
    }

    @Test
    void anEngineThatIsDownIsToldOnceAndThenLeftAlone() {
        when(index.find(any(), any(), any(), anyInt())).thenThrow(new IndexUnavailable(new IllegalStateException("x")));
        for (int i = 0; i < 10; i++) {
            assertUnavailable();
        }
        clearInvocations(index);
        assertUnavailable();
        verify(index, never()).find(any(), any(), any(), anyInt());
    }

    private void assertUnavailable() {
        assertThatThrownBy(() -> searches.find("1", HOLDER, "mot"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("503")
                .hasMessageContaining("text-search-unavailable");
    }

    @Test
    void badWordsOfSomeCutNobodyOff() {
        when(index.find(any(), any(), any(), anyInt())).thenReturn(List.of("d"));
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> searches.find("1", HOLDER, "de")).hasMessageContaining("400");
        }
        assertThat(searches.find("1", HOLDER, "mot")).containsExactly("d");
    }

    @Test
    void moreThanCanBeRankedIsRefused() {
        when(index.find(any(), any(), any(), anyInt()))
                .thenAnswer(call -> Collections.nCopies(call.getArgument(3, Integer.class), "d"));
        assertThatThrownBy(() -> searches.find("1", HOLDER, "mot")).hasMessageContaining("text-too-many-found");
    }

    @Test
    void anExcerptIsTextWithMarks() {
        when(index.excerpts(any(), any(), any()))
                .thenReturn(Map.of("d", "<script>\uE000mot\uE001</script> & \"mots\" <em>"));
        assertThat(searches.excerpts("1", Set.of("d"), "mot"))
                .containsExactly(
                        Map.entry("d", "&lt;script&gt;<em>mot</em>&lt;/script&gt; &amp; &quot;mots&quot; &lt;em&gt;"));
    }
}
