package fr.carnet.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.server.cli.client.UniqueId;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetTest {

    private final DataSet set = new DataSet(2000, 3, 1000);

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
        var again = new DataSet(2000, 3, 1000);
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
    void emptySetsAreRefused() {
        assertThatThrownBy(() -> new DataSet(0, 1, 1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataSet(1, 0, 1000)).isInstanceOf(IllegalArgumentException.class);
    }
}
