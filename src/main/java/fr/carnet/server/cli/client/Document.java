package fr.carnet.server.cli.client;

import fr.carnet.shared.Digest;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;

/** A document to be published: bytes and what they are. */
public final class Document {

    private final UniqueId id;
    private final Kind kind;
    private final OffsetDateTime creation;
    private final byte[] content;

    /**
     * @param id uniqueId
     * @param kind what it is
     * @param creation when it was made; also the start of the care it tells of
     * @param content raw bytes
     */
    public Document(UniqueId id, Kind kind, OffsetDateTime creation, byte[] content) {
        this.id = id;
        this.kind = kind;
        this.creation = creation.truncatedTo(ChronoUnit.SECONDS);
        this.content = content.clone();
    }

    /**
     * What a document is.
     *
     * @param typeSystem code system of the type
     * @param typeCode type
     * @param classCode class, TRE_A03
     * @param formatSystem code system of the format
     * @param formatCode format
     * @param mediaType of the bytes
     * @param title for people
     */
    public record Kind(
            String typeSystem,
            String typeCode,
            String classCode,
            String formatSystem,
            String formatCode,
            String mediaType,
            String title) {

        /** Volet de synthèse médicale, CDA. */
        public static final Kind VSM = new Kind(
                CodeSystems.TYPE,
                "SYNTH",
                "11",
                CodeSystems.FORMAT,
                "urn:asip:ci-sis:vsm:2012",
                "text/xml",
                "Synthèse médicale");

        /** Report of a consultation, PDF. */
        public static final Kind CONSULTATION = pdf("11488-4", "10", "Compte rendu de consultation");

        /** Psychiatric synthesis, PDF: refused by the matrix to pharmacists and nurses. */
        public static final Kind PSYCHIATRIC_SYNTHESIS = pdf("68599-0", "11", "Synthèse psychiatrique");

        private static Kind pdf(String loinc, String classCode, String title) {
            return new Kind(
                    CodeSystems.LOINC,
                    loinc,
                    classCode,
                    CodeSystems.IHE_FORMAT,
                    "urn:ihe:iti:xds-sd:pdf:2008",
                    "application/pdf",
                    title);
        }

        Coding type() {
            return new Coding().setSystem(typeSystem).setCode(typeCode);
        }

        Coding category() {
            return new Coding().setSystem(CodeSystems.CLASS).setCode(classCode);
        }

        Coding format() {
            return new Coding().setSystem(formatSystem).setCode(formatCode);
        }
    }

    /** uniqueId. */
    public UniqueId id() {
        return id;
    }

    /** Raw bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    DateTimeType created() {
        return new DateTimeType(Date.from(creation.toInstant()));
    }

    /** {@code Attachment} with size, SHA-1 hash and the URL of the bytes inside the bundle. */
    Attachment attachment(String url) {
        return new Attachment()
                .setContentType(kind.mediaType)
                .setLanguage("fr-FR")
                .setUrl(url)
                .setSize(content.length)
                .setHash(sha1(content))
                .setTitle(kind.title)
                .setCreationElement(created());
    }

    /** SHA-1 as {@code Attachment.hash} wants it, raw. */
    public static byte[] sha1(byte[] bytes) {
        return Digest.SHA_1.of(bytes);
    }
}
