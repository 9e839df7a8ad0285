package fr.carnet.validation;

import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.PatientReference;
import fr.carnet.shared.PatientReference.Identified;
import fr.carnet.shared.PatientReference.Literal;
import fr.carnet.validation.Entries.Entry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** The patient of a submission: named in every resource, the same everywhere, by a matricule that can be one (R1, R2). */
final class Subjects {

    private static final Pattern LITERAL = Pattern.compile("Patient/([A-Za-z0-9.-]{1,64})");
    private static final Pattern CONDITIONAL = Pattern.compile("Patient\\?identifier=([^|&]+)\\|([^|&]+)");
    private static final String SAME_PATIENT = "XDSPatientIdDoesNotMatch";

    private final Set<PatientReference> references = new LinkedHashSet<>();
    private final Findings findings;

    Subjects(Findings findings) {
        this.findings = findings;
    }

    Set<PatientReference> references() {
        return references;
    }

    /** Reads {@code subject} of a resource. */
    void read(String path, Reference subject) {
        named(path + ".subject", subject);
    }

    private void named(String path, Reference subject) {
        if (subject.isEmpty()) {
            return;
        }
        Optional<PatientReference> literal = literal(subject);
        Optional<PatientReference> logical = identified(subject.getIdentifier());
        if (subject.hasReference() ? literal.isEmpty() : logical.isEmpty()) {
            findings.error(path, "fr-core-patient", "subject-form");
        }
        literal.ifPresent(references::add);
        logical.ifPresent(references::add);
        literal.ifPresent(r -> matricule(r, path));
        logical.ifPresent(r -> matricule(r, path));
    }

    /** Reads the traits of {@code sourcePatientInfo}; its status is checked (R5), its matricules when the record is known (R9). */
    PatientTraits readSource(Entry<DocumentReference> entry, Form form) {
        Reference reference = entry.resource().getContext().getSourcePatientInfo();
        boolean contained = reference.hasReference() && reference.getReference().startsWith("#");
        if (!form.containsPersons() && !contained) {
            named(entry.path() + ".context.sourcePatientInfo", reference);
        }
        Patient patient = Contained.find(entry.resource(), reference)
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .orElseGet(Patient::new);
        String path = entry.path() + ".context.sourcePatientInfo";
        SourcePatient.status(patient)
                .filter(s -> !s.equals("QUAL") && !s.equals("VALI"))
                .ifPresent(s -> findings.error(path, "R5", "ins-not-qualified", s));
        return SourcePatient.traits(patient);
    }

    /** All subjects name one patient; a literal reference and an identifier can only be compared by the store. */
    void reportDifferent() {
        long literals = references.stream().filter(Literal.class::isInstance).count();
        long identifiers =
                references.stream().filter(Identified.class::isInstance).count();
        if (literals > 1 || identifiers > 1) {
            findings.error("Bundle.entry.resource.subject", SAME_PATIENT, "patients-differ");
        }
    }

    private void matricule(PatientReference reference, String path) {
        if (!(reference instanceof Identified identified)) {
            return;
        }
        IdentifierToken matricule = identified.identifier();
        if (InsDomain.of(matricule.system()).isEmpty()) {
            findings.error(path, "R1", "ins-domain-unknown");
            return;
        }
        try {
            Ins.of(matricule.system(), matricule.value());
        } catch (Ins.InvalidIns e) {
            findings.error(path, "R2", "ins-invalid");
        }
    }

    private static Optional<PatientReference> literal(Reference subject) {
        String reference = subject.hasReference() ? subject.getReference() : "";
        Matcher byId = LITERAL.matcher(reference);
        if (byId.matches()) {
            return Optional.of(new Literal(byId.group(1)));
        }
        Matcher byIdentifier = CONDITIONAL.matcher(reference.replace("%7C", "|").replace("%7c", "|"));
        return byIdentifier.matches()
                ? Optional.of(identified(decoded(byIdentifier.group(1)), decoded(byIdentifier.group(2))))
                : Optional.empty();
    }

    private static Optional<PatientReference> identified(Identifier identifier) {
        return identifier.hasSystem() && identifier.hasValue()
                ? Optional.of(identified(identifier.getSystem(), identifier.getValue()))
                : Optional.empty();
    }

    private static Identified identified(String system, String value) {
        return new Identified(new IdentifierToken(system, value));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }
}
