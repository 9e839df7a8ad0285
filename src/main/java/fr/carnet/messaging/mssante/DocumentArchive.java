package fr.carnet.messaging.mssante;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.carnet.messaging.xdm.CdaEntries;
import fr.carnet.messaging.xdm.Submission;
import fr.carnet.messaging.xdm.XdmDocument;
import fr.carnet.messaging.xdm.XdmWriter;
import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.Concept;
import fr.carnet.validation.UnreadableCda;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;

/** The files of a message as a mail carries them: CDA documents in one IHE_XDM.zip, the others beside it. */
final class DocumentArchive {

    private static final Concept BY_THE_PATIENT =
            new Concept(CodeSystems.TRE_A00, "EXP_PATIENT", "Expression personnelle du patient");

    private final CdaEntries entries;
    private final String sourceId;

    /** @param domain of the patients' addresses: it names this system as a source of documents */
    DocumentArchive(CdaEntries entries, String domain) {
        this.entries = entries;
        this.sourceId = oid(UUID.nameUUIDFromBytes(domain.getBytes(UTF_8)));
    }

    /**
     * The files of a mail.
     *
     * @param id of the lot: the same gives the same archive
     */
    List<MailAttachment> attachments(List<Attachment> enclosed, UUID id, Instant at) {
        List<MailAttachment> attachments = new ArrayList<>();
        List<XdmDocument> documents = new ArrayList<>();
        for (Attachment file : enclosed) {
            Optional<XdmDocument> document = document(file);
            document.ifPresentOrElse(documents::add, () -> attachments.add(plain(file, attachments.size() + 1)));
        }
        if (!documents.isEmpty()) {
            Submission lot = new Submission(oid(id), sourceId, at, BY_THE_PATIENT, Optional.empty(), documents);
            attachments.add(0, new MailAttachment(XdmWriter.FILE_NAME, XdmWriter.MEDIA_TYPE, XdmWriter.write(lot)));
        }
        return attachments;
    }

    static boolean isArchive(MailAttachment attachment) {
        return attachment.name().equals(XdmWriter.FILE_NAME);
    }

    /** Empty for what is no CDA, or one whose type belongs to no class: it goes as a plain file. */
    private Optional<XdmDocument> document(Attachment file) {
        if (!file.getContentType().endsWith("xml")) {
            return Optional.empty();
        }
        try {
            return Optional.of(entries.document(file.getData()));
        } catch (UnreadableCda | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static MailAttachment plain(Attachment file, int number) {
        String suffix = file.getContentType().replaceFirst(".*/", "");
        String name = file.hasTitle() ? MailReader.fileName(file.getTitle()) : "document-" + number + "." + suffix;
        return new MailAttachment(name, file.getContentType(), file.getData());
    }

    private static String oid(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return "2.25." + new BigInteger(1, bytes.array());
    }
}
