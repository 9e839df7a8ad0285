package fr.carnet.server.flow;

import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Ins;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/** The cast of the sandbox and the types of documents, read from the tables that the server itself loads. */
final class Characters {

    private static final List<Map<String, String>> PATIENTS = table("/sandbox/patients.tsv");
    private static final List<Map<String, String>> ACTORS = table("/sandbox/actors.tsv");
    private static final List<Map<String, String>> STRUCTURES = table("/sandbox/structures.tsv");
    private static final List<Map<String, String>> TYPES = table("/terminology/type_class.tsv");

    private Characters() {}

    static Person patient(String id) {
        Map<String, String> row = row(PATIENTS, "id", id);
        return new Person(
                Ins.of(row.get("ins_oid"), row.get("ins")),
                row.get("birth_name"),
                row.get("first_given"),
                row.get("birth_givens"),
                row.get("birth_date"),
                AdministrativeGender.fromCode(row.get("gender")),
                row.get("birth_place_cog"));
    }

    /** Ids of the whole cast. */
    static List<String> actors() {
        return ACTORS.stream().map(row -> row.get("id")).toList();
    }

    /** idNat_PS of a professional of the cast. */
    static String idNatPs(String actor) {
        return row(ACTORS, "id", actor).get("id_nat_ps");
    }

    /** A professional of the cast as author; anybody else deposits for dr-martin. */
    static Depositor author(String actor) {
        Map<String, String> row = row(ACTORS, "id", actor);
        if (!row.get("kind").equals("professional") || !row.get("profession").equals("10")) {
            return actor.equals("dr-martin") ? Depositor.DR_MARTIN : structureOf(row, Depositor.DR_MARTIN);
        }
        return new Depositor(
                row.get("id_nat_ps"),
                row.get("family"),
                row.get("given"),
                row.get("specialty_or_section"),
                structure(row).get("id_nat_struct"),
                structure(row).get("name"));
    }

    private static Depositor structureOf(Map<String, String> actor, Depositor author) {
        return Optional.of(actor.get("structure"))
                .filter(s -> !s.isEmpty())
                .map(s -> structure(actor))
                .map(structure -> new Depositor(
                        author.idNatPs(),
                        author.family(),
                        author.given(),
                        author.specialty(),
                        structure.get("id_nat_struct"),
                        structure.get("name")))
                .orElse(author);
    }

    private static Map<String, String> structure(Map<String, String> actor) {
        return row(STRUCTURES, "id", actor.get("structure"));
    }

    /** A PDF of this type, of the class that the tables give it unless another is named. */
    static Document.Kind kind(String type, Optional<String> category) {
        Map<String, String> row = TYPES.stream()
                .filter(t -> t.get("typeCode").equals(type))
                .findFirst()
                .orElseGet(() -> Map.of("type_system", CodeSystems.LOINC, "classCode", "10"));
        return new Document.Kind(
                row.get("type_system"),
                type,
                category.orElse(row.get("classCode")),
                CodeSystems.IHE_FORMAT_CODE,
                "urn:ihe:iti:xds-sd:pdf:2008",
                "application/pdf",
                "Document");
    }

    private static Map<String, String> row(List<Map<String, String>> table, String column, String value) {
        return table.stream()
                .filter(row -> row.get(column).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + value));
    }

    private static List<Map<String, String>> table(String resource) {
        try (InputStream in = Characters.class.getResourceAsStream(resource)) {
            List<List<String>> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .toList();
            return lines.stream()
                    .skip(1)
                    .map(cells -> named(lines.get(0), cells))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> named(List<String> header, List<String> cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            row.put(header.get(i), i < cells.size() ? cells.get(i) : "");
        }
        return row;
    }
}
