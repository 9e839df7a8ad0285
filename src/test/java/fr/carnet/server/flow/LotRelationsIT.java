package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.set;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Visibility;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A lot whose documents relate to one another: by the entry, or by an identifier, that the lot itself brings. */
class LotRelationsIT {

    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);
    private final Document first = document();
    private final Document second = document();
    private final Bundle lot = lotOf(first, second);

    private Bundle lotOf(Document... documents) {
        Bundle bundle = lot(patient, documents[0]);
        Stream.of(documents).skip(1).map(d -> lot(patient, d)).forEach(other -> {
            set(bundle).addEntry(set(other).getEntryFirstRep());
            other.getEntry().stream().skip(1).forEach(bundle::addEntry);
        });
        return bundle;
    }

    private static DocumentReference at(Bundle bundle, int document) {
        return (DocumentReference) bundle.getEntry().get(1 + 2 * document).getResource();
    }

    private static Reference entry(Bundle bundle, int document) {
        return new Reference(bundle.getEntry().get(1 + 2 * document).getFullUrl());
    }

    private static void relate(Bundle bundle, int source, DocumentRelationshipType code, Reference target) {
        at(bundle, source).addRelatesTo().setCode(code).setTarget(target);
    }

    private List<String> published(Bundle bundle) {
        Answer answer = post(martin, bundle);
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        return answer.createdInTransaction().toList();
    }

    private static Answer read(String token, String reference) {
        return Scene.SERVER.send(token, Call.get(reference));
    }

    private byte[] content(String binary) {
        return Scene.SERVER.send(martin, Call.get(binary, "application/pdf")).body();
    }

    private void refused(String... expected) {
        List<Integer> before = stored();
        Answer answer = post(martin, lot);
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(422);
        assertThat(issues(answer).stream().filter(i -> i.startsWith("error"))).containsExactly(expected);
        assertThat(answer.sentence()).isNotBlank();
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REPLACES", "NULL"},
            mode = Mode.EXCLUDE)
    void documentRelatesToOneThatComesAfterIt(DocumentRelationshipType code) {
        relate(lot, 0, code, entry(lot, 1));
        List<String> created = published(lot);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Answer source = read(martin, created.get(1));
        assertThat(source.json().at("/relatesTo/0/code").asText()).isEqualTo(code.toCode());
        assertThat(source.json().at("/relatesTo/0/target/reference").asText()).isEqualTo(created.get(3));
        assertThat(content(created.get(2))).isEqualTo(first.content());
        assertThat(content(created.get(4))).isEqualTo(second.content());
        assertThat(read(martin, created.get(0)).json().findValuesAsText("reference"))
                .contains(created.get(1), created.get(3));
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContainAnyElementsOf(
                        created.stream().map(r -> r.replaceAll(".*/", "")).toList());
    }

    @Test
    void documentIsRelatedOtherwiseToOneThatComesAfterIt() {
        at(lot, 0).getContext().addRelated(entry(lot, 1));
        List<String> created = published(lot);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(read(martin, created.get(1))
                        .json()
                        .at("/context/related/0/reference")
                        .asText())
                .isEqualTo(created.get(3));
    }

    @Test
    void documentRelatesToOneByItsIdentifier() {
        relate(
                lot,
                0,
                DocumentRelationshipType.SIGNS,
                new Reference()
                        .setIdentifier(new Identifier()
                                .setSystem(fr.carnet.shared.CodeSystems.URI)
                                .setValue(second.id().urn())));
        List<String> created = published(lot);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(read(martin, created.get(1))
                        .json()
                        .at("/relatesTo/0/target/reference")
                        .asText())
                .isEqualTo(created.get(3));
    }

    @Test
    void chainIsStoredFromItsEnd() {
        Bundle three = lotOf(document(), document(), document());
        relate(three, 0, DocumentRelationshipType.TRANSFORMS, entry(three, 1));
        relate(three, 0, DocumentRelationshipType.SIGNS, entry(three, 2));
        relate(three, 1, DocumentRelationshipType.APPENDS, entry(three, 2));
        List<String> created = published(three);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(read(martin, created.get(1)).json().path("relatesTo").findValuesAsText("reference"))
                .containsExactly(created.get(3), created.get(5));
        assertThat(read(martin, created.get(3)).json().path("relatesTo").findValuesAsText("reference"))
                .containsExactly(created.get(5));
    }

    @Test
    void relationToAMaskedDocumentIsNotTold() {
        relate(lot, 0, DocumentRelationshipType.APPENDS, entry(lot, 1));
        at(lot, 1)
                .addSecurityLabel(
                        new CodeableConcept(new Coding(Visibility.SYSTEM, Visibility.MASQUE_PS.name(), null)));
        List<String> created = published(lot);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        Answer source = read(token("dr-leroy", patient), created.get(1));
        assertThat(source.status()).isEqualTo(200);
        assertThat(source.json().has("relatesTo")).isFalse();
        assertThat(read(token("dr-leroy", patient), created.get(3)).status()).isEqualTo(404);
    }

    @Test
    void sameLotIsKnownAgain() {
        relate(lot, 0, DocumentRelationshipType.APPENDS, entry(lot, 1));
        List<String> created = published(lot);
        List<Integer> after = stored();
        assertThat(published(lot)).isEqualTo(created);
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void documentsThatRelateInACircleAreRefused() {
        relate(lot, 0, DocumentRelationshipType.TRANSFORMS, entry(lot, 1));
        relate(lot, 1, DocumentRelationshipType.APPENDS, entry(lot, 0));
        refused(
                "error constr-bind-relatesToTarget Bundle.entry[1].resource.relatesTo[0].target",
                "error constr-bind-relatesToTarget Bundle.entry[3].resource.relatesTo[0].target");
    }

    @Test
    void documentThatRelatesToItselfIsRefused() {
        relate(lot, 1, DocumentRelationshipType.SIGNS, entry(lot, 1));
        refused("error constr-bind-relatesToTarget Bundle.entry[3].resource.relatesTo[0].target");
    }

    @Test
    void entryThatIsNoDocumentIsNoTarget() {
        Reference binary = new Reference(lot.getEntry().get(2).getFullUrl());
        relate(lot, 1, DocumentRelationshipType.SIGNS, binary);
        refused("error constr-bind-relatesToTarget Bundle.entry[3].resource.relatesTo[0].target");
    }

    @Test
    void onlyAStoredDocumentIsReplaced() {
        relate(lot, 1, DocumentRelationshipType.REPLACES, entry(lot, 0));
        refused("error constr-bind-relatesToTarget Bundle.entry[3].resource.relatesTo[0].target");
    }
}
