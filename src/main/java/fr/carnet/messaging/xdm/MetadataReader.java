package fr.carnet.messaging.xdm;

import fr.carnet.messaging.xdm.UnreadableXdm.Reason;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Ins;
import fr.carnet.validation.Concept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The DocumentEntries of a METADATA.XML; the rest of it says nothing that its reader needs. */
final class MetadataReader {

    private static final String REQUEST = "SubmitObjectsRequest";
    private static final Pattern OID = Pattern.compile("[0-2](?:\\.(?:0|[1-9]\\d*))++");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final String DEFAULT_LANGUAGE = "fr-FR";

    private final XmlElement object;

    private MetadataReader(XmlElement object) {
        this.object = object;
    }

    /** A document and the name of its file, beside METADATA.XML. */
    record Announced(DocumentEntry entry, String file) {}

    /** @throws UnreadableXdm if it announces no document, or one without what every document has */
    static List<Announced> read(byte[] metadata) throws UnreadableXdm {
        XmlElement request = XmlElement.read(metadata);
        List<XmlElement> objects = request.all("RegistryObjectList/ExtrinsicObject")
                .filter(o -> o.is("objectType", Ebrim.DOCUMENT_ENTRY))
                .toList();
        if (!request.name().equals(REQUEST) || objects.isEmpty()) {
            throw new UnreadableXdm(Reason.METADATA_MALFORMED, REQUEST);
        }
        List<Announced> announced = new ArrayList<>();
        for (XmlElement object : objects) {
            announced.add(new MetadataReader(object).announced());
        }
        return announced;
    }

    private Announced announced() throws UnreadableXdm {
        DocumentEntry entry = new DocumentEntry(
                required(identifier(Ebrim.DOCUMENT_UNIQUE_ID), "uniqueId"),
                required(object.get("mimeType"), "mimeType"),
                hash(),
                size(),
                object.all("Name/LocalizedString")
                        .flatMap(n -> n.get("value").stream())
                        .findFirst()
                        .orElse(""),
                slot("languageCode").orElse(DEFAULT_LANGUAGE),
                required(time("creationTime"), "creationTime"),
                time("serviceStartTime"),
                time("serviceStopTime"),
                required(codes(Ebrim.CLASS).findFirst(), "classCode"),
                required(codes(Ebrim.TYPE).findFirst(), "typeCode"),
                required(codes(Ebrim.FORMAT).findFirst(), "formatCode"),
                codes(Ebrim.FACILITY_TYPE).findFirst(),
                codes(Ebrim.PRACTICE_SETTING).findFirst(),
                codes(Ebrim.CONFIDENTIALITY).toList(),
                codes(Ebrim.EVENT).toList(),
                patient(),
                classifications(Ebrim.DOCUMENT_AUTHOR)
                        .map(MetadataReader::author)
                        .toList());
        return new Announced(entry, required(slot("URI"), "URI"));
    }

    private String hash() throws UnreadableXdm {
        String hash = required(slot("hash"), "hash").toLowerCase(Locale.ROOT);
        return valid(Optional.of(hash).filter(h -> SHA1.matcher(h).matches()), "hash");
    }

    private long size() throws UnreadableXdm {
        try {
            return Long.parseLong(required(slot("size"), "size"));
        } catch (NumberFormatException e) {
            throw new UnreadableXdm(Reason.INVALID, "size");
        }
    }

    private Ins patient() throws UnreadableXdm {
        try {
            return Hl7Fields.patient(required(identifier(Ebrim.DOCUMENT_PATIENT), "patientId"));
        } catch (Ins.InvalidIns e) {
            throw new UnreadableXdm(Reason.INVALID, "patientId");
        }
    }

    private Optional<Instant> time(String name) throws UnreadableXdm {
        Optional<String> value = slot(name);
        return value.isEmpty() ? Optional.empty() : Optional.of(valid(Dtm.instant(value.get()), name));
    }

    private Optional<String> slot(String name) {
        return object.slot(name).stream().findFirst();
    }

    private Optional<String> identifier(String scheme) {
        return object.all("ExternalIdentifier")
                .filter(i -> i.is("identificationScheme", scheme))
                .flatMap(i -> i.get("value").stream())
                .findFirst();
    }

    private Stream<XmlElement> classifications(String scheme) {
        return object.all("Classification").filter(c -> c.is("classificationScheme", scheme));
    }

    private Stream<Concept> codes(String scheme) {
        return classifications(scheme).flatMap(c -> code(c).stream());
    }

    private static Optional<Concept> code(XmlElement classification) {
        String display = classification
                .all("Name/LocalizedString")
                .flatMap(n -> n.get("value").stream())
                .findFirst()
                .orElse("");
        String system = classification.slot("codingScheme").stream().findFirst().orElse("");
        return classification.get("nodeRepresentation").map(code -> new Concept(uri(system), code, display));
    }

    private static EntryAuthor author(XmlElement classification) {
        return new EntryAuthor(
                classification.slot("authorPerson").stream().findFirst().flatMap(Hl7Fields::person),
                classification.slot("authorInstitution").stream().findFirst().flatMap(Hl7Fields::structure),
                classification.slot("authorSpecialty").stream().findFirst().flatMap(MetadataReader::specialty));
    }

    private static Optional<Concept> specialty(String value) {
        String[] fields = value.split("\\^", -1);
        return fields.length < 3 ? Optional.empty() : Optional.of(new Concept(uri(fields[2]), fields[0], fields[1]));
    }

    private static String uri(String scheme) {
        return OID.matcher(scheme).matches() ? CodeSystems.uriOf(scheme) : scheme;
    }

    private static <T> T required(Optional<T> value, String name) throws UnreadableXdm {
        return value.orElseThrow(() -> new UnreadableXdm(Reason.MISSING, name));
    }

    private static <T> T valid(Optional<T> value, String name) throws UnreadableXdm {
        return value.orElseThrow(() -> new UnreadableXdm(Reason.INVALID, name));
    }
}
