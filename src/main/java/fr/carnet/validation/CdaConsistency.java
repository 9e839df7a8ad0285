package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.PatientTraits.Trait;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;

/**
 * Compares a document with its metadata and with the registered identity (R8; ANS mapping of the CDA header to metadata).
 *
 * <p>Identifier, type, matricule, traits, authors, dates, language and format refuse, as does a body that is no XML or wraps
 * something else than it says; another confidentiality only warns.
 */
public final class CdaConsistency {

    private CdaConsistency() {}

    /**
     * Checks what the header of a CDA says.
     *
     * @param tables of the formats
     * @param document metadata and bytes
     * @param header of the bytes
     * @param matricules all matricules of the registered patient, old ones included (R9)
     * @param registered his strict traits
     */
    public static List<Finding> header(
            CodeTables tables,
            SubmittedDocument document,
            CdaHeader header,
            Collection<Ins> matricules,
            PatientTraits registered) {
        Findings findings = new Findings();
        identifier(document, header.id(), findings);
        type(document, header.type(), findings);
        matricule(document, header, matricules, findings);
        traits(document.path() + ".content[0]", header.patient().traits(), registered, findings);
        confidentiality(document, header, findings);
        new HeaderAgreement(tables, document, header, findings).check();
        body(document, findings);
        return findings.list();
    }

    /**
     * Checks what {@code sourcePatientInfo} states: traits (R8) and matricules; for every kind of document.
     *
     * @param matricules all matricules of the registered patient, old ones included (R9)
     */
    public static List<Finding> sourcePatient(
            SubmittedDocument document, Collection<Ins> matricules, PatientTraits registered) {
        Findings findings = new Findings();
        String path = document.path() + ".context.sourcePatientInfo";
        boolean same = SourcePatient.matricules(document.reference()).stream()
                .allMatch(stated -> matricules.stream().anyMatch(ins -> isOf(stated, ins)));
        if (!same) {
            findings.error(path, "XDSPatientIdDoesNotMatch", "source-patient-differs");
        }
        traits(path, document.sourcePatient(), registered, findings);
        return findings.list();
    }

    static boolean isOf(Identifier stated, Ins ins) {
        return InsDomain.of(stated.getSystem()).filter(ins.domain()::equals).isPresent()
                && ins.value().equals(stated.getValue());
    }

    /** What to say of an XML document whose header cannot be read. */
    public static Finding unreadable(SubmittedDocument document, UnreadableCda why) {
        Findings findings = new Findings();
        unreadable(document, why, findings);
        return findings.list().get(0);
    }

    private static void unreadable(SubmittedDocument document, UnreadableCda why, Findings findings) {
        findings.error(
                data(document), "cda-header", "cda-unreadable", why.reason().name(), why.where());
    }

    private static String data(SubmittedDocument document) {
        return "Bundle.entry[" + document.binaryIndex() + "].resource.data";
    }

    /** The whole is XML, and what a document of level 1 wraps is what it says. */
    private static void body(SubmittedDocument document, Findings findings) {
        try {
            CdaBody.read(document.content()).ifPresent(wrapped -> {
                if (wrapped.content().isEmpty()) {
                    findings.error(data(document), "cda-body", "cda-body-base64");
                } else {
                    MediaKind.check(
                            data(document),
                            wrapped.mediaType(),
                            wrapped.content().get(),
                            findings);
                }
            });
        } catch (UnreadableCda e) {
            unreadable(document, e, findings);
        }
    }

    private static void identifier(SubmittedDocument document, DocumentId id, Findings findings) {
        Identifier master = document.reference().getMasterIdentifier();
        boolean same = id.system().equals(master.getSystem()) && id.value().equals(master.getValue());
        boolean xds = CodeSystems.URI.equals(master.getSystem())
                && xdsForm(id).equals(Optional.ofNullable(master.getValue()));
        if (!same && !xds) {
            findings.error(document.path() + ".masterIdentifier", "cda-header", "cda-id-differs");
        }
    }

    /** XDS writes root and extension as {@code root^extension}. */
    private static Optional<String> xdsForm(DocumentId id) {
        return id.extension().map(extension -> "urn:oid:" + id.root() + "^" + extension);
    }

    private static void type(SubmittedDocument document, Concept type, Findings findings) {
        Coding stated = document.reference().getType().getCodingFirstRep();
        if (!type.is(CodingRules.system(stated), stated.getCode())) {
            String found = stated.hasCode() ? stated.getCode() : "";
            findings.error(document.path() + ".type", "cda-header", "cda-type-differs", found, type.code());
        }
    }

    private static void matricule(
            SubmittedDocument document, CdaHeader header, Collection<Ins> matricules, Findings findings) {
        Optional<DocumentId> stated = header.patient().ins();
        String path = document.path() + ".subject";
        if (stated.isEmpty()) {
            findings.warn(path, "cda-header", "cda-without-ins");
            return;
        }
        try {
            Ins ins = Ins.of(stated.get().root(), stated.get().extension().orElse(""));
            if (!matricules.contains(ins)) {
                findings.error(path, "XDSPatientIdDoesNotMatch", "cda-patient-differs");
            }
        } catch (Ins.InvalidIns e) {
            findings.error(path, "R2", "cda-ins-invalid");
        }
    }

    static void traits(String path, PatientTraits stated, PatientTraits registered, Findings findings) {
        Set<Trait> differences = stated.differencesFrom(registered);
        if (!differences.isEmpty()) {
            String names = String.join(
                    ", ",
                    differences.stream()
                            .map(t -> t.name().toLowerCase(java.util.Locale.ROOT))
                            .toList());
            findings.error(path, "R8", "traits-mismatch", names);
        }
    }

    private static void confidentiality(SubmittedDocument document, CdaHeader header, Findings findings) {
        DocumentReference reference = document.reference();
        header.confidentiality()
                .filter(c -> reference.getSecurityLabel().stream()
                        .flatMap(l -> l.getCoding().stream())
                        .noneMatch(l -> c.code().equals(l.getCode())))
                .ifPresent(c -> findings.warn(
                        document.path() + ".securityLabel", "cda-header", "cda-confidentiality-differs", c.code()));
    }
}
