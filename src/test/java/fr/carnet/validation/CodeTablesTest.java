package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.CodeSystems;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodeTablesTest {

    private final CodeTables tables = CodeTables.bundled();

    @Test
    void typesAreKnownBySystemAndCode() {
        assertThat(tables.type(CodeSystems.LOINC, "11488-4"))
                .map(Concept::display)
                .contains("CR ou fiche de consultation ou de visite");
        assertThat(tables.type(CodeSystems.TRE_A05, "11488-4")).isEmpty();
        assertThat(tables.isDmpType(CodeSystems.LOINC, "11488-4")).isTrue();
    }

    @Test
    void typesOfCiSisAreNotAllTypesOfTheDmp() {
        assertThat(tables.type(CodeSystems.TRE_A05, "PIECE-IDENTITE")).isPresent();
        assertThat(tables.isDmpType(CodeSystems.TRE_A05, "PIECE-IDENTITE")).isFalse();
    }

    @Test
    void theClassIsThatOfTheDmpTableThenThatOfCiSis() {
        assertThat(tables.classOf(CodeSystems.LOINC, "11369-6"))
                .map(Concept::code)
                .contains("52");
        assertThat(tables.classOf(CodeSystems.LOINC, "10213-7"))
                .map(Concept::code)
                .contains("10");
        assertThat(tables.classOf(CodeSystems.LOINC, "101881-1")).isEmpty();
    }

    @Test
    void theClassOfE1762IsAnOid() {
        Concept expected = tables.classOf(CodeSystems.TRE_A12, "E1762").orElseThrow();
        assertThat(expected.code()).isEqualTo("urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1");
        assertThat(tables.documentClass(expected.system(), expected.code())).isPresent();
    }

    @Test
    void class99IsNoClassOfTheDmp() {
        assertThat(tables.documentClass(CodeSystems.TRE_A03, "99")).isEmpty();
        assertThat(tables.documentClass(CodeSystems.TRE_A03, "95")).isPresent();
    }

    @Test
    void theFormatComesFromTheTemplate() {
        assertThat(tables.formatOf(List.of("1.2.250.1.213.1.1.1.1", "1.2.250.1.213.1.1.1.13"), Optional.empty()))
                .map(Concept::code)
                .contains("urn:asip:ci-sis:vsm:2012");
        assertThat(tables.formatOf(List.of("1.2.250.1.213.1.1.1.59"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void theFormatOfLevelOneComesFromWhatItWraps() {
        List<String> level1 = List.of("1.3.6.1.4.1.19376.1.2.20");
        assertThat(tables.formatOf(level1, Optional.of("application/pdf")))
                .map(Concept::code)
                .contains("urn:ihe:iti:xds-sd:pdf:2008");
        assertThat(tables.formatOf(level1, Optional.of("video/mp4"))).isEmpty();
        assertThat(tables.formatOf(level1, Optional.empty())).isEmpty();
    }

    @Test
    void oidsAndUrisOfCodeSystemsGoBothWays() {
        assertThat(CodeSystems.uriOf("1.2.250.1.213.1.1.4.12")).isEqualTo(CodeSystems.TRE_A05);
        assertThat(CodeSystems.oidOf(CodeSystems.TRE_A05)).contains("1.2.250.1.213.1.1.4.12");
        assertThat(CodeSystems.uriOf("1.2.3")).isEqualTo("urn:oid:1.2.3");
        assertThat(CodeSystems.oidOf("urn:oid:1.2.3")).contains("1.2.3");
        assertThat(CodeSystems.oidOf(CodeSystems.TRE_A08)).contains("2.16.840.1.113883.5.25");
        assertThat(CodeSystems.oidOf("http://example.org")).isEmpty();
    }
}
