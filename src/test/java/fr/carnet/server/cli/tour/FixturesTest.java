package fr.carnet.server.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class FixturesTest {

    private static final Person PATIENT = Holder.ALICE.person();

    private final Fixtures fixtures = new Fixtures(Instant.parse("2026-11-21T10:10:00Z"));

    @Test
    void headerOfTheSynthesisAgreesWithItsMetadata() throws Exception {
        Document vsm = fixtures.vsm();
        assertThat(header(vsm, "/ClinicalDocument/id/@root")).isEqualTo(vsm.id().oid());
        assertThat(header(vsm, "/ClinicalDocument/effectiveTime/@value")).isEqualTo("20261121100000+0000");
        assertThat(header(vsm, "//patientRole/id/@extension"))
                .isEqualTo(PATIENT.ins().value());
        assertThat(header(vsm, "//patientRole/id/@root"))
                .isEqualTo(PATIENT.ins().domain().oid());
        assertThat(header(vsm, "//patientRole//family[@qualifier='BR']")).isEqualTo(PATIENT.birthName());
        assertThat(header(vsm, "//patientRole//given[not(@qualifier)]")).isEqualTo(PATIENT.birthGivens());
        assertThat(header(vsm, "//birthTime/@value"))
                .isEqualTo(PATIENT.birthDate().replace("-", ""));
        assertThat(header(vsm, "//birthplace//county")).isEqualTo(PATIENT.birthPlace());
    }

    @Test
    void eachRunPublishesNewDocuments() throws IOException {
        assertThat(fixtures.vsm().id()).isNotEqualTo(fixtures.vsm().id());
        assertThat(fixtures.consultationReport().content())
                .isNotEqualTo(fixtures.consultationReport().content());
    }

    @Test
    void nothingIsLeftToFillIn() throws IOException {
        for (Document document :
                new Document[] {fixtures.vsm(), fixtures.psychiatricSynthesis(), fixtures.consultationReport()}) {
            assertThat(new String(document.content(), StandardCharsets.UTF_8)).doesNotContain("{{");
        }
    }

    private static String header(Document cda, String path)
            throws ParserConfigurationException, IOException, SAXException, XPathExpressionException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        var parsed = factory.newDocumentBuilder().parse(new ByteArrayInputStream(cda.content()));
        return XPathFactory.newInstance().newXPath().evaluate(path, parsed);
    }
}
