package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.Entries.Entry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.ListResource;

/** The uniqueIds of a submission: well formed, each used once. */
final class UniqueIds {

    private static final Pattern URI = Pattern.compile(
            "urn:oid:[0-2](?:\\.(?:0|[1-9]\\d*))++|urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String RULE = "constr-unique-id";

    private final Findings findings;
    private final Set<String> seen = new HashSet<>();

    UniqueIds(Findings findings) {
        this.findings = findings;
    }

    void check(Entries entries) {
        for (Entry<ListResource> set : entries.sets()) {
            once(of(set.resource()), set.path() + ".identifier");
        }
        for (Entry<DocumentReference> document : entries.documents()) {
            String path = document.path() + ".masterIdentifier";
            Identifier id = document.resource().getMasterIdentifier();
            if (!id.isEmpty()) {
                shape(id, path);
                once(token(id), path);
            }
        }
        for (Entry<ListResource> folder : entries.folders()) {
            once(of(folder.resource()), folder.path() + ".identifier");
        }
    }

    /** {@code system|value} of the uniqueId of a SubmissionSet or Folder: marked by type or use, never an entryUUID. */
    static Optional<String> of(ListResource list) {
        return identifier(list).flatMap(UniqueIds::token);
    }

    /** The same without its system. */
    static Optional<String> value(ListResource list) {
        return identifier(list).map(Identifier::getValue);
    }

    private static Optional<Identifier> identifier(ListResource list) {
        return list.getIdentifier().stream()
                .filter(i -> i.getType().hasCoding(CodeSystems.MHD_IDENTIFIER_TYPE, "uniqueId")
                        || i.getUse() == IdentifierUse.USUAL)
                .findFirst();
    }

    private void shape(Identifier id, String path) {
        boolean uri = CodeSystems.URI.equals(id.getSystem());
        if (!id.hasSystem()
                || !id.hasValue()
                || (uri && !URI.matcher(id.getValue()).matches())) {
            findings.error(path, RULE, "unique-id-invalid");
        }
        if (!id.hasUse() && !id.hasType()) {
            findings.warn(path, RULE, "identifier-kind-missing");
        }
    }

    private void once(Optional<String> token, String path) {
        if (token.isPresent() && !seen.add(token.get())) {
            findings.error(path, "XDSRegistryDuplicateUniqueIdInMessage", "unique-id-repeated");
        }
    }

    private static Optional<String> token(Identifier id) {
        return id.hasSystem() && id.hasValue() ? Optional.of(id.getSystem() + "|" + id.getValue()) : Optional.empty();
    }
}
