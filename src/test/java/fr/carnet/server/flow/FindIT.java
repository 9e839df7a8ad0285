package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.found;
import static fr.carnet.server.flow.Scene.get;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ITI-66 and ITI-67: every parameter finds what it names and nothing else, in two documents of one patient. */
class FindIT {

    private static final String LOINC = CodeSystems.LOINC + "|";
    private static final String OID = "2.25.7";

    private static Person patient;
    private static String token;
    /** Consultation of January 2026 by Claire Martin, archived. */
    private static String consultation;
    /** Psychiatric synthesis of June 2025 by Élodie Lévêque, in a hospital. */
    private static String synthesis;

    private static UniqueId consultationId;
    private static Answer consultationLot;
    private static Answer synthesisLot;

    @BeforeAll
    static void twoDocuments() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        token = token("dr-martin", patient);
        consultationId = UniqueId.random();
        consultationLot = Scene.post(token, consultationLot());
        consultation = consultationLot.createdInTransaction().toList().get(1);
        synthesisLot = Scene.post(token("dr-leroy", patient), synthesisLot());
        synthesis = synthesisLot.createdInTransaction().toList().get(1);
        Answer archived = Scene.SERVER.send(token, MetadataUpdateIT.archiving(consultation, true));
        assertThat(archived.status()).isEqualTo(200);
    }

    private static Bundle consultationLot() {
        byte[] bytes = ("%PDF-1.4 " + consultationId.oid()).getBytes(StandardCharsets.US_ASCII);
        var document = new Document(
                consultationId, Document.Kind.CONSULTATION, OffsetDateTime.parse("2026-01-10T09:30:15Z"), bytes);
        return lot(patient, document);
    }

    private static Bundle synthesisLot() {
        var author = new Depositor(Scene.DR_LEROY, "Lévêque", "Élodie", "SM04", "1990000010", "Centre hospitalier H");
        UniqueId id = UniqueId.random();
        var document = new Document(
                id,
                Document.Kind.PSYCHIATRIC_SYNTHESIS,
                OffsetDateTime.parse("2025-06-01T10:00:00Z"),
                ("%PDF-1.4 " + id.oid()).getBytes(StandardCharsets.US_ASCII));
        Bundle bundle = Scene.edited(lot(patient, author, document), reference -> {
            reference.getSecurityLabelFirstRep().getCodingFirstRep().setCode("R");
            reference
                    .getContext()
                    .setFacilityType(concept(CodeSystems.TRE_R02, "SA01"))
                    .setPracticeSetting(concept(CodeSystems.TRE_A01, "ETABLISSEMENT"))
                    .addEvent(concept("https://example.org/ccam", "YYYY001"))
                    .setPeriod(new Period()
                            .setStartElement(new DateTimeType("2025-06-01T10:00:00Z"))
                            .setEndElement(new DateTimeType("2025-06-10T10:00:00Z")));
            reference.getContentFirstRep().getFormat().setCode("urn:ihe:iti:xds:2017:mimeTypeSufficient");
        });
        Scene.set(bundle).setTitle("Été : synthèse d’établissement");
        return bundle;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    /** C the consultation, S the synthesis. */
    private static String which(List<String> found) {
        return found.stream()
                .map(id -> id.equals(consultation) ? "C" : id.equals(synthesis) ? "S" : "?")
                .collect(Collectors.joining());
    }

    private static String search(String query) {
        String escaped = Stream.of(query.split("&"))
                .map(p -> {
                    String[] pair = p.split("=", 2);
                    return Call.escaped(pair[0]) + "=" + Call.escaped(pair[1]);
                })
                .collect(Collectors.joining("&"));
        return escaped + "&" + Scene.of(patient);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "status=current; CS",
                "status=superseded; ''",
                "status=current,superseded; CS",
                "status:not=current; ''",
                "type=11488-4; C",
                "type=http://loinc.org|68599-0; S",
                "type=http://loinc.org|; CS",
                "type=http://example.org|11488-4; ''",
                "type=11488-4,68599-0; CS",
                "type=11488-4&type=68599-0; ''",
                "type:not=11488-4; S",
                "category=10; C",
                "category=11; S",
                "date=2026-01-10; C",
                "date=2026-01; C",
                "date=2025; S",
                "date=2026-01-10T09:30:15Z; C",
                "date=2026-01-10T10:30+01:00; C",
                "date=2026-01-10T09:31Z; ''",
                "date=ne2026; S",
                "date=ge2026-01-10; C",
                "date=gt2026-01-10; ''",
                "date=gt2025-06-01; C",
                "date=le2025-06-01; S",
                "date=lt2025-06-01; ''",
                "date=sa2025-06; C",
                "date=eb2026; S",
                "date=ge2025-01-01&date=lt2026-01-01; S",
                "date=2025-06-01,2026-01-10; CS",
                "creation=2026-01-10; C",
                "creation=lt2026; S",
                "period=2025-06; S",
                "period=2025; S",
                "period=ge2025-06-05; CS",
                "period=gt2025-06-10; C",
                "period=lt2026; S",
                "period=sa2025-07; C",
                "period=eb2025-07; S",
                "period-start=2025-06-01; S",
                "period-start=ge2026; C",
                "period-end=2025-06-10; S",
                "period-end=ge2000; S",
                "facility=SA07; C",
                "facility=SA01; S",
                "setting=AMBULATOIRE; C",
                "setting:not=AMBULATOIRE; S",
                "format=urn:ihe:iti:xds-sd:pdf:2008; C",
                "format=urn:ihe:iti:xds:2017:mimeTypeSufficient; S",
                "security-label=N; C",
                "security-label=R; S",
                "event=YYYY001; S",
                "event=https://example.org/ccam|YYYY001; S",
                "event=YYYY002; ''",
                "author.family=martin; C",
                "author.family=leveque; S",
                "author.family=LÉVÊ; S",
                "author.family=eveque; ''",
                "author.family:contains=eveque; S",
                "author.family:exact=Lévêque; S",
                "author.family:exact=Leveque; ''",
                "author.given=elodie; S",
                "author.given=claire,elodie; CS",
                "author.identifier=899700100029; S",
                "isArchived=true; C",
                "isArchived=false; S",
            })
    void documentsAreFoundByEachParameter(String query, String expected) {
        String status = query.startsWith("status") ? "" : "&status=current";
        List<String> found = found(token, "DocumentReference?" + search(query + status + "&_sort=-date"));
        assertThat(which(found)).isEqualTo(expected);
    }

    @Test
    void documentIsFoundByItsIdentifiers() {
        String unique = CodeSystems.URI + "|" + consultationId.urn();
        assertThat(which(found(token, "DocumentReference?" + search("identifier=" + unique))))
                .isEqualTo("C");
        Answer read = Scene.SERVER.send(token, Call.get(consultation));
        String entry = read.json().at("/identifier/0/value").asText();
        assertThat(which(found(token, "DocumentReference?" + search("identifier=" + entry))))
                .isEqualTo("C");
        String id = consultation.substring(consultation.indexOf('/') + 1);
        assertThat(which(found(token, "DocumentReference?" + search("_id=" + id))))
                .isEqualTo("C");
        String patientId = read.json().at("/subject/reference").asText();
        assertThat(found(token, "DocumentReference?status=current&patient=" + patientId))
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"date,SC", "-date,CS", "creation,SC", "-creation,CS", "-_lastUpdated,CS"})
    void documentsAreSorted(String sort, String expected) {
        assertThat(which(found(token, "DocumentReference?" + search("status=current&_sort=" + sort))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "subject=x",
                "type:text=x",
                "date=x",
                "date=ap2026",
                "isArchived=maybe",
                "_sort=title",
                "_count=x",
                "_include=DocumentReference:subject",
                "_has=x",
                "type=",
                "_summary=brief"
            })
    void whatIsNotUnderstoodIsRefused(String query) {
        Answer answer = Scene.SERVER.send(
                token, Call.get("DocumentReference?status=current&" + query + "&" + Scene.of(patient)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).isNotBlank();
    }

    @Test
    void unknownParameterIsIgnoredOnRequestAndTold() {
        HttpResponse<byte[]> answer = get(
                "DocumentReference?status=current&colour=red&" + Scene.of(patient),
                token,
                "Prefer",
                "handling=lenient");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("parameter-ignored").contains("colour");
    }

    @Test
    void withoutPatientNothingIsSearched() {
        Answer answer = Scene.SERVER.send(token, Call.get("DocumentReference?status=current"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("patient-required");
    }

    @Test
    void searchByFormIsTheSame() {
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                "DocumentReference/_search",
                (Scene.of(patient) + "&status=current&type=11488-4").getBytes(StandardCharsets.US_ASCII),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "application/fhir+json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("\"total\":1").contains(consultation);
    }

    @Test
    void presentationIsChosen() {
        String query = "DocumentReference?status=current&type=11488-4&" + Scene.of(patient);
        assertThat(text(get(query + "&_pretty=true", token))).contains("\n  \"");
        String some = text(get(query + "&_elements=type", token));
        assertThat(some).contains("11488-4").doesNotContain("masterIdentifier");
        assertThat(text(get(query + "&_format=xml", token))).startsWith("<Bundle");
        assertThat(text(get(query, token, "Accept", "application/fhir+xml"))).startsWith("<Bundle");
        assertThat(get(query, token, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .hasValue("gzip");
        assertThat(text(get(query + "&_summary=count", token)))
                .contains("\"total\":1")
                .doesNotContain("11488-4\"}");
    }

    @Test
    void pagesHoldTogetherAndTotalsAreHonest() {
        String query = "DocumentReference?status=current&_sort=-date&_count=1&author.given=claire,elodie&";
        Answer first = Scene.SERVER.send(token, Call.get(query + Scene.of(patient)));
        assertThat(first.total()).isEqualTo(2);
        String next = first.json().at("/link/1/url").asText();
        assertThat(first.json().at("/link/1/relation").asText()).isEqualTo("next");
        assertThat(next).doesNotContain("claire").doesNotContain(patient.ins().value());
        assertThat(which(found(token, next))).isEqualTo("S");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "code=submissionset; CS",
                "code=folder; ''",
                "code=submissionset&date=2026-01; C",
                "code=submissionset&date=lt2026; S",
                "code=submissionset&designationType=SA07; CS",
                "code=submissionset&title=compte; C",
                "code=submissionset&title=ete; S",
                "code=submissionset&title:contains=synthese; S",
                "code=submissionset&title:exact=Compte rendu de consultation; C",
                "code=submissionset&source.family=leveque; S",
                "code=submissionset&source.given=claire; C",
                "code=submissionset&source.identifier=899700100011; C",
                "code=submissionset&authorOrg=399999001300016; C",
                "code=submissionset&isArchived=false; CS",
                "code=submissionset&code=folder; ''",
            })
    void lotsAreFoundByEachParameter(String query, String expected) {
        List<String> lists = found(token, "List?" + search(query + "&status=current&_sort=-date"));
        String first = consultationLot.createdInTransaction().toList().get(0);
        String second = synthesisLot.createdInTransaction().toList().get(0);
        String which = lists.stream()
                .map(id -> id.equals(first) ? "C" : id.equals(second) ? "S" : "?")
                .collect(Collectors.joining());
        assertThat(which).isEqualTo(expected);
    }

    @Test
    void lotIsFoundByItsIdentifierAndItsSource() {
        String id = consultationLot.createdInTransaction().toList().get(0);
        Answer lot = Scene.SERVER.send(token, Call.get(id));
        assertThat(lot.status()).isEqualTo(200);
        String unique = lot.json().at("/identifier/0/value").asText();
        assertThat(found(token, "List?" + search("code=submissionset&status=current&identifier=" + unique)))
                .containsExactly(id);
        String source = lot.json()
                .path("extension")
                .findValue("valueIdentifier")
                .path("value")
                .asText();
        assertThat(found(token, "List?" + search("code=submissionset&status=current&sourceId=" + source)))
                .contains(id);
        assertThat(found(token, "List?" + search("code=submissionset&status=current&sourceId=" + OID)))
                .isEmpty();
    }

    @Test
    void typeOfLoincIsWrittenAsPublished() {
        assertThat(which(found(token, "DocumentReference?" + search("status=current&type=" + LOINC + "11488-4"))))
                .isEqualTo("C");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void documentOfAnotherPatientIsNotAmongThem() {
        Person other = Scene.patient();
        String foreign = Scene.published(other, document());
        assertThat(found(token, "DocumentReference?" + search("status=current")))
                .doesNotContain(foreign)
                .hasSize(2);
    }
}
