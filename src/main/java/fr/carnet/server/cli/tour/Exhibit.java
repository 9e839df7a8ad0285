package fr.carnet.server.cli.tour;

import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.server.cli.push.SourceFile;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.SubmissionBundles;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;

/** A document that the tour shows: the lot that publishes it, and what it is recognised by afterwards. */
final class Exhibit {

    private static final String SYNTHESIS = "SYNTH";

    private final Bundle lot;
    private final DocumentId id;
    private final byte[] content;
    private final boolean synthesis;

    private Exhibit(Bundle lot, DocumentId id, byte[] content, boolean synthesis) {
        this.lot = lot;
        this.id = id;
        this.content = content;
        this.synthesis = synthesis;
    }

    /** A document of the tour's own, in a new lot. */
    static Exhibit of(Holder holder, Document document) {
        Bundle lot = new Lot(UniqueId.random(), holder.person(), Depositor.DR_MARTIN, document).bundle();
        var id = new DocumentId(document.id().oid(), Optional.empty());
        return new Exhibit(lot, id, document.content(), document.kind().equals(Document.Kind.VSM));
    }

    /** A file, in the lot that {@code push} would send: the same one each time (R124). */
    static Exhibit of(SourceFile file, CodeTables tables, Instant now) {
        Bundle lot = new SubmissionBundles(tables)
                .bundle(file.header(), file.content(), file.mediaType(), Optional.empty(), now);
        return new Exhibit(lot, file.header().id(), file.content(), isSynthesis(file));
    }

    /** True for a volet de synthèse médicale. */
    static boolean isSynthesis(SourceFile file) {
        return file.header().type().code().equals(SYNTHESIS);
    }

    Bundle lot() {
        return lot;
    }

    /** uniqueId. */
    DocumentId id() {
        return id;
    }

    /** Raw bytes. */
    byte[] content() {
        return content.clone();
    }

    /** Key of what the tour calls it. */
    String label() {
        return synthesis ? "tour.the-synthesis" : "tour.the-document";
    }
}
