package fr.carnet.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetTest {

    private final DataSet set = new DataSet(2000, 3, 1000, false);

    @ParameterizedTest
    @CsvSource({"2790351215189,89", "2770763220829,10", "1240188524933,34"})
    void keyIsThatOfTheMatricule(String number, String key) {
        assertThat(DataSet.key(number)).isEqualTo(key);
    }

    @Test
    void everyPatientHasAMatriculeOfHisOwn() {
        // the constructor of Ins refuses a wrong key or shape
        assertThat(IntStream.range(0, 2200).mapToObj(i -> set.person(i).ins())).doesNotHaveDuplicates();
    }

    @Test
    void dataSetIsTheSameEachTime() {
        var again = new DataSet(2000, 3, 1000, false);
        assertThat(again.person(17)).isEqualTo(set.person(17));
        assertThat(again.document(4, 2)).isEqualTo(set.document(4, 2));
        assertThat(again.content(set.document(4, 2))).isEqualTo(set.content(set.document(4, 2)));
    }

    @Test
    void documentsDifferAndHaveTheSizeAskedFor() {
        UniqueId one = set.document(0, 0);
        UniqueId other = set.document(0, 1);
        assertThat(one).isNotEqualTo(other).isNotEqualTo(set.lot(0, 0));
        assertThat(set.content(one)).hasSize(1000).isNotEqualTo(set.content(other));
        assertThat(new String(set.content(one), StandardCharsets.ISO_8859_1)).startsWith("%PDF-1.4");
    }

    @Test
    void documentsOfWordsCanBeReadAndHaveTheSizeAskedFor() throws IOException {
        var worded = new DataSet(10, 20, 40_000, true);
        UniqueId id = worded.document(3, 7);
        byte[] content = worded.content(id);
        assertThat(content).hasSize(40_000).isEqualTo(worded.content(id));
        try (PDDocument pdf = Loader.loadPDF(content)) {
            String text = new PDFTextStripper().getText(pdf);
            assertThat(text).contains(Prose.topic(id), Prose.EVERYWHERE).hasSizeGreaterThan(20_000);
            assertThat(new HashSet<>(List.of(text.split("\\s+", -1)))).hasSizeGreaterThan(500);
        }
        int all = IntStream.range(0, 4)
                .map(topic -> worded.about(3, "theme" + topic))
                .sum();
        assertThat(all).isEqualTo(20);
        assertThatThrownBy(() -> new DataSet(1, 1, 1000, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptySetsAreRefused() {
        assertThatThrownBy(() -> new DataSet(0, 1, 1000, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataSet(1, 0, 1000, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
