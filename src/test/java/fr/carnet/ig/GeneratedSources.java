package fr.carnet.ig;

import fr.carnet.document.overview.Rubric;
import fr.carnet.document.overview.Rubric.Side;
import fr.carnet.document.overview.Rubrics;
import fr.carnet.policy.Action;
import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.Rule;
import fr.carnet.policy.RuleCatalogue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sources of the guide that are written from the tables of the code: rules, error codes, value sets of documents. */
final class GeneratedSources {

    private static final String NOTE = "// Written by GeneratedSourcesTest from %s: change that, and run scripts/ig.";
    private static final String COMPLETE = "* ^caseSensitive = true\n* ^content = #complete\n* ^experimental = false";

    /** Bundles whose keys, after the prefix, are codes on the wire; door and dmp name theirs in the code. */
    private static final List<String> BUNDLES = List.of("errors", "door", "dmp");

    /** Constraints, profiles and IHE codes in whose name the validation of a submission speaks. */
    private static final SortedMap<String, String> CONSTRAINTS = new TreeMap<>(Map.ofEntries(
            Map.entry("FHIRDocumentNotSupported", "Les documents FHIR (Bundle) ne sont pas pris en charge."),
            Map.entry("JDV_J02", "Jeu de valeurs JDV_J02, secteurs d’activité."),
            Map.entry("JDV_J03", "Jeu de valeurs JDV_J03, types d’activité d’un lot."),
            Map.entry("JDV_J04", "Jeu de valeurs JDV_J04, cadres d’exercice."),
            Map.entry("JDV_J10", "Jeu de valeurs JDV_J10, formats."),
            Map.entry("PartialAppendContentNotProcessed", "MHD : la relation appends est conservée, non traitée."),
            Map.entry("PartialSignatureContentNotProcessed", "MHD : la relation signs est conservée, non traitée."),
            Map.entry(
                    "PartialTransformContentNotProcessed", "MHD : la relation transforms est conservée, non traitée."),
            Map.entry("XDSMissingDocument", "XDS : une fiche sans son document."),
            Map.entry("XDSMissingDocumentMetadata", "XDS : un document sans sa fiche."),
            Map.entry("XDSNonIdenticalHash", "XDS : l’empreinte annoncée n’est pas celle du document."),
            Map.entry("XDSNonIdenticalSize", "XDS : la taille annoncée n’est pas celle du document."),
            Map.entry("XDSPatientIdDoesNotMatch", "XDS : les ressources ne désignent pas le même patient."),
            Map.entry("XDSRegistryDuplicateUniqueIdInMessage", "XDS : un identifiant unique est répété dans le lot."),
            Map.entry("cda-header", "En-tête du document CDA."),
            Map.entry("constr-bind-attachmenturl", "Contrainte de PDSm sur attachment.url."),
            Map.entry("constr-bind-relatesTo", "Contrainte de PDSm sur relatesTo."),
            Map.entry("constr-bind-relatesToTarget", "Contrainte de PDSm sur relatesTo.target."),
            Map.entry("constr-cdr-rempl", "Contrainte de PDSm sur le remplacement."),
            Map.entry("constr-unique-id", "Identifiant unique bien formé."),
            Map.entry("fr-core-patient", "Profil fr-core-patient."),
            Map.entry("mhd-comprehensive-document-reference", "Profil Comprehensive.DocumentReference de MHD."),
            Map.entry("mhd-comprehensive-folder", "Profil Comprehensive.Folder de MHD."),
            Map.entry("mhd-comprehensive-submissionset", "Profil Comprehensive.SubmissionSet de MHD."),
            Map.entry("mhd-provide-bundle", "Profil ProvideBundle de MHD."),
            Map.entry("pdsm-comprehensive-document-reference", "Profil pdsm-comprehensive-document-reference."),
            Map.entry("pdsm-folder-comprehensive", "Profil pdsm-folder-comprehensive."),
            Map.entry("pdsm-submissionset-comprehensive", "Profil pdsm-submissionset-comprehensive."),
            Map.entry("schematron", "Schématron de l’exploitant sur un document CDA.")));

    private GeneratedSources() {}

    /** File name and content of each. */
    static Map<String, String> all() {
        return Map.of(
                "rules.fsh", rules(),
                "actions.fsh", actions(),
                "errors.fsh", errors(),
                "tables.fsh", tables(),
                "rubrics.fsh", rubrics());
    }

    private static String rules() {
        List<String> lines = begin("rules/catalogue.tsv");
        lines.addAll(List.of(
                "CodeSystem: RuleCS",
                "Id: rule",
                "Title: \"Règles\"",
                "Description: \"Les règles du DMP telles que le serveur les connaît, dans leur numérotation. Un refus porte le numéro"
                        + " de la sienne ; le verdict, partie lisible, est l'un de ses libellés.\"",
                COMPLETE));
        for (CatalogueEntry entry : RuleCatalogue.load().entries()) {
            lines.add("* #%s %s %s"
                    .formatted(
                            entry.id(), quoted(entry.id()), quoted(entry.asks().french())));
            entry.verdicts().stream().map(Rule::slug).distinct().forEach(slug -> designation(lines, entry.id(), slug));
        }
        return String.join("\n", lines) + "\n";
    }

    private static void designation(List<String> lines, String code, String value) {
        lines.add("* #%s ^designation[+].value = %s".formatted(code, quoted(value)));
    }

    private static String actions() {
        List<String> lines = begin("policy.Action");
        lines.addAll(List.of(
                "CodeSystem: AccessAction",
                "Id: access-action",
                "Title: \"Actions\"",
                "Description: \"Ce que l'appelant a voulu faire, tel que la politique l'a jugé ; dans AuditEvent.subtype.\"",
                COMPLETE));
        Arrays.stream(Action.values()).forEach(action -> lines.add("* #%1$s \"%1$s\"".formatted(action.name())));
        return String.join("\n", lines) + "\n";
    }

    private static String errors() {
        List<String> lines = begin("the message bundles errors, door and dmp");
        lines.addAll(List.of(
                "CodeSystem: ErrorCS",
                "Id: error",
                "Title: \"Codes d'erreur\"",
                "Description: \"Les codes qui ne sont pas des règles, dans OperationOutcome.issue.details.\"",
                COMPLETE));
        SortedMap<String, String> codes = new TreeMap<>(CONSTRAINTS);
        BUNDLES.forEach(bundle -> sentences(bundle)
                .forEach((key, text) -> codes.merge(
                        key.substring(key.indexOf('.') + 1),
                        text,
                        (first, second) -> first.equals(second) ? first : first + " " + second)));
        codes.forEach((code, text) -> lines.add("* #%s %s %s".formatted(code, quoted(code), quoted(text))));
        return String.join("\n", lines) + "\n";
    }

    private static String tables() {
        List<String> lines = begin("the tables in terminology/");
        Stream.of(
                        new Table("typeCode_dmp", "type-dmp", "Types de documents du DMP", "JDV_J66"),
                        new Table("typeCode", "type", "Types de documents", "JDV_J07"),
                        new Table("classCode", "document-class", "Classes de documents", "JDV_J06, JDV_J57"),
                        new Table("formatCode", "format-code", "Formats de documents", "JDV_J10"),
                        new Table("healthcareFacilityTypeCode", "facility-type", "Secteurs d'activité", "JDV_J02"),
                        new Table("practiceSettingCode", "practice-setting", "Cadres d'exercice", "JDV_J04"),
                        new Table("contentTypeCode", "content-type", "Types d'activité d'un lot", "JDV_J03"),
                        new Table(
                                "authorSpecialty",
                                "author-specialty",
                                "Professions et savoir-faire d'un auteur",
                                "JDV_J01"),
                        new Table("visibilityStatus_TRE_A07", "visibility-status", "Statuts de visibilité", "JDV_J110"))
                .forEach(table -> table.write(lines));
        return String.join("\n", lines) + "\n";
    }

    private static String rubrics() {
        List<String> lines = begin("terminology/rubrics.tsv");
        List<Rubric> spaces = Stream.of(Side.EMERGENCY, Side.PROFESSIONAL)
                .flatMap(side -> Rubrics.bundled().of(side).stream())
                .toList();
        rubrics(lines, "ProfessionalSpace", "professional-space", "Espaces du professionnel", spaces);
        rubrics(
                lines,
                "HolderRubric",
                "holder-rubric",
                "Rubriques du titulaire",
                Rubrics.bundled().of(Side.HOLDER));
        lines.addAll(List.of(
                "ValueSet: RubricVS",
                "Id: rubric",
                "Title: \"Rubriques\"",
                "Description: \"Où la vue d'ensemble range les documents, pour les professionnels et pour le titulaire.\"",
                "* ^experimental = false",
                "* include codes from system ProfessionalSpace",
                "* include codes from system HolderRubric"));
        return String.join("\n", lines) + "\n";
    }

    private static void rubrics(List<String> lines, String name, String id, String title, List<Rubric> rubrics) {
        lines.addAll(List.of(
                "CodeSystem: " + name,
                "Id: " + id,
                "Title: " + quoted(title),
                "Description: " + quoted(title + " : où la vue d'ensemble range les documents (R138), dans cet ordre."),
                COMPLETE));
        for (Rubric rubric : rubrics) {
            lines.add("* #%s %s".formatted(rubric.code(), quoted(rubric.french())));
            lines.add("* #%s ^designation[+].language = #en".formatted(rubric.code()));
            lines.add("* #%s ^designation[=].value = %s".formatted(rubric.code(), quoted(rubric.english())));
        }
        lines.add("");
    }

    private static List<String> begin(String source) {
        return new ArrayList<>(List.of(NOTE.formatted(source), ""));
    }

    private static SortedMap<String, String> sentences(String bundle) {
        try (var in = GeneratedSources.class.getResourceAsStream("/messages/" + bundle + ".properties")) {
            var sentences = new TreeMap<String, String>();
            var read = new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
            read.keySet().forEach(key -> sentences.put(key, read.getString(key)));
            return sentences;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A code table of the field: code, label, system. */
    private record Table(String file, String id, String title, String source) {

        void write(List<String> lines) {
            String name = id.substring(0, 1).toUpperCase(Locale.ROOT)
                    + id.substring(1).replace("-", "");
            lines.addAll(List.of(
                    "ValueSet: " + name + "VS",
                    "Id: " + id,
                    "Title: " + quoted(title),
                    "Description: " + quoted(title + ", d'après " + source + "."),
                    "* ^experimental = false"));
            rows().map(row -> "* %s#\"%s\" %s".formatted(row[2], row[0], quoted(row[1])))
                    .forEach(lines::add);
            lines.add("");
        }

        private Stream<String[]> rows() {
            try (var in = GeneratedSources.class.getResourceAsStream("/terminology/" + file + ".tsv")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .skip(1)
                        .filter(line -> !line.isBlank())
                        .map(line -> line.split("\t", -1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
