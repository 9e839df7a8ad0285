package fr.carnet.validation.syntax;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.validation.HardenedXml;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * Tells what a parser would drop or stumble over: elements and attributes that FHIR R4 does not have, what is given twice,
 * JSON of the wrong kind, values that no type can have, empty elements, text between elements. Each with its place (FHIRPath),
 * none with its value. Thread-safe.
 */
public final class Syntax {

    /** What the parser stumbles over: with any other issue it still makes a resource, which lacks what it dropped. */
    private static final Set<String> STUMBLING = Set.of("json-type", "invalid-value", "resource-type");

    private final Grammar grammar;

    /** Grammar of this model. */
    public Syntax(FhirContext fhir) {
        this.grammar = new Grammar(fhir);
    }

    /**
     * Issues of a resource in JSON.
     *
     * @throws Fault 400 {@code unreadable} if it is no JSON
     */
    public List<Issue> json(Reader body) {
        var complaints = new Complaints();
        new JsonSyntax(grammar, complaints).resource(read(body), "");
        return complaints.list();
    }

    /** Issues of any JSON, a JSON Patch say: names that are given twice. What is no JSON is left to whoever reads it. */
    public List<Issue> otherJson(Reader body) {
        var complaints = new Complaints();
        try {
            new JsonSyntax(grammar, complaints).anything(Json.read(body), "");
        } catch (JsonProcessingException e) {
            return List.of();
        }
        return complaints.list().stream().map(Syntax::withoutPlace).toList();
    }

    /** Outside of a resource there is no FHIRPath. */
    private static Issue withoutPlace(Issue issue) {
        return new Issue(issue.severity(), issue.code(), issue.messageKey(), issue.args(), Optional.empty());
    }

    private static Json read(Reader body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            throw Fault.of(400, "unreadable");
        }
    }

    /**
     * Issues of a resource in XML.
     *
     * @throws Fault 400 {@code unreadable} if it is no XML, or has a DOCTYPE
     */
    public List<Issue> xml(Reader body) {
        var complaints = new Complaints();
        try {
            new XmlSyntax(grammar, complaints, HardenedXml.reader(body)).body();
        } catch (XMLStreamException e) {
            throw Fault.of(400, "unreadable");
        }
        return complaints.list();
    }

    /** True if there would be nothing to look at further. */
    public static boolean isUnreadable(List<Issue> issues) {
        return issues.stream().anyMatch(issue -> STUMBLING.contains(issue.code()));
    }
}
