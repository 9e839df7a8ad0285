package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL of each parameter and FHIR agree: on stored resources, with every value that they give occasion to search. */
class SearchSemanticsIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    /** Of every lot that this test sends. */
    private static final Set<String> SAME = Set.of("code", "status", "designationType", "sourceId");

    private static Person patient;
    private static String token;
    private static List<DomainResource> documents;
    private static List<DomainResource> lists;
    private static int deposits;

    @BeforeAll
    static void publish() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        token = token("dr-martin", patient);
        deposit("dr-martin", Depositor.DR_MARTIN, Document.Kind.CONSULTATION, d -> {
            attachmentMade(d, "2026-01-10");
            happened(d, "2026-01-10", null);
            d.getContext().addEvent(concept("https://example.org/ccam", "YYYY001"));
        });
        deposit("dr-leroy", Scene.LEROY, Document.Kind.PSYCHIATRIC_SYNTHESIS, d -> {
            attachmentMade(d, "2025-12-31T23:30:00Z");
            happened(d, "2025-12", "2026-01-10");
            d.getSecurityLabelFirstRep().getCodingFirstRep().setCode("R");
            d.getContext()
                    .addEvent(new CodeableConcept(new Coding(null, "YYYY001", null)))
                    .setFacilityType(concept(CodeSystems.TRE_R02, "SA01"))
                    .setPracticeSetting(concept(CodeSystems.TRE_A01, "ETABLISSEMENT"));
            d.getContentFirstRep().getFormat().setCode("urn:ihe:iti:xds:2017:mimeTypeSufficient");
        });
        String old = deposit("dr-martin", Depositor.DR_MARTIN, Document.Kind.CONSULTATION, d -> {
            attachmentMade(d, "2026-01-10T12:00:00.500+01:00");
            happened(d, "2026-01-10T11:00:00+01:00", "2026-01-10T12:00:00+01:00");
            d.getContext()
                    .addRelated(new Reference()
                            .setIdentifier(new Identifier()
                                    .setType(new CodeableConcept(
                                            new Coding("urn:ietf:rfc:3986", "urn:ihe:iti:xds:2013:accession", null)))
                                    .setSystem("urn:oid:1.2.250.1.999")
                                    .setValue("EXAMEN-78")));
        });
        String archived = deposit("dr-martin", Depositor.DR_MARTIN, Document.Kind.CONSULTATION, d -> {
            attachmentMade(d, "2026");
            happened(d, "2026", "2026");
        });
        assertThat(Scene.SERVER
                        .send(token, MetadataUpdateIT.archiving(archived, true))
                        .status())
                .isEqualTo(200);
        deposit("dr-martin", Depositor.DR_MARTIN, Document.Kind.CONSULTATION, d -> {
            attachmentMade(d, "2026-02-01T08:15:30+01:00");
            happened(d, "2026-01", null);
            d.addRelatesTo().setCode(DocumentRelationshipType.REPLACES).setTarget(new Reference(old));
        });
        documents = all("DocumentReference?status=current,superseded");
        lists = all("List?code=submissionset,folder&status=current,retired");
        assertThat(documents).hasSize(5);
        assertThat(lists).hasSize(5);
    }

    private static String deposit(
            String actor, Depositor depositor, Document.Kind kind, Consumer<DocumentReference> edit) {
        UniqueId id = UniqueId.random();
        byte[] bytes = ("%PDF-1.4 " + id.oid()).getBytes(StandardCharsets.US_ASCII);
        var document = new Document(id, kind, Scene.now().minusDays(9L * ++deposits), bytes);
        Bundle bundle = Scene.edited(lot(patient, depositor, document), edit);
        Scene.set(bundle).setTitle("Été à l’hôpital n° " + depositor.family());
        return Scene.published(actor, patient, bundle);
    }

    private static void attachmentMade(DocumentReference document, String when) {
        document.getContentFirstRep().getAttachment().setCreationElement(new DateTimeType(when));
    }

    private static void happened(DocumentReference document, String start, String end) {
        Period period = new Period().setStartElement(new DateTimeType(start));
        document.getContext().setPeriod(end == null ? period : period.setEndElement(new DateTimeType(end)));
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private static List<DomainResource> all(String search) {
        Answer answer = Scene.SERVER.send(token, Call.get(search + "&_count=200&" + Scene.of(patient)));
        return bundle(answer).getEntry().stream()
                .map(e -> (DomainResource) e.getResource())
                .toList();
    }

    private static Bundle bundle(Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(body).isEqualTo(200);
        return FHIR.newJsonParser().parseResource(Bundle.class, body);
    }

    static Stream<String> ofDocuments() {
        return SearchOracle.DOCUMENTS.keySet().stream().sorted();
    }

    static Stream<String> ofLists() {
        return SearchOracle.LISTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("ofDocuments")
    void documentsAreFoundAsFhirSays(String parameter) {
        agree(parameter, SearchOracle.DOCUMENTS, documents, "DocumentReference?status=current,superseded");
    }

    @ParameterizedTest
    @MethodSource("ofLists")
    void listsAreFoundAsFhirSays(String parameter) {
        agree(parameter, SearchOracle.LISTS, lists, "List?code=submissionset,folder&status=current,retired");
    }

    private static void agree(
            String parameter, Map<String, String> expressions, List<DomainResource> stored, String search) {
        var oracle = new SearchOracle(expressions);
        List<String> tried = oracle.searches(stored, parameter).toList();
        List<String> wrong = new ArrayList<>();
        boolean some = false;
        for (int i = 0; i < tried.size(); i++) {
            // one alone, and with the one before: repeated parameters must all hold
            List<String> conditions = i % 3 == 2 ? tried.subList(i - 1, i + 1) : tried.subList(i, i + 1);
            Set<String> expected = stored.stream()
                    .filter(r -> conditions.stream().allMatch(c -> oracle.matches(r, name(c), value(c))))
                    .map(r -> r.getIdElement().getIdPart())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> found = ids(search, conditions);
            some |= !found.isEmpty() && found.size() < stored.size();
            if (!found.equals(expected)) {
                wrong.add(conditions + ": " + found.size() + " found, " + expected.size() + " expected");
            }
        }
        assertThat(tried).isNotEmpty();
        assertThat(wrong).as("%d searches", tried.size()).isEmpty();
        assertThat(some || (search.startsWith("List") && SAME.contains(parameter)))
                .as("tells one from another")
                .isTrue();
    }

    private static String name(String condition) {
        return condition.substring(0, condition.indexOf('='));
    }

    private static String value(String condition) {
        return condition.substring(condition.indexOf('=') + 1);
    }

    private static Set<String> ids(String search, List<String> conditions) {
        String more = conditions.stream()
                .map(c -> "&" + Call.escaped(name(c)) + "=" + Call.escaped(value(c)))
                .collect(Collectors.joining());
        Answer answer = Scene.SERVER.send(token, Call.get(search + more + "&" + Scene.of(patient)));
        Bundle bundle = bundle(answer);
        assertThat(bundle.getTotal()).isEqualTo(bundle.getEntry().size());
        return bundle.getEntry().stream()
                .map(e -> e.getResource())
                .filter(r -> r instanceof DocumentReference || r instanceof ListResource)
                .map(r -> r.getIdElement().getIdPart())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
