package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/**
 * Patients and documents that are always the same for the same numbers.
 *
 * @param patients how many patients are searched and read; further ones receive what ITI-65 deposits
 * @param documents documents of each
 * @param size bytes of a document
 * @param worded true if documents are pages of words, false if they are noise
 */
record DataSet(int patients, int documents, int size, boolean worded) {

    private static final int SMALLEST = 64;
    private static final int MUNICIPALITIES = 900;
    private static final int ORDERS = 999;
    private static final int MOST = MUNICIPALITIES * ORDERS;
    private static final int KEY_MODULUS = 97;
    private static final String PDF = "%PDF-1.4\n";
    private static final byte[] END = "\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    DataSet {
        int smallest = worded ? Prose.SMALLEST : SMALLEST;
        if (patients < 1 || patients > MOST / 2 || documents < 1 || size < smallest) {
            throw new IllegalArgumentException("patients 1.." + MOST / 2 + ", documents from 1, size from " + smallest);
        }
    }

    /** Patients that receive what the workload ITI-65 deposits, so that searches keep their number of hits. */
    int depositPatients() {
        return Math.max(10, patients / 10);
    }

    /**
     * A synthetic person with a valid matricule of the test domain.
     *
     * @param index from 0; {@code patients} and above are those of ITI-65
     */
    Person person(int index) {
        boolean woman = index % 2 == 0;
        int year = 30 + index % 70;
        int month = 1 + index % 12;
        int day = 1 + index % 28;
        int municipality = 1 + index / ORDERS;
        String place = String.format("75%03d", municipality);
        String number = String.format("%d%02d%02d%s%03d", woman ? 2 : 1, year, month, place, 1 + index % ORDERS);
        return new Person(
                new Ins(InsDomain.TEST, number + key(number)),
                "BANC " + letters(index),
                woman ? "JEANNE" : "JEAN",
                woman ? "JEANNE MARIE" : "JEAN PAUL",
                String.format("19%02d-%02d-%02d", year, month, day),
                woman ? AdministrativeGender.FEMALE : AdministrativeGender.MALE,
                place);
    }

    /** uniqueId of a document of the loaded set. */
    UniqueId document(int patient, int document) {
        return UniqueId.named("banc/document/" + (worded ? "mots/" : "") + size + "/" + patient + "/" + document);
    }

    /** How many documents of a patient hold this word. */
    int about(int patient, String topic) {
        return (int) IntStream.range(0, documents)
                .filter(document -> Prose.topic(document(patient, document)).equals(topic))
                .count();
    }

    /** uniqueId of the lot that brings it. */
    UniqueId lot(int patient, int document) {
        return UniqueId.named("banc/lot/" + (worded ? "mots/" : "") + size + "/" + patient + "/" + document);
    }

    /** A PDF of words, or incompressible bytes that begin like a PDF; they differ from document to document. */
    byte[] content(UniqueId id) {
        return worded ? Prose.pdf(id, size) : noise(id);
    }

    private byte[] noise(UniqueId id) {
        byte[] bytes = Noise.of(size);
        byte[] head = (PDF + "% " + id.oid() + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
        if (bytes.length > head.length + END.length) {
            System.arraycopy(END, 0, bytes, bytes.length - END.length, END.length);
        }
        return bytes;
    }

    /** Key of a matricule: 97 − N mod 97, on two digits (R2). */
    static String key(String number) {
        return String.format("%02d", KEY_MODULUS - Long.parseLong(number) % KEY_MODULUS);
    }

    private static String letters(int index) {
        var letters = new StringBuilder();
        for (int rest = index; letters.isEmpty() || rest > 0; rest /= 26) {
            letters.append((char) ('A' + rest % 26));
        }
        return letters.toString();
    }

    /** Made once for each size: the generator must not cost more than what it measures. */
    private static final class Noise {

        private static byte[] made = new byte[0];

        private static synchronized byte[] of(int size) {
            if (made.length != size) {
                made = new byte[size];
                new SplittableRandom(1).nextBytes(made);
            }
            return made.clone();
        }
    }
}
