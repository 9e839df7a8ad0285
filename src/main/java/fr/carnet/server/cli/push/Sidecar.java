package fr.carnet.server.cli.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.cli.push.SourceFile.Unusable;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.StructureId;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CdaHeader.Author;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CdaHeader.Event;
import fr.carnet.validation.CdaHeader.Structure;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Concept;
import fr.carnet.validation.SubmissionBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a PDF in the JSON file beside it.
 *
 * @param type code of the document type, e.g. {@code 11488-4}
 * @param title title
 * @param created when it was made, ISO 8601 with offset; the start of the period when absent
 * @param confidentiality N, R or V; N when absent
 * @param facility kind of facility (JDV_J02), e.g. {@code SA07}
 * @param setting frame of exercise (JDV_J04), e.g. {@code AMBULATOIRE}
 * @param ins matricule
 * @param patient strict traits
 * @param author the professional
 * @param period of the care
 */
record Sidecar(
        String type,
        String title,
        String created,
        String confidentiality,
        String facility,
        String setting,
        Matricule ins,
        Traits patient,
        Professional author,
        Span period) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    record Matricule(String oid, String value) {}

    record Traits(
            String birthFamily,
            String firstGiven,
            String birthGivens,
            String birthDate,
            String gender,
            String birthPlace) {}

    record Professional(
            String id, String family, String given, String speciality, String structure, String structureName) {}

    record Span(String start, String end) {}

    /** What the header of the document would say, were it a CDA; its identifier is derived from its bytes. */
    static CdaHeader read(Path sidecar, byte[] content, CodeTables tables) throws Unusable, IOException {
        if (!Arrays.equals(PDF, Arrays.copyOf(content, PDF.length))) {
            throw new Unusable("push.no-pdf");
        }
        String name = sidecar.getFileName().toString();
        try {
            return JSON.readValue(Files.readAllBytes(sidecar), Sidecar.class).header(content, tables, name);
        } catch (JsonProcessingException e) {
            throw new Unusable("push.bad-sidecar", name);
        }
    }

    private CdaHeader header(byte[] content, CodeTables tables, String name) throws Unusable {
        Span span = present(period, "period", name);
        OffsetDateTime start = time(span.start, "period.start", name);
        Structure structure = structure(name);
        Optional<OffsetDateTime> end =
                span.end == null ? Optional.empty() : Optional.of(time(span.end, "period.end", name));
        return new CdaHeader(
                SubmissionBundles.idOf(content),
                known(tables.type(present(type, "type", name)), "type", name),
                Optional.of(present(title, "title", name)),
                created == null ? start : time(created, "created", name),
                Optional.of("fr-FR"),
                Optional.of(new Concept(
                        CodeSystems.CONFIDENTIALITY,
                        Optional.ofNullable(confidentiality).orElse("N"),
                        "")),
                Optional.empty(),
                Optional.empty(),
                patient(name),
                List.of(professional(structure, tables, name)),
                Optional.empty(),
                Optional.of(structure),
                List.of(new Event(Optional.empty(), Optional.of(start), end)),
                Optional.of(known(tables.facilityType(present(facility, "facility", name)), "facility", name)),
                Optional.of(known(tables.practiceSetting(present(setting, "setting", name)), "setting", name)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false);
    }

    private CdaHeader.Patient patient(String name) throws Unusable {
        Matricule matricule = present(ins, "ins", name);
        Traits traits = present(patient, "patient", name);
        try {
            Ins valid = Ins.of(matricule.oid, matricule.value);
            return new CdaHeader.Patient(
                    List.of(new DocumentId(valid.domain().oid(), Optional.of(valid.value()))),
                    Optional.of(present(traits.birthFamily, "patient.birthFamily", name)),
                    Optional.empty(),
                    Optional.of(present(traits.firstGiven, "patient.firstGiven", name)),
                    Optional.ofNullable(traits.birthGivens),
                    Optional.empty(),
                    Optional.of(LocalDate.parse(present(traits.birthDate, "patient.birthDate", name))),
                    Optional.of(gender(present(traits.gender, "patient.gender", name), name)),
                    Optional.of(present(traits.birthPlace, "patient.birthPlace", name)));
        } catch (Ins.InvalidIns e) {
            throw new Unusable("push.sidecar-field", "ins", name);
        } catch (DateTimeException e) {
            throw new Unusable("push.sidecar-field", "patient.birthDate", name);
        }
    }

    private static String gender(String gender, String name) throws Unusable {
        if (!List.of("male", "female", "unknown").contains(gender)) {
            throw new Unusable("push.sidecar-field", "patient.gender", name);
        }
        return gender;
    }

    private Author professional(Structure structure, CodeTables tables, String name) throws Unusable {
        String id = present(author.id, "author.id", name);
        Optional<Concept> speciality = author.speciality == null
                ? Optional.empty()
                : Optional.of(known(tables.speciality(author.speciality), "author.speciality", name));
        return new Author(
                Optional.of(new DocumentId(oid(IdNatPs.SYSTEM), Optional.of(id))),
                Optional.of(present(author.family, "author.family", name)),
                Optional.ofNullable(author.given),
                Optional.empty(),
                speciality,
                Optional.of(structure));
    }

    private Structure structure(String name) throws Unusable {
        String id = present(present(author, "author", name).structure, "author.structure", name);
        return new Structure(
                new DocumentId(oid(StructureId.SYSTEM), Optional.of(id)), Optional.ofNullable(author.structureName));
    }

    private static String oid(String system) {
        return system.substring("urn:oid:".length());
    }

    private static OffsetDateTime time(String value, String field, String name) throws Unusable {
        try {
            return OffsetDateTime.parse(present(value, field, name));
        } catch (DateTimeException e) {
            throw new Unusable("push.sidecar-field", field, name);
        }
    }

    private static <T> T present(T value, String field, String name) throws Unusable {
        if (value == null || value.toString().isBlank()) {
            throw new Unusable("push.sidecar-field", field, name);
        }
        return value;
    }

    private static Concept known(Optional<Concept> concept, String field, String name) throws Unusable {
        return concept.orElseThrow(() -> new Unusable("push.sidecar-field", field, name));
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Sidecar[" + type + "]";
    }
}
