package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the header of a CDA R2 document says of it (CI-SIS minimal structuring; paths of the ANS mapping to XDS metadata).
 *
 * @param id identifier of this version of the document
 * @param type document type
 * @param title title; empty when the document has none
 * @param created {@code effectiveTime}
 * @param language e.g. {@code fr-FR}
 * @param confidentiality N, R or V
 * @param setId identifier common to all versions
 * @param versionNumber number of this version
 * @param patient the one patient
 * @param authors persons and devices, in order
 * @param legalAuthenticator who answers for it
 * @param custodian structure that keeps it
 * @param events documented acts, in order; the first is the main one
 * @param facilityType kind of facility
 * @param practiceSetting frame of exercise of the first performer
 * @param replaces documents that this one replaces (RPLC)
 * @param orders orders that it answers
 * @param templateIds roots of the templates that it claims, in order
 * @param nonXmlMediaType media type of what a level 1 document wraps
 * @param wrapped true if it sits inside the stylesheet that shows it
 */
public record CdaHeader(
        DocumentId id,
        Concept type,
        Optional<String> title,
        OffsetDateTime created,
        Optional<String> language,
        Optional<Concept> confidentiality,
        Optional<DocumentId> setId,
        Optional<String> versionNumber,
        Patient patient,
        List<Author> authors,
        Optional<Author> legalAuthenticator,
        Optional<Structure> custodian,
        List<Event> events,
        Optional<Concept> facilityType,
        Optional<Concept> practiceSetting,
        List<DocumentId> replaces,
        List<DocumentId> orders,
        List<String> templateIds,
        Optional<String> nonXmlMediaType,
        boolean wrapped) {

    /**
     * Reads the header; the body is not looked at.
     *
     * @throws UnreadableCda if it is no CDA that can be read; never repeats content
     */
    public static CdaHeader read(byte[] document) throws UnreadableCda {
        return HeaderReader.read(HeaderParser.parse(document));
    }

    /** Personal data stays out of logs: identifier and type only. */
    @Override
    public String toString() {
        return "CdaHeader[" + id.token() + " " + type.code() + "]";
    }

    /**
     * HL7 v3 instance identifier.
     *
     * @param root OID or UUID
     * @param extension value in the domain of the root; empty when the root alone identifies
     */
    public record DocumentId(String root, Optional<String> extension) {

        private static final Pattern OID = Pattern.compile("[0-2](?:\\.(?:0|[1-9]\\d*))++");

        /** {@code Identifier.system}: the root's, or RFC 3986 when the root alone identifies. */
        public String system() {
            return extension.isPresent() ? rootUri() : CodeSystems.URI;
        }

        /** {@code Identifier.value}: the extension, or the root as URI. */
        public String value() {
            return extension.orElseGet(this::rootUri);
        }

        /** {@code system|value}. */
        public String token() {
            return system() + "|" + value();
        }

        private String rootUri() {
            return OID.matcher(root).matches() ? "urn:oid:" + root : "urn:uuid:" + root.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The patient of the document.
     *
     * @param ids all identifiers, local ones included
     * @param birthFamily family name qualified BR
     * @param usualFamily family name in use (CL, older SP)
     * @param firstGiven given name qualified BR
     * @param birthGivens all given names of birth
     * @param usualGiven given name in use (CL)
     * @param birthDate when it has a day
     * @param gender FHIR code
     * @param birthPlace INSEE code
     */
    public record Patient(
            List<DocumentId> ids,
            Optional<String> birthFamily,
            Optional<String> usualFamily,
            Optional<String> firstGiven,
            Optional<String> birthGivens,
            Optional<String> usualGiven,
            Optional<LocalDate> birthDate,
            Optional<String> gender,
            Optional<String> birthPlace) {

        /** Identifier in one of the INS domains, unchecked: {@link Ins} refuses a wrong one. */
        public Optional<DocumentId> ins() {
            return ids.stream()
                    .filter(id -> InsDomain.of(id.root()).isPresent()
                            && id.extension().isPresent())
                    .findFirst();
        }

        /** The strict traits. */
        public PatientTraits traits() {
            return new PatientTraits(birthFamily, firstGiven, birthDate, gender, birthPlace);
        }

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Patient[…]";
        }
    }

    /**
     * A person or a device.
     *
     * @param id idNat_PS of a professional, else an identifier of another domain
     * @param family family name; empty for a device
     * @param given given name; empty for a device
     * @param deviceName name of a device or software; empty for a person
     * @param speciality profession and speciality (J01)
     * @param structure in whose name
     */
    public record Author(
            Optional<DocumentId> id,
            Optional<String> family,
            Optional<String> given,
            Optional<String> deviceName,
            Optional<Concept> speciality,
            Optional<Structure> structure) {

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Author[" + speciality.map(Concept::code).orElse("-") + "]";
        }
    }

    /**
     * A structure.
     *
     * @param id idNat_Struct, or an identifier of another domain
     * @param name its name
     */
    public record Structure(DocumentId id, Optional<String> name) {}

    /**
     * A documented act.
     *
     * @param code what was done
     * @param start when it began
     * @param end when it ended
     */
    public record Event(Optional<Concept> code, Optional<OffsetDateTime> start, Optional<OffsetDateTime> end) {}
}
