package fr.carnet.validation;

import fr.carnet.shared.IdNatPs;
import fr.carnet.validation.CdaHeader.Author;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CdaHeader.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;

/**
 * Who made the document, when, in which language and format: what the metadata say against what the header says (ANS mapping
 * of the CDA header). An author of the metadata who is none of the document's is refused, for authors have rights (R127).
 */
final class HeaderAgreement {

    private static final String RULE = "cda-header";

    private final CodeTables tables;
    private final SubmittedDocument document;
    private final CdaHeader header;
    private final Findings findings;

    HeaderAgreement(CodeTables tables, SubmittedDocument document, CdaHeader header, Findings findings) {
        this.tables = tables;
        this.document = document;
        this.header = header;
        this.findings = findings;
    }

    void check() {
        authors();
        dates();
        language();
        format();
    }

    private void authors() {
        DocumentReference metadata = document.reference();
        Set<String> ofHeader = professionals();
        Set<String> ofMetadata = new HashSet<>();
        for (int i = 0; i < metadata.getAuthor().size(); i++) {
            List<String> ids = professionals(metadata, metadata.getAuthor().get(i));
            ofMetadata.addAll(ids);
            if (!ids.isEmpty() && ids.stream().noneMatch(ofHeader::contains)) {
                findings.error(document.path() + ".author[" + i + "]", RULE, "cda-author-unknown");
            }
        }
        boolean missing = header.authors().stream()
                .flatMap(HeaderAgreement::professional)
                .anyMatch(id -> !ofMetadata.contains(id));
        if (missing && !ofMetadata.isEmpty()) {
            findings.warn(document.path() + ".author", RULE, "cda-author-missing");
        }
    }

    /** Professionals among the authors; where a device is the only one, whoever answers for the document. */
    private Set<String> professionals() {
        Set<String> ids = new HashSet<>();
        header.authors().stream().flatMap(HeaderAgreement::professional).forEach(ids::add);
        if (ids.isEmpty()) {
            header.legalAuthenticator().stream()
                    .flatMap(HeaderAgreement::professional)
                    .forEach(ids::add);
        }
        return ids;
    }

    private static Stream<String> professional(Author author) {
        return author.id().filter(id -> IdNatPs.SYSTEM.equals(id.system())).map(DocumentId::value).stream();
    }

    private static List<String> professionals(DocumentReference holder, Reference author) {
        List<Identifier> identifiers = new ArrayList<>();
        if (author.hasIdentifier()) {
            identifiers.add(author.getIdentifier());
        }
        Contained.find(holder, author).ifPresent(resource -> {
            if (resource instanceof PractitionerRole role) {
                identifiers.addAll(role.getIdentifier());
                Contained.find(holder, role.getPractitioner())
                        .filter(Practitioner.class::isInstance)
                        .ifPresent(p -> identifiers.addAll(((Practitioner) p).getIdentifier()));
            } else if (resource instanceof Practitioner practitioner) {
                identifiers.addAll(practitioner.getIdentifier());
            }
        });
        return identifiers.stream()
                .filter(i -> IdNatPs.SYSTEM.equals(i.getSystem()))
                .map(Identifier::getValue)
                .filter(Objects::nonNull)
                .toList();
    }

    private void dates() {
        Attachment attachment = document.reference().getContentFirstRep().getAttachment();
        if (attachment.hasCreation() && !HeaderTime.agrees(attachment.getCreationElement(), header.created())) {
            findings.error(
                    document.path() + ".content[0].attachment.creation",
                    RULE,
                    "cda-creation-differs",
                    attachment.getCreationElement().getValueAsString(),
                    HeaderTime.told(header.created()));
        }
        if (document.reference().hasDate()
                && !HeaderTime.agrees(document.reference().getDateElement(), header.created())) {
            findings.warn(
                    document.path() + ".date",
                    RULE,
                    "cda-date-differs",
                    document.reference().getDateElement().getValueAsString(),
                    HeaderTime.told(header.created()));
        }
        header.events().stream().findFirst().ifPresent(this::period);
    }

    private void period(Event act) {
        Period period = document.reference().getContext().getPeriod();
        String path = document.path() + ".context.period.";
        if (period.hasStart()) {
            act.start()
                    .filter(start -> !HeaderTime.agrees(period.getStartElement(), start))
                    .ifPresent(start -> findings.error(
                            path + "start",
                            RULE,
                            "cda-period-differs",
                            period.getStartElement().getValueAsString(),
                            HeaderTime.told(start)));
        }
        if (period.hasEnd()) {
            act.end()
                    .filter(end -> !HeaderTime.agrees(period.getEndElement(), end))
                    .ifPresent(end -> findings.error(
                            path + "end",
                            RULE,
                            "cda-period-differs",
                            period.getEndElement().getValueAsString(),
                            HeaderTime.told(end)));
        }
    }

    private void language() {
        Attachment attachment = document.reference().getContentFirstRep().getAttachment();
        if (!attachment.hasLanguage()) {
            return;
        }
        header.language()
                .filter(language -> !isSameLanguage(attachment.getLanguage(), language))
                .ifPresent(language -> findings.error(
                        document.path() + ".content[0].attachment.language",
                        RULE,
                        "cda-language-differs",
                        attachment.getLanguage(),
                        language));
    }

    /** {@code fr} is what {@code fr-FR} is; {@code fr-CA} is not. */
    private static boolean isSameLanguage(String stated, String language) {
        String one = stated.toLowerCase(Locale.ROOT);
        String other = language.toLowerCase(Locale.ROOT);
        return one.equals(other) || one.startsWith(other + "-") || other.startsWith(one + "-");
    }

    private void format() {
        Coding stated = document.reference().getContentFirstRep().getFormat();
        Optional<Concept> known = tables.formatOf(header.templateIds(), header.nonXmlMediaType());
        if (stated.hasCode()) {
            known.filter(format -> !format.code().equals(stated.getCode()))
                    .ifPresent(format -> findings.error(
                            document.path() + ".content[0].format",
                            RULE,
                            "cda-format-differs",
                            stated.getCode(),
                            format.code()));
        }
    }
}
