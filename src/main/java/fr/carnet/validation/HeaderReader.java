package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.CdaHeader.Author;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CdaHeader.Event;
import fr.carnet.validation.CdaHeader.Patient;
import fr.carnet.validation.CdaHeader.Structure;
import fr.carnet.validation.UnreadableCda.Reason;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the values of a CDA header at the paths of the ANS mapping. */
final class HeaderReader {

    private static final String INDUSTRY =
            "documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/standardIndustryClassCode";
    private static final String FACILITY = "componentOf/encompassingEncounter/location/healthCareFacility/code";
    private static final String CUSTODIAN = "custodian/assignedCustodian/representedCustodianOrganization";
    private static final Map<String, String> GENDERS =
            Map.of("M", "male", "F", "female", "UN", "other", "U", "unknown");

    private final HeaderElement root;

    private HeaderReader(HeaderElement root) {
        this.root = root;
    }

    static CdaHeader read(HeaderParser.Parsed parsed) throws UnreadableCda {
        return new HeaderReader(parsed.header()).header(parsed.wrapped());
    }

    private CdaHeader header(boolean wrapped) throws UnreadableCda {
        return new CdaHeader(
                present(root.first("id").flatMap(HeaderReader::id), "id"),
                present(root.first("code").flatMap(HeaderReader::concept), "code"),
                root.first("title").flatMap(HeaderElement::text),
                created(),
                root.get("languageCode", "code"),
                root.first("confidentialityCode").flatMap(HeaderReader::concept),
                root.first("setId").flatMap(HeaderReader::id),
                root.get("versionNumber", "value"),
                patient(),
                root.all("author/assignedAuthor").map(HeaderReader::author).toList(),
                root.first("legalAuthenticator/assignedEntity").map(HeaderReader::author),
                root.first(CUSTODIAN).flatMap(HeaderReader::structure),
                root.all("documentationOf/serviceEvent")
                        .map(HeaderReader::event)
                        .toList(),
                root.first(FACILITY).flatMap(HeaderReader::concept),
                root.first(INDUSTRY).flatMap(HeaderReader::concept),
                replaced(),
                ids(root, "inFulfillmentOf/order/id"),
                root.all("templateId").flatMap(t -> t.get("root").stream()).toList(),
                root.get("nonXMLBody/text", "mediaType"),
                wrapped);
    }

    private OffsetDateTime created() throws UnreadableCda {
        String value = present(root.get("effectiveTime", "value"), "effectiveTime");
        return Hl7Time.instant(value).orElseThrow(() -> new UnreadableCda(Reason.INVALID, "effectiveTime"));
    }

    private List<DocumentId> replaced() {
        return root.all("relatedDocument")
                .filter(r -> r.get("typeCode").filter("RPLC"::equals).isPresent())
                .flatMap(r -> ids(r, "parentDocument/id").stream())
                .toList();
    }

    private Patient patient() throws UnreadableCda {
        List<HeaderElement> roles = root.all("recordTarget/patientRole").toList();
        if (roles.size() > 1) {
            throw new UnreadableCda(Reason.INVALID, "recordTarget");
        }
        HeaderElement role = present(roles.stream().findFirst(), "recordTarget");
        return new Patient(
                ids(role, "id"),
                name(role, "family", e -> is(e, "BR")),
                name(role, "family", e -> is(e, "CL")).or(() -> name(role, "family", e -> is(e, "SP"))),
                name(role, "given", e -> is(e, "BR")),
                name(role, "given", e -> e.get("qualifier").isEmpty()),
                name(role, "given", e -> is(e, "CL")),
                role.get("patient/birthTime", "value").flatMap(Hl7Time::date),
                role.get("patient/administrativeGenderCode", "code").map(GENDERS::get),
                role.first("patient/birthplace/place/addr/county").flatMap(HeaderElement::text));
    }

    private static Optional<String> name(HeaderElement role, String part, Predicate<HeaderElement> which) {
        return role.all("patient/name/" + part).filter(which).findFirst().flatMap(HeaderElement::text);
    }

    private static boolean is(HeaderElement name, String qualifier) {
        return name.get("qualifier").filter(qualifier::equals).isPresent();
    }

    private static Author author(HeaderElement assigned) {
        return new Author(
                assigned.first("id").flatMap(HeaderReader::id),
                assigned.first("assignedPerson/name/family").flatMap(HeaderElement::text),
                assigned.first("assignedPerson/name/given").flatMap(HeaderElement::text),
                assigned.first("assignedAuthoringDevice/softwareName")
                        .or(() -> assigned.first("assignedAuthoringDevice/manufacturerModelName"))
                        .flatMap(HeaderElement::text),
                assigned.first("code").flatMap(HeaderReader::concept),
                assigned.first("representedOrganization").flatMap(HeaderReader::structure));
    }

    private static Optional<Structure> structure(HeaderElement organization) {
        return organization
                .first("id")
                .flatMap(HeaderReader::id)
                .map(id -> new Structure(id, organization.first("name").flatMap(HeaderElement::text)));
    }

    private static Event event(HeaderElement event) {
        return new Event(
                event.first("code").flatMap(HeaderReader::concept),
                event.get("effectiveTime/low", "value")
                        .or(() -> event.get("effectiveTime", "value"))
                        .flatMap(Hl7Time::instant),
                event.get("effectiveTime/high", "value").flatMap(Hl7Time::instant));
    }

    private static List<DocumentId> ids(HeaderElement from, String path) {
        return from.all(path).flatMap(e -> id(e).stream()).toList();
    }

    private static Optional<DocumentId> id(HeaderElement element) {
        return element.get("root").map(r -> new DocumentId(r, element.get("extension")));
    }

    private static Optional<Concept> concept(HeaderElement element) {
        return element.get("code").flatMap(code -> element.get("codeSystem")
                .map(oid -> new Concept(
                        CodeSystems.uriOf(oid), code, element.get("displayName").orElse(""))));
    }

    private static <T> T present(Optional<T> value, String element) throws UnreadableCda {
        return value.orElseThrow(() -> new UnreadableCda(Reason.MISSING, element));
    }
}
