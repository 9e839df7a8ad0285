package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.get;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Call;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Prefer: handling=lenient} asks to ignore unknown search parameters: they are, and the client is told. */
class LenientIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String[] LENIENT = {"Prefer", "handling=lenient"};

    private final String alice = token("alice", ALICE);

    private static Bundle bundle(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(200);
        return body.startsWith("<")
                ? FHIR.newXmlParser().parseResource(Bundle.class, body)
                : FHIR.newJsonParser().parseResource(Bundle.class, body);
    }

    private static List<Bundle.BundleEntryComponent> entries(Bundle bundle, SearchEntryMode mode) {
        return bundle.getEntry().stream()
                .filter(e -> e.getSearch().getMode() == mode)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?identifier=",
                "AuditEvent?_count=1&patient.identifier=",
                "DocumentReference?status=current&_count=1&patient.identifier=",
                "List?status=current&code=submissionset&_count=1&patient.identifier=",
            })
    void whatIsIgnoredIsTold(String search) {
        Scene.published(ALICE, document());
        String path = search + Call.escaped(ALICE.ins().token());
        Bundle plain = bundle(get(path, alice));
        for (String format : List.of("application/fhir+json", "application/fhir+xml")) {
            Bundle lenient =
                    bundle(get(path + "&colour=red&shape=round", alice, "Accept", format, LENIENT[0], LENIENT[1]));
            assertThat(entries(lenient, SearchEntryMode.MATCH)).hasSize(1);
            var told = entries(lenient, SearchEntryMode.OUTCOME);
            assertThat(told).hasSize(1);
            var issues = ((OperationOutcome) told.get(0).getResource()).getIssue();
            assertThat(issues).hasSize(2).allSatisfy(issue -> assertThat(
                            issue.getDetails().getCodingFirstRep().getCode())
                    .isEqualTo("parameter-ignored"));
            assertThat(issues.stream().map(i -> i.getDetails().getText()))
                    .anyMatch(text -> text.contains("colour"))
                    .anyMatch(text -> text.contains("shape"));
            assertThat(lenient.getLink())
                    .extracting(Bundle.BundleLinkComponent::getUrl)
                    .allSatisfy(link -> assertThat(link)
                            .doesNotContain("colour", "shape", ALICE.ins().value()));
            assertThat(entries(plain, SearchEntryMode.OUTCOME)).isEmpty();
        }
        assertThat(get(path + "&colour=red", alice).statusCode()).isEqualTo(400);
    }

    /** The preference is one of searches: nowhere else could the client be told. */
    @Test
    void elsewhereAnUnknownParameterIsRefusedAllTheSame() {
        List<String> created = Scene.post(token("dr-martin", ALICE), Scene.lot(ALICE, document()))
                .createdInTransaction()
                .toList();
        for (String reference : created) {
            HttpResponse<byte[]> answer = get(reference + "?_content=red", alice, LENIENT);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("unknown-parameter")
                    .contains("_content");
        }
    }
}
