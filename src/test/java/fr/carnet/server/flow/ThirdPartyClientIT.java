package fr.carnet.server.flow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.fhir.model.format.Format;
import com.ibm.fhir.model.parser.FHIRParser;
import com.ibm.fhir.model.resource.Binary;
import com.ibm.fhir.model.resource.Bundle;
import com.ibm.fhir.model.resource.CapabilityStatement;
import com.ibm.fhir.model.resource.DocumentReference;
import com.ibm.fhir.model.resource.OperationOutcome;
import com.ibm.fhir.model.resource.Resource;
import com.ibm.fhir.model.type.Attachment;
import com.ibm.fhir.model.type.code.BundleType;
import com.ibm.fhir.model.type.code.IssueSeverity;
import com.ibm.fhir.model.type.code.SearchEntryMode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.flow.ThirdPartyClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever writes and reads FHIR with something else than HAPI publishes, finds and retrieves, in JSON and in XML. */
class ThirdPartyClientIT {

    private static final String BASE = Scene.SERVER.root() + "/fhir";
    private static final String ONE_OF_OURS = BASE + "/%s/[A-Za-z0-9.-]{1,64}";

    private final Person patient = Scene.patient();
    private final Document document = Scene.document();
    private final String ofPatient = Scene.of(patient);

    private ThirdPartyClient martin(Format format) {
        return client("dr-martin", format);
    }

    private ThirdPartyClient client(String actor, Format format) {
        return new ThirdPartyClient(URI.create(BASE), Scene.token(actor, patient), format);
    }

    /** Publishes by ITI-65 as a physician who may consult; {@code List/id}, {@code DocumentReference/id}, {@code Binary/id}. */
    private List<String> published(ThirdPartyClient martin) {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Reply reply = martin.post("", ThirdPartyLot.of(patient, document).transaction());
        assertThat(reply.status()).isEqualTo(200);
        return reply.as(Bundle.class).getEntry().stream()
                .map(e -> e.getResponse().getLocation().getValue().replaceAll("/_history/.*", ""))
                .toList();
    }

    private static List<String> rules(OperationOutcome outcome) {
        return outcome.getIssue().stream()
                .filter(i -> !i.getSeverity().equals(IssueSeverity.WARNING)
                        && !i.getSeverity().equals(IssueSeverity.INFORMATION))
                .flatMap(i -> i.getDetails().getCoding().stream())
                .map(c -> c.getCode().getValue())
                .toList();
    }

    /** The one resource that a search found. */
    private static <T extends Resource> T found(Reply reply, Class<T> type) {
        assertThat(reply.status()).isEqualTo(200);
        Bundle bundle = reply.as(Bundle.class);
        assertThat(bundle.getType()).isEqualTo(BundleType.SEARCHSET);
        assertThat(bundle.getTotal().getValue()).isEqualTo(1);
        assertThat(bundle.getLink().stream().map(l -> l.getRelation().getValue()))
                .contains("self");
        assertThat(bundle.getEntry()).hasSize(1);
        Bundle.Entry entry = bundle.getEntry().get(0);
        assertThat(entry.getSearch().getMode()).isEqualTo(SearchEntryMode.MATCH);
        assertThat(entry.getFullUrl().getValue())
                .matches(ONE_OF_OURS.formatted(type.getSimpleName()))
                .endsWith("/" + entry.getResource().getId());
        return entry.getResource().as(type);
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void lotIsPublished(Format format) {
        Bundle sent = ThirdPartyLot.of(patient, document).transaction();
        Reply reply = martin(format).post("", sent);
        assertThat(reply.status()).isEqualTo(200);
        Bundle answer = reply.as(Bundle.class);
        assertThat(answer.getType()).isEqualTo(BundleType.TRANSACTION_RESPONSE);
        assertThat(answer.getEntry().stream()
                        .map(e -> e.getResponse().getStatus().getValue()))
                .containsExactly("201 Created", "201 Created", "201 Created");
        assertThat(answer.getEntry().stream()
                        .map(e -> e.getResponse().getLocation().getValue().replaceAll("/.*", "")))
                .containsExactly("List", "DocumentReference", "Binary");
        Stream<OperationOutcome> outcomes = answer.getEntry().stream()
                .map(e -> e.getResponse().getOutcome())
                .filter(OperationOutcome.class::isInstance)
                .map(OperationOutcome.class::cast);
        assertThat(outcomes.flatMap(o -> rules(o).stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void documentIsFound(Format format) {
        ThirdPartyClient martin = martin(format);
        List<String> created = published(martin);
        String query = ofPatient + "&status=current&type=" + document.kind().typeCode();
        for (Reply reply : List.of(
                martin.get("DocumentReference?" + query),
                martin.search("DocumentReference", query),
                martin.get("DocumentReference?" + ofPatient + "&" + Scene.identifier(document.id())))) {
            DocumentReference found = found(reply, DocumentReference.class);
            assertThat("DocumentReference/" + found.getId()).isEqualTo(created.get(1));
            assertThat(found.getMasterIdentifier().getValue().getValue())
                    .isEqualTo(document.id().urn());
            assertThat(found.getContent().get(0).getAttachment().getHash().getValue())
                    .isEqualTo(Document.sha1(document.content()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void lotIsFound(Format format) {
        ThirdPartyClient martin = martin(format);
        List<String> created = published(martin);
        String query = ofPatient + "&status=current&code=submissionset";
        for (Reply reply : List.of(martin.get("List?" + query), martin.search("List", query))) {
            var lot = found(reply, com.ibm.fhir.model.resource.List.class);
            assertThat("List/" + lot.getId()).isEqualTo(created.get(0));
            assertThat(lot.getEntry().get(0).getItem().getReference().getValue())
                    .isEqualTo(created.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void bytesAreRetrievedRawAndWrapped(Format format) {
        ThirdPartyClient martin = martin(format);
        List<String> created = published(martin);
        DocumentReference reference = martin.get(created.get(1)).as(DocumentReference.class);
        Attachment attachment = reference.getContent().get(0).getAttachment();
        String url = attachment.getUrl().getValue();
        assertThat(url).isEqualTo(BASE + "/" + created.get(2));
        Reply raw = martin.get(url, attachment.getContentType().getValue());
        assertThat(raw.status()).isEqualTo(200);
        assertThat(raw.contentType()).isEqualTo("application/pdf");
        assertThat(raw.body()).isEqualTo(document.content());
        Binary wrapped = martin.get(url).as(Binary.class);
        assertThat(wrapped.getContentType().getValue()).isEqualTo("application/pdf");
        assertThat(wrapped.getData().getValue()).isEqualTo(document.content());
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void documentIsPublishedWithoutLot(Format format) {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        ThirdPartyClient martin = martin(format);
        Reply reply = martin.post(
                "DocumentReference", ThirdPartyLot.of(patient, document).simplified());
        assertThat(reply.status()).isEqualTo(201);
        DocumentReference stored = reply.as(DocumentReference.class);
        assertThat(reply.headers().firstValue("Location"))
                .hasValue(BASE + "/DocumentReference/" + stored.getId() + "/_history/1");
        assertThat(found(martin.get("DocumentReference?status=current&" + ofPatient), DocumentReference.class))
                .isEqualTo(stored);
        String url = stored.getContent().get(0).getAttachment().getUrl().getValue();
        assertThat(martin.get(url, "application/pdf").body()).isEqualTo(document.content());
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void readerWithoutConsentIsToldTheRule(Format format) {
        List<String> created = published(martin(format));
        ThirdPartyClient leroy = client("dr-leroy", format);
        for (String path : List.of(
                "DocumentReference?status=current&" + ofPatient, created.get(1), created.get(2), "Binary/none")) {
            Reply refused = leroy.get(path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            OperationOutcome outcome = refused.as(OperationOutcome.class);
            assertThat(rules(outcome)).as(path).containsExactly("R36");
            assertThat(outcome.getIssue().get(0).getDetails().getText().getValue())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void senderIsToldWhereHisLotFails(Format format) {
        Bundle lot = ThirdPartyLot.of(patient, document).transaction();
        DocumentReference reference = lot.getEntry().get(1).getResource().as(DocumentReference.class);
        Bundle.Entry withoutCustodian = lot.getEntry().get(1).toBuilder()
                .resource(reference.toBuilder().custodian(null).build())
                .build();
        Bundle incomplete = lot.toBuilder()
                .entry(List.of(
                        lot.getEntry().get(0), withoutCustodian, lot.getEntry().get(2)))
                .build();
        Reply refused = martin(format).post("", incomplete);
        assertThat(refused.status()).isEqualTo(422);
        OperationOutcome outcome = refused.as(OperationOutcome.class);
        assertThat(rules(outcome)).contains("pdsm-comprehensive-document-reference");
        assertThat(outcome.getIssue().stream()
                        .flatMap(i -> i.getExpression().stream())
                        .map(e -> e.getValue()))
                .contains("Bundle.entry[1].resource.custodian");
    }

    @Test
    void jsonAndXmlSayTheSame() {
        ThirdPartyClient martin = martin(Format.JSON);
        for (String created : published(martin)) {
            assertThat(martin.in(Format.XML).get(created).as(Resource.class))
                    .as(created)
                    .isEqualTo(martin.get(created).as(Resource.class));
        }
        assertThat(martin.in(Format.XML).get("metadata").as(CapabilityStatement.class))
                .isEqualTo(martin.get("metadata").as(CapabilityStatement.class));
    }

    @ParameterizedTest
    @CsvSource({"JSON, Patient", "XML, Patient", "JSON, Consent", "XML, Consent", "JSON, AuditEvent", "XML, AuditEvent"
    })
    void identitiesChoicesAndTracesAreRead(Format format, String type) {
        ThirdPartyClient martin = martin(format);
        published(martin);
        ThirdPartyClient auditor = new ThirdPartyClient(URI.create(BASE), Scene.SERVER.token("auditor"), format);
        ThirdPartyClient reader = type.equals("AuditEvent") ? auditor : martin;
        String query = type.equals("Patient") ? ofPatient.replace("patient.", "") : ofPatient;
        Reply reply = reader.get(type + "?" + query);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.as(Bundle.class).getEntry().stream()
                        .map(e -> e.getResource().getClass().getSimpleName()))
                .isNotEmpty()
                .containsOnly(type);
    }

    @Test
    void publishedDefinitionsAreRead() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("profiles"))) {
            List<Path> resources = files.filter(f -> f.getFileName().toString().matches("[A-Z].*\\.json"))
                    .toList();
            assertThat(resources).isNotEmpty().allSatisfy(file -> {
                try (InputStream json = Files.newInputStream(file)) {
                    Resource read = FHIRParser.parser(Format.JSON).parse(json);
                    assertThat(file.getFileName().toString())
                            .startsWith(read.getClass().getSimpleName() + "-");
                }
            });
        }
    }

    @Test
    void noLineOfHapiIsInTheClient() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn..", "org.hl7..")
                .check(new ClassFileImporter()
                        .importClasses(
                                ThirdPartyClientIT.class, ThirdPartyClient.class, Reply.class, ThirdPartyLot.class));
    }
}
