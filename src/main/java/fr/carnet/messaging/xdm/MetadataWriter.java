package fr.carnet.messaging.xdm;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.Concept;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** METADATA.XML of an archive: a SubmitObjectsRequest with the SubmissionSet and its DocumentEntries. */
final class MetadataWriter {

    private static final String SET = "SubmissionSet01";

    private final XMLStreamWriter out;
    private int ids;

    private MetadataWriter(XMLStreamWriter out) {
        this.out = out;
    }

    /** @param files file names, one for each document of the submission */
    static byte[] write(Submission submission, List<String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, UTF_8.name());
            new MetadataWriter(out).request(submission, files);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("metadata that XML cannot say", e);
        }
        return bytes.toByteArray();
    }

    private void request(Submission submission, List<String> files) throws XMLStreamException {
        out.writeStartDocument(UTF_8.name(), "1.0");
        out.setPrefix("lcm", Ebrim.LCM);
        out.setPrefix("rim", Ebrim.RIM);
        out.writeStartElement(Ebrim.LCM, "SubmitObjectsRequest");
        out.writeNamespace("lcm", Ebrim.LCM);
        out.writeNamespace("rim", Ebrim.RIM);
        start("RegistryObjectList");
        for (int i = 0; i < files.size(); i++) {
            document(submission.documents().get(i).entry(), files.get(i), documentId(i));
        }
        submissionSet(submission);
        setClassification();
        for (int i = 0; i < files.size(); i++) {
            member(documentId(i));
        }
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndDocument();
    }

    private static String documentId(int index) {
        return "Document%02d".formatted(index + 1);
    }

    private void document(DocumentEntry entry, String file, String id) throws XMLStreamException {
        start("ExtrinsicObject", "id", id, "mimeType", entry.mimeType());
        attributes("objectType", Ebrim.DOCUMENT_ENTRY, "status", Ebrim.APPROVED);
        slot("URI", file);
        slot("creationTime", Dtm.of(entry.created()));
        slot("hash", entry.hash());
        slot("size", Long.toString(entry.size()));
        slot("languageCode", entry.language());
        slot("serviceStartTime", entry.serviceStart().map(Dtm::of));
        slot("serviceStopTime", entry.serviceStop().map(Dtm::of));
        slot("sourcePatientId", Hl7Fields.patient(entry.patient()));
        name(entry.title());
        for (EntryAuthor author : entry.authors()) {
            author(author, Ebrim.DOCUMENT_AUTHOR, id);
        }
        code(entry.documentClass(), Ebrim.CLASS, id);
        codes(entry.confidentiality(), Ebrim.CONFIDENTIALITY, id);
        codes(entry.events(), Ebrim.EVENT, id);
        code(entry.format(), Ebrim.FORMAT, id);
        codes(entry.facilityType().stream().toList(), Ebrim.FACILITY_TYPE, id);
        codes(entry.practiceSetting().stream().toList(), Ebrim.PRACTICE_SETTING, id);
        code(entry.type(), Ebrim.TYPE, id);
        String patient = Hl7Fields.patient(entry.patient());
        identifier(patient, Ebrim.DOCUMENT_PATIENT, "XDSDocumentEntry.patientId", id);
        identifier(entry.uniqueId(), Ebrim.DOCUMENT_UNIQUE_ID, "XDSDocumentEntry.uniqueId", id);
        out.writeEndElement();
    }

    private void submissionSet(Submission submission) throws XMLStreamException {
        start("RegistryPackage", "id", SET, "status", Ebrim.APPROVED);
        slot("submissionTime", Dtm.of(submission.submitted()));
        if (submission.author().isPresent()) {
            author(submission.author().get(), Ebrim.SET_AUTHOR, SET);
        }
        code(submission.contentType(), Ebrim.CONTENT_TYPE, SET);
        String patient = Hl7Fields.patient(submission.patient());
        identifier(patient, Ebrim.SET_PATIENT, "XDSSubmissionSet.patientId", SET);
        identifier(submission.sourceId(), Ebrim.SOURCE_ID, "XDSSubmissionSet.sourceId", SET);
        identifier(submission.uniqueId(), Ebrim.SET_UNIQUE_ID, "XDSSubmissionSet.uniqueId", SET);
        out.writeEndElement();
    }

    private void setClassification() throws XMLStreamException {
        start("Classification", "id", nextId(), "classifiedObject", SET);
        attributes("classificationNode", Ebrim.SUBMISSION_SET);
        out.writeEndElement();
    }

    private void member(String document) throws XMLStreamException {
        start("Association", "id", nextId(), "associationType", Ebrim.HAS_MEMBER);
        attributes("sourceObject", SET, "targetObject", document);
        slot("SubmissionSetStatus", "Original");
        out.writeEndElement();
    }

    private void author(EntryAuthor author, String scheme, String object) throws XMLStreamException {
        start("Classification", "id", nextId(), "classificationScheme", scheme);
        attributes("classifiedObject", object, "nodeRepresentation", "");
        slot("authorPerson", author.person().map(Hl7Fields::person));
        slot("authorInstitution", author.structure().map(Hl7Fields::structure));
        slot("authorSpecialty", author.speciality().map(MetadataWriter::specialty));
        out.writeEndElement();
    }

    private static String specialty(Concept concept) {
        return concept.code() + "^" + concept.display() + "^" + scheme(concept);
    }

    private void codes(List<Concept> concepts, String scheme, String object) throws XMLStreamException {
        for (Concept concept : concepts) {
            code(concept, scheme, object);
        }
    }

    private void code(Concept concept, String scheme, String object) throws XMLStreamException {
        start("Classification", "id", nextId(), "classificationScheme", scheme);
        attributes("classifiedObject", object, "nodeRepresentation", concept.code());
        slot("codingScheme", scheme(concept));
        name(concept.display());
        out.writeEndElement();
    }

    /** XDS names a code system by OID; one without keeps its URI. */
    private static String scheme(Concept concept) {
        return CodeSystems.oidOf(concept.system()).orElse(concept.system());
    }

    private void identifier(String value, String scheme, String label, String object) throws XMLStreamException {
        start("ExternalIdentifier", "id", nextId(), "identificationScheme", scheme);
        attributes("registryObject", object, "value", value);
        name(label);
        out.writeEndElement();
    }

    private void slot(String slotName, Optional<String> value) throws XMLStreamException {
        if (value.isPresent()) {
            slot(slotName, value.get());
        }
    }

    private void slot(String slotName, String value) throws XMLStreamException {
        start("Slot", "name", slotName);
        start("ValueList");
        start("Value");
        out.writeCharacters(value);
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
    }

    private void name(String value) throws XMLStreamException {
        start("Name");
        start("LocalizedString", "value", value);
        out.writeEndElement();
        out.writeEndElement();
    }

    private void start(String element, String... attributes) throws XMLStreamException {
        out.writeStartElement(Ebrim.RIM, element);
        attributes(attributes);
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private String nextId() {
        ids++;
        return "id%04d".formatted(ids);
    }
}
