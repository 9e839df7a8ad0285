package fr.carnet.messaging.xdm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Digest;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.validation.Concept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class XdmWriterTest {

    private static final Ins PATIENT = new Ins(InsDomain.TEST, "284057505601204");

    @Test
    void archiveHasTheLayoutOfTheProfile() {
        byte[] archive = Archives.of(Archives.cda("vsm"));

        assertThat(Archives.files(archive).keySet())
                .containsExactly("INDEX.HTM", "README.TXT", Archives.METADATA, Archives.DOCUMENT);
    }

    @Test
    void sameSubmissionGivesTheSameBytes() {
        assertThat(Archives.of(Archives.cda("vsm"))).isEqualTo(Archives.of(Archives.cda("vsm")));
    }

    @Test
    void metadataSayWhatTheHeaderOfTheDocumentSays() throws UnreadableXdm {
        byte[] cda = Archives.cda("vsm");

        DocumentEntry entry =
                XdmReader.read(Archives.of(cda), Archives.LIMITS).get(0).entry();

        assertThat(entry.patient()).isEqualTo(PATIENT);
        assertThat(entry.type().system()).isEqualTo(CodeSystems.TRE_A05);
        assertThat(entry.documentClass().system()).isEqualTo(CodeSystems.TRE_A03);
        assertThat(entry.size()).isEqualTo(cda.length);
        assertThat(entry.authors()).isNotEmpty();
        assertThat(entry.confidentiality()).extracting(Concept::code).contains("N");
    }

    @Test
    void pagesNameNoPatient() {
        var files = Archives.files(Archives.of(Archives.cda("vsm")));

        assertThat(new String(files.get("INDEX.HTM"), UTF_8))
                .contains("DOC00001.XML")
                .doesNotContain(PATIENT.value(), "MOREAU");
        assertThat(new String(files.get("README.TXT"), UTF_8)).doesNotContain(PATIENT.value(), "MOREAU");
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("submissions") Submission submission) throws UnreadableXdm {
        byte[] archive = XdmWriter.write(submission);

        assertThat(XdmReader.read(archive, Archives.LIMITS)).isEqualTo(submission.documents());
    }

    @Provide
    Arbitrary<Submission> submissions() {
        return documents()
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> Archives.submission(list.toArray(XdmDocument[]::new)));
    }

    private static Arbitrary<XdmDocument> documents() {
        Arbitrary<byte[]> contents = Arbitraries.bytes().array(byte[].class).ofMaxSize(500);
        return Combinators.combine(
                        contents, texts(), times(), concepts(), authors().list().ofMaxSize(2))
                .as(XdmWriterTest::document);
    }

    private static XdmDocument document(
            byte[] content, String title, Optional<Instant> start, Concept concept, List<EntryAuthor> authors) {
        List<Concept> concepts = new ArrayList<>(List.of(concept));
        DocumentEntry entry = new DocumentEntry(
                "2.25." + Math.abs((long) title.hashCode()),
                "application/pdf",
                Digest.SHA_1.hex(content),
                content.length,
                title,
                "fr-FR",
                Instant.parse("2026-03-10T10:00:00Z"),
                start,
                start.map(s -> s.plusSeconds(60)),
                concept,
                concept,
                concept,
                start.map(s -> concept),
                Optional.of(concept),
                concepts,
                start.isPresent() ? concepts : List.of(),
                PATIENT,
                authors);
        return new XdmDocument(entry, content);
    }

    private static Arbitrary<Optional<Instant>> times() {
        return Arbitraries.longs()
                .between(0, 4_000_000_000L)
                .map(Instant::ofEpochSecond)
                .optional();
    }

    private static Arbitrary<Concept> concepts() {
        Arbitrary<String> systems = Arbitraries.of(CodeSystems.LOINC, CodeSystems.TRE_A05, "urn:oid:1.2.3.4", "URN");
        Arbitrary<String> codes =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
        return Combinators.combine(systems, codes, texts()).as(Concept::new);
    }

    private static Arbitrary<EntryAuthor> authors() {
        Arbitrary<EntryAuthor.Person> persons = Combinators.combine(texts(), texts(), texts())
                .as((id, family, given) -> new EntryAuthor.Person(id + "8", "1.2.250.1.71.4.2.1", family, given));
        Arbitrary<EntryAuthor.Structure> structures =
                texts().map(name -> new EntryAuthor.Structure("1750000001", "1.2.250.1.71.4.2.2", name));
        return Combinators.combine(persons.optional(), structures.optional())
                .as((person, structure) -> new EntryAuthor(person, structure, Optional.empty()));
    }

    /** Printable text without white space at its ends, with the delimiters of HL7 v2 and XML. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abcXYZ éèÉœ'’\"<>&^~|\\/ESTRF0123")
                .ofMaxLength(30)
                .map(String::strip);
    }
}
