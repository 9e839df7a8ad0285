package fr.carnet.messaging.xdm;

import fr.carnet.messaging.xdm.EntryAuthor.Person;
import fr.carnet.messaging.xdm.EntryAuthor.Structure;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Digest;
import fr.carnet.shared.Ins;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CdaHeader.Author;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CdaHeader.Event;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Concept;
import fr.carnet.validation.UnreadableCda;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The DocumentEntry of a CDA document, from its header: the ANS mapping to XDS metadata. */
public final class CdaEntries {

    private static final String MIME_TYPE = "text/xml";
    private static final String LANGUAGE = "fr-FR";
    private static final Concept NORMAL = new Concept(CodeSystems.CONFIDENTIALITY, "N", "Normal");
    private static final Concept MIME_TYPE_SUFFICIENT =
            new Concept(CodeSystems.TRE_A11, "urn:ihe:iti:xds:2017:mimeTypeSufficient", "mimeType Sufficient");

    private final CodeTables tables;

    /** Labels, classes and formats come from these tables. */
    public CdaEntries(CodeTables tables) {
        this.tables = tables;
    }

    /**
     * A document with its metadata.
     *
     * @throws UnreadableCda if it is no CDA that can be read
     * @throws IllegalArgumentException if its header names no INS, or a type that belongs to no class
     */
    public XdmDocument document(byte[] content) throws UnreadableCda {
        return new XdmDocument(entry(CdaHeader.read(content), content), content);
    }

    private DocumentEntry entry(CdaHeader header, byte[] content) {
        Concept type = labelled(header.type());
        return new DocumentEntry(
                uniqueId(header.id()),
                MIME_TYPE,
                Digest.SHA_1.hex(content),
                content.length,
                header.title().orElseGet(type::display),
                header.language().orElse(LANGUAGE),
                header.created().toInstant(),
                header.events().stream()
                        .flatMap(e -> e.start().stream())
                        .findFirst()
                        .map(OffsetDateTime::toInstant),
                header.events().stream().findFirst().flatMap(Event::end).map(OffsetDateTime::toInstant),
                documentClass(type),
                type,
                tables.formatOf(header.templateIds(), header.nonXmlMediaType()).orElse(MIME_TYPE_SUFFICIENT),
                header.facilityType()
                        .map(f -> tables.facilityType(f.system(), f.code()).orElse(f)),
                header.practiceSetting()
                        .map(s -> tables.practiceSetting(s.system(), s.code()).orElse(s)),
                header.confidentiality().or(() -> Optional.of(NORMAL)).stream().toList(),
                header.events().stream().flatMap(e -> e.code().stream()).toList(),
                patient(header),
                header.authors().stream().map(CdaEntries::author).toList());
    }

    private Concept labelled(Concept type) {
        return tables.type(type.system(), type.code()).orElse(type);
    }

    private Concept documentClass(Concept type) {
        return tables.classOf(type.system(), type.code())
                .map(c -> tables.documentClass(c.system(), c.code()).orElse(c))
                .orElseThrow(() -> new IllegalArgumentException("a type of no class"));
    }

    private static Ins patient(CdaHeader header) {
        DocumentId ins = header.patient().ins().orElseThrow(() -> new IllegalArgumentException("no INS"));
        return Ins.of(ins.root(), ins.value());
    }

    private static String uniqueId(DocumentId id) {
        return id.root() + id.extension().map(e -> "^" + e).orElse("");
    }

    private static EntryAuthor author(Author author) {
        boolean named = author.family().isPresent() || author.deviceName().isPresent();
        Person person = new Person(
                author.id().flatMap(DocumentId::extension).orElse(""),
                author.id().map(DocumentId::root).orElse(""),
                author.family().or(author::deviceName).orElse(""),
                author.given().orElse(""));
        return new EntryAuthor(
                Optional.of(person).filter(p -> named || !p.id().isEmpty()),
                author.structure()
                        .map(s -> new Structure(
                                s.id().extension().orElse(""),
                                s.id().root(),
                                s.name().orElse(""))),
                author.speciality());
    }
}
