package fr.carnet.validation.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SyntaxTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Syntax SYNTAX = new Syntax(R4);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"resourceType":"DocumentReference","securityLable":[]}                          | unknown-element DocumentReference.securityLable
            {"resourceType":"DocumentReference","securityLabel":{"coding":[]}}               | json-type DocumentReference.securityLabel
            {"resourceType":"DocumentReference","securityLabel":[{"codng":[{"code":"N"}]}]}  | unknown-element DocumentReference.securityLabel[0].codng
            {"resourceType":"DocumentReference","status":"current","status":"superseded"}    | repeated-element DocumentReference.status
            {"resourceType":"DocumentReference","subject":[{"reference":"Patient/1"}]}       | json-type DocumentReference.subject
            {"resourceType":"DocumentReference","subject":"Patient/1"}                       | json-type DocumentReference.subject
            {"resourceType":"DocumentReference","status":"curent"}                           | invalid-value DocumentReference.status
            {"resourceType":"DocumentReference","date":"yesterday"}                          | invalid-value DocumentReference.date
            {"resourceType":"DocumentReference","description":7}                             | json-type DocumentReference.description
            {"resourceType":"DocumentReference","description":null}                          | json-type DocumentReference.description
            {"resourceType":"DocumentReference","description":""}                            | empty-element DocumentReference.description
            {"resourceType":"DocumentReference","identifier":[]}                             | empty-element DocumentReference.identifier
            {"resourceType":"DocumentReference","identifier":[{}]}                           | empty-element DocumentReference.identifier[0]
            {"resourceType":"DocumentReference","content":[{"attachment":{"size":"7"}}]}     | json-type DocumentReference.content[0].attachment.size
            {"resourceType":"DocumentReference","fhir_comments":["a"]}                       | unknown-element DocumentReference.fhir_comments
            {"resourceType":"DocumentReference","subject":{"resourceType":"Patient"}}        | unknown-element DocumentReference.subject.resourceType
            {"resourceType":"DocumentReference","_subject":{"id":"a"}}                       | unknown-element DocumentReference._subject
            {"resourceType":"DocumentReference","_status":{"id":"a","value":"b"}}            | unknown-element DocumentReference.status.value
            {"resourceType":"DocumentReference","contained":[{"id":"a"}]}                    | resource-type DocumentReference.contained[0]
            {"resourceType":"DocumentReference","contained":[{"resourceType":"Practitoner"}]} | resource-type DocumentReference.contained[0]
            {"resourceType":"DocumentReference","contained":[{"resourceType":"Patient","nam":1}]} | unknown-element DocumentReference.contained[0].nam
            {"resourceType":"DocumentReference","subject":{"modifierExtension":[{"url":"a"}]}} | unknown-element DocumentReference.subject.modifierExtension
            {"resourceType":"DocumentReference","a b":1}                                     | unknown-element DocumentReference
            {"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2020"}      | repeated-element Patient.deceasedDateTime
            {"resourceType":"Patient","active":"true"}                                       | json-type Patient.active
            {"resourceType":"Patient","deceased[x]":true}                                    | unknown-element Patient
            {"resourceType":"Patient","name":[{"given":["A"],"_given":[null,{"id":"b"}]}]}   | unknown-element Patient.name[0]._given
            {"resourceType":"Patient","name":[{"given":[null]}]}                             | empty-element Patient.name[0].given[0]
            {"resourceType":"Patient","extension":[{"url":"a","valueText":"b"}]}             | unknown-element Patient.extension[0].valueText
            {"resourceType":"Binary","data":"YWJj*"}                                         | invalid-value Binary.data
            {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"List","entri":1}}]} | unknown-element Bundle.entry[0].resource.entri
            {"resourceType":"Parameters","parameter":[{"name":"a","part":[{"valeur":1}]}]}   | unknown-element Parameters.parameter[0].part[0].valeur
            {"resourceType":"patient"}                                                       | resource-type
            {"id":"a"}                                                                       | resource-type
            [1]                                                                              | json-type
            """)
    void whatAParserWouldDropIsToldWithItsPlace(String json, String told) {
        assertThat(told(SYNTAX.json(new StringReader(json)))).contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <DocumentReference xmlns="http://hl7.org/fhir"><securityLable/></DocumentReference>                  | unknown-element DocumentReference.securityLable
            <DocumentReference xmlns="http://hl7.org/fhir"><status value="current"/><status value="superseded"/></DocumentReference> | repeated-element DocumentReference.status
            <DocumentReference xmlns="http://hl7.org/fhir"><status>current</status></DocumentReference>          | stray-text DocumentReference.status
            <DocumentReference xmlns="http://hl7.org/fhir"><status valeur="current"/></DocumentReference>        | unknown-element DocumentReference.status.valeur
            <DocumentReference xmlns="http://hl7.org/fhir"><status/></DocumentReference>                         | empty-element DocumentReference.status
            <DocumentReference xmlns="http://hl7.org/fhir"><status value="curent"/></DocumentReference>          | invalid-value DocumentReference.status
            <DocumentReference xmlns="http://hl7.org/fhir"><subject value="Patient/1"/></DocumentReference>      | unknown-element DocumentReference.subject.value
            <DocumentReference xmlns="http://hl7.org/fhir" id="a"><status value="current"/></DocumentReference>  | unknown-element DocumentReference.id
            <DocumentReference xmlns="http://hl7.org/fhir"><identifier/></DocumentReference>                     | empty-element DocumentReference.identifier[0]
            <DocumentReference xmlns="http://hl7.org/fhir"><contained><Practitoner/></contained></DocumentReference> | resource-type DocumentReference.contained[0]
            <DocumentReference xmlns="http://hl7.org/fhir"><contained/></DocumentReference>                      | empty-element DocumentReference.contained[0]
            <DocumentReference xmlns="http://hl7.org/fhir"><contained><Patient/><Patient/></contained></DocumentReference> | repeated-element DocumentReference.contained[0].Patient
            <Patient xmlns="http://hl7.org/fhir"><extension><url value="a"/></extension></Patient>               | unknown-element Patient.extension[0].url
            <Patient xmlns="http://hl7.org/fhir"><birthDate value="1984-05-01"><note/></birthDate></Patient>     | unknown-element Patient.birthDate.note
            <Patint xmlns="http://hl7.org/fhir"/>                                                                | resource-type
            """)
    void xmlIsHeldToTheSameGrammar(String xml, String told) {
        assertThat(told(SYNTAX.xml(new StringReader(xml)))).contains(told);
    }

    @Test
    void everythingIsToldAtOnce() {
        var issues = SYNTAX.json(new StringReader("""
                {"resourceType":"DocumentReference","a":1,"status":"curent","subject":{"b":2},"content":[{"c":3}]}"""));
        assertThat(told(issues))
                .containsExactly(
                        "unknown-element DocumentReference.a",
                        "invalid-value DocumentReference.status",
                        "unknown-element DocumentReference.subject.b",
                        "unknown-element DocumentReference.content[0].c");
    }

    @Test
    void aLongListIsCut() {
        String members = ",\"x\":1".repeat(500);
        List<Issue> issues = SYNTAX.json(new StringReader("{\"resourceType\":\"Patient\"" + members + "}"));
        assertThat(issues).hasSize(101);
        assertThat(issues.get(100).code()).isEqualTo("more-errors");
    }

    @Test
    void valuesAreNotQuoted() {
        var issues = SYNTAX.json(
                new StringReader("{\"resourceType\":\"Patient\",\"birthDate\":\"le 1er mai\",\"gender\":\"DUPONT\"}"));
        assertThat(issues).hasSize(2);
        assertThat(issues.toString()).doesNotContain("mai").doesNotContain("DUPONT");
    }

    @Test
    void extensionsBesideAValueAreOfTheGrammar() {
        assertThat(SYNTAX.json(new StringReader("""
                {"resourceType":"Patient","_gender":{"extension":[{"url":"a","valueCode":"b"}]},
                 "name":[{"id":"n","given":[null,"A"],"_given":[{"extension":[{"url":"a","valueCode":"b"}]},null]}]}"""))).isEmpty();
        assertThat(SYNTAX.xml(new StringReader("""
                <Patient xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://hl7.org/fhir fhir.xsd"><!-- said -->
                  <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p class="a">b</p></div></text>
                  <name id="n"><given><extension url="a"><valueCode value="b"/></extension></given></name></Patient>"""))).isEmpty();
    }

    @Test
    void modifiersAreOfTheGrammarWhereFhirHasThem() {
        assertThat(SYNTAX.json(new StringReader("""
                {"resourceType":"DocumentReference","modifierExtension":[{"url":"a","valueCode":"b"}],
                 "content":[{"modifierExtension":[{"url":"a","valueCode":"b"}]}]}"""))).isEmpty();
        assertThat(SYNTAX.xml(new StringReader("""
                <Patient xmlns="http://hl7.org/fhir"><modifierExtension url="a"><valueCode value="b"/></modifierExtension></Patient>"""))).isEmpty();
    }

    @Test
    void aTextMayBeAsLongAsADocument() {
        String data = "QUJD".repeat(7_000_000);
        assertThat(SYNTAX.json(new StringReader("{\"resourceType\":\"Binary\",\"data\":\"" + data + "\"}")))
                .isEmpty();
    }

    @Test
    void whatIsNoJsonAndNoXmlIsUnreadable() {
        for (String body :
                List.of("", "{", "{} {}", "{\"a\":}", "{'a':1}", "{\"a\":NaN}", "// a\n{}", "{\"a\":\"\\ud800\"}")) {
            assertThatThrownBy(() -> SYNTAX.json(new StringReader(body)))
                    .as(body)
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("unreadable");
        }
        for (String body : List.of("", "<Patient>", "<!DOCTYPE Patient><Patient/>", "<Patient/><Patient/>")) {
            assertThatThrownBy(() -> SYNTAX.xml(new StringReader(body)))
                    .as(body)
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("unreadable");
        }
    }

    @Test
    void xmlMayNotBeDeep() {
        String deep = "<extension url=\"a\">".repeat(100_000) + "</extension>".repeat(100_000);
        assertThatThrownBy(() ->
                        SYNTAX.xml(new StringReader("<Patient xmlns=\"http://hl7.org/fhir\">" + deep + "</Patient>")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("nested-too-deep");
    }

    @Test
    void aPatchSaysNothingTwice() {
        String patch = "[{\"op\":\"add\",\"path\":\"/a\",\"value\":{\"b\":1,\"b\":2}}]";
        assertThat(SYNTAX.otherJson(new StringReader(patch)))
                .extracting(Issue::code)
                .containsExactly("repeated-element");
        assertThat(SYNTAX.otherJson(new StringReader(patch.replace(",\"b\":2", ""))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesOfTheGuideAreOfTheGrammarInBothFormats(Path example) throws IOException {
        String json = Files.readString(example);
        assertThat(told(SYNTAX.json(new StringReader(json)))).isEmpty();
        String xml = R4.newXmlParser().encodeResourceToString(R4.newJsonParser().parseResource(json));
        assertThat(told(SYNTAX.xml(new StringReader(xml)))).isEmpty();
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("profiles"))) {
            return files
                    .filter(file -> file.toString().endsWith(".json")
                            && !file.getFileName().toString().equals("package.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<String> told(List<Issue> issues) {
        return issues.stream()
                .map(issue -> (issue.code() + " " + issue.expression().orElse("")).strip())
                .toList();
    }
}
