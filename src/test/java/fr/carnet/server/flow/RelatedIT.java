package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.found;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code context.related}: orders, examinations and documents to which a document belongs. */
class RelatedIT {

    private static final String ASSIGNER = "urn:oid:2.25.77";

    private final Person patient = Scene.patient();
    private final String order = UniqueId.random().oid();
    private String martin;
    private String leroy;

    @BeforeEach
    void readers() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        martin = token("dr-martin", patient);
        leroy = token("dr-leroy", patient);
    }

    private Bundle ofOrder() {
        return edited(lot(patient, document()), d -> d.getContext()
                .addRelated()
                .setIdentifier(new Identifier().setSystem(ASSIGNER).setValue(order)));
    }

    private String search(String related) {
        return "DocumentReference?status=current&related=" + Call.escaped(related) + "&" + Scene.of(patient);
    }

    @Test
    void documentIsFoundByTheOrderItBelongsTo() {
        String document = published("dr-martin", patient, ofOrder());
        published(patient, document());
        assertThat(found(leroy, search(ASSIGNER + "|" + order))).containsExactly(document);
        assertThat(found(leroy, search(order))).containsExactly(document);
        assertThat(found(leroy, search(ASSIGNER + "|"))).containsExactly(document);
        assertThat(found(leroy, search("urn:oid:2.25.78|" + order))).isEmpty();
        assertThat(found(leroy, search(ASSIGNER + "|" + UniqueId.random().oid())))
                .isEmpty();
    }

    @Channel(25)
    @Test
    void maskedDocumentIsNotFoundByItsOrder() {
        String document = published("dr-martin", patient, ofOrder());
        assertThat(Scene.SERVER.send(martin, Choices.masking(document)).status())
                .isEqualTo(200);
        assertThat(found(leroy, search(ASSIGNER + "|" + order))).isEmpty();
        assertThat(found(martin, search(ASSIGNER + "|" + order))).containsExactly(document);
    }

    @Test
    void withoutConsentNobodySearchesByOrder() {
        Answer answer = Scene.SERVER.send(token("midwife", patient), Call.get(search(ASSIGNER + "|" + order)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.codes()).containsExactly("R36");
    }

    /** R152: what a document is related to is told to whoever may see it, and nobody learns what exists. */
    @Tag("R152")
    @Channel(73)
    @Test
    void relatedDocumentIsToldOnlyToWhoMaySeeIt() {
        String target = published(patient, document());
        String document = published("dr-martin", patient, relatedTo(target));
        assertThat(related(leroy, document)).isEqualTo(target);
        Scene.SERVER.send(martin, Choices.masking(target));
        assertThat(related(martin, document)).isEqualTo(target);
        assertThat(related(leroy, document)).isEmpty();
        assertThat(Scene.SERVER
                        .send(leroy, Call.get("DocumentReference?status=current&" + Scene.of(patient)))
                        .json()
                        .toString())
                .contains(document)
                .doesNotContain(target);
    }

    @Channel(56)
    @Test
    void hiddenDocumentIsRelatedLikeOneThatIsNotThere() {
        Person other = Scene.patient();
        String hidden = published(other, document());
        Answer unknown = related(new Reference("DocumentReference/nothing"));
        Answer there = related(new Reference(hidden));
        assertThat(there.status()).isEqualTo(unknown.status()).isEqualTo(422);
        assertThat(issues(there)).isEqualTo(issues(unknown)).hasSize(1);
        assertThat(there.sentence()).isEqualTo(unknown.sentence()).isNotBlank();
    }

    private Answer related(Reference target) {
        return Scene.post(leroy, edited(lot(patient, Scene.LEROY, document()), d -> d.getContext()
                .addRelated(target)));
    }

    private Bundle relatedTo(String target) {
        return edited(lot(patient, document()), d -> d.getContext().addRelated(new Reference(target)));
    }

    private static String related(String token, String document) {
        Answer answer = Scene.SERVER.send(token, Call.get(document));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().at("/context/related/0/reference").asText();
    }
}
