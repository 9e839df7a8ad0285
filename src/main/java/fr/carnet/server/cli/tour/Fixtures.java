package fr.carnet.server.cli.tour;

import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The documents of the tour, fictional, with fresh ids each time. */
final class Fixtures {

    private static final DateTimeFormatter CDA_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");
    private final OffsetDateTime creation;

    Fixtures(Instant now) {
        creation = now.minus(10, ChronoUnit.MINUTES)
                .truncatedTo(ChronoUnit.SECONDS)
                .atOffset(ZoneOffset.UTC);
    }

    /** Medical synthesis of alice by dr-martin, CDA. */
    Document vsm() throws IOException {
        UniqueId id = UniqueId.random();
        String cda = resource("vsm.xml").replace("{{id}}", id.oid()).replace("{{time}}", CDA_TIME.format(creation));
        return new Document(id, Document.Kind.VSM, creation, cda.getBytes(StandardCharsets.UTF_8));
    }

    Document psychiatricSynthesis() throws IOException {
        return pdf(Document.Kind.PSYCHIATRIC_SYNTHESIS, "Synthese psychiatrique de demonstration");
    }

    Document consultationReport() throws IOException {
        return pdf(Document.Kind.CONSULTATION, "Compte rendu de consultation de demonstration");
    }

    /** The id in the text: two documents never have the same bytes (R123). */
    private Document pdf(Document.Kind kind, String title) throws IOException {
        UniqueId id = UniqueId.random();
        String text = resource("page.pdf").replace("{{title}}", title).replace("{{id}}", id.oid());
        return new Document(id, kind, creation, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Fixtures.class.getResourceAsStream("/tour/" + name)) {
            if (in == null) {
                throw new IOException("tour/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
