package fr.carnet.server.flow;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * A faulty lot as data: what is changed of a sound one, and what is said of it.
 *
 * @param name of the fault, in words
 * @param base {@code cda}, {@code level1} or {@code pdf}
 * @param document edits of the document: what is there and what comes in its place, in pairs
 * @param pad bytes put behind the document
 * @param folder the lot has a folder, as entry 3
 * @param mhd it claims the profiles of MHD alone
 * @param repeat how often its last entry is there
 * @param multiply an array whose first element is repeated; null for none
 * @param nest depth of extensions within each other
 * @param describe length of the description
 * @param lot JSON Patch of the lot
 * @param status of the answer
 * @param findings that must be told; others may be
 */
record NegativeCase(
        String name,
        String base,
        List<String> document,
        int pad,
        boolean folder,
        boolean mhd,
        int repeat,
        Multiply multiply,
        int nest,
        int describe,
        List<ObjectNode> lot,
        int status,
        List<String> findings) {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String MHD =
            "https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.Comprehensive.ProvideBundle";

    NegativeCase {
        base = base == null ? "cda" : base;
        document = document == null ? List.of() : List.copyOf(document);
        lot = lot == null ? List.of() : List.copyOf(lot);
        if (findings == null || findings.isEmpty() || status == 0) {
            throw new IllegalArgumentException(name + " does not say what is expected");
        }
    }

    /** All of them, in order. */
    static List<NegativeCase> all() {
        try (InputStream in = NegativeCase.class.getResourceAsStream("/negative/lots.yaml")) {
            return YAML.readValue(in, new TypeReference<List<NegativeCase>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must be told. */
    List<Expected> expected() {
        return findings.stream().map(Expected::of).toList();
    }

    /**
     * A lot with the fault, and identifiers of its own.
     *
     * @param stored id of a document that it may replace
     * @param replaced its uniqueId
     */
    byte[] bundle(String stored, UniqueId replaced) {
        Bundle bundle = Scene.lot(Scene.ALICE, content(replaced));
        if (folder) {
            Folders.add(bundle);
        }
        if (mhd) {
            bundle.getMeta().getProfile().get(0).setValue(MHD);
            bundle.getEntry().forEach(entry -> entry.getResource().setMeta(null));
        }
        for (int i = 1; i < repeat; i++) {
            bundle.addEntry(bundle.getEntry().get(bundle.getEntry().size() - 1).copy());
        }
        try {
            String operations = JSON.writeValueAsString(lot)
                    .replace("{{stored}}", stored)
                    .replace("{{other}}", Scene.BRUNO.ins().token());
            JsonNode patched = JSON.readTree(FHIR.newJsonParser().encodeResourceToString(bundle));
            JSON.readTree(operations).forEach(operation -> JsonEdit.apply(patched, operation));
            swell(patched);
            return JSON.writeValueAsBytes(patched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void swell(JsonNode bundle) {
        if (multiply != null) {
            ArrayNode array = (ArrayNode) bundle.at(multiply.path());
            for (int i = 1; i < multiply.times(); i++) {
                array.add(array.get(0));
            }
        }
        if (!(bundle.at("/entry/1/resource") instanceof ObjectNode metadata)) {
            return;
        }
        if (describe > 0) {
            metadata.put("description", "x".repeat(describe));
        }
        ObjectNode outer = metadata;
        for (int i = 0; i < nest; i++) {
            outer = outer.putArray("extension").addObject().put("url", "urn:x");
        }
        if (nest > 0) {
            outer.put("valueString", "x");
        }
    }

    private Document content(UniqueId replaced) {
        List<String> edits = document.stream()
                .map(edit -> edit.replace("{{replaced}}", replaced.oid()))
                .toList();
        Document sound =
                switch (base) {
                    case "cda" -> Scene.synthesis(edits.toArray(String[]::new));
                    case "pdf" -> edited(Scene.document());
                    case "level1" -> Scene.levelOne(document.toArray(String[]::new));
                    default -> throw new IllegalArgumentException(name + " has an unknown base");
                };
        if (pad == 0) {
            return sound;
        }
        byte[] bytes = Arrays.copyOf(sound.content(), sound.content().length + pad);
        return Scene.with(bytes, sound);
    }

    private Document edited(Document pdf) {
        String text = new String(pdf.content(), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < document.size(); i += 2) {
            text = text.replace(document.get(i), document.get(i + 1));
        }
        return Scene.with(text.getBytes(StandardCharsets.ISO_8859_1), pdf);
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * An array that is too long.
     *
     * @param path JSON Pointer
     * @param times how often its first element is there
     */
    record Multiply(String path, int times) {}

    /**
     * A finding.
     *
     * @param severity error or warning
     * @param code rule, constraint or error code
     * @param expression FHIRPath
     * @param key of the sentence
     */
    record Expected(String severity, String code, String expression, String key) {

        static Expected of(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 4) {
                throw new IllegalArgumentException("severity code expression key: " + line);
            }
            return new Expected(words[0], words[1], words[2], words[3]);
        }

        /** As {@link Scene#issues} tells it. */
        String issue() {
            return severity + " " + code + " " + expression;
        }
    }
}
