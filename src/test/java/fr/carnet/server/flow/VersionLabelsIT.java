package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Visibility;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;

/** A new version shows itself to nobody from whom the old one was hidden (R125), and a family's mask is the family's. */
class VersionLabelsIT {

    private static final String MIDWIFE = "899700100078";
    private static final Person CHLOE = Characters.patient("chloe");

    @Test
    void newVersionKeepsTheAuthorsMaskUntilHeLiftsIt() {
        Person patient = Scene.patient();
        Scene.authorise("midwife", MIDWIFE, patient);
        String first = published("dr-leroy", patient, lot(patient, Scene.LEROY, document()));
        assertThat(status("midwife", patient, first)).isEqualTo(200);
        assertThat(send("dr-leroy", patient, Choices.masking(first)).status()).isEqualTo(200);

        String fresh = published("dr-leroy", patient, replacing(first, lot(patient, Scene.LEROY, document())));
        assertThat(status("midwife", patient, fresh)).isEqualTo(404);
        assertThat(send("dr-leroy", patient, Choices.unmasking(fresh)).status()).isEqualTo(200);
        assertThat(status("midwife", patient, fresh)).isEqualTo(200);
        assertThat(status("midwife", patient, first)).isEqualTo(404);
    }

    @Test
    void newVersionStaysHiddenFromRepresentatives() {
        String first =
                published("dr-martin", CHLOE, labelled(lot(CHLOE, document()), "INVISIBLE_REPRESENTANTS_LEGAUX"));
        String fresh = published("dr-martin", CHLOE, replacing(first, lot(CHLOE, document())));
        assertThat(status("chloe-mother", CHLOE, fresh)).isEqualTo(404);
        assertThat(status("chloe", CHLOE, fresh)).isEqualTo(200);
        // to chloe herself, where she has an address of her own
        assertThat(Owed.of(fresh)).containsExactly("HOLDER_OF_DOCUMENT R96");
    }

    @Test
    void inheritedAndStatedLabelsThatExcludeEachOtherAreRefused() {
        String first = published(ALICE, document());
        assertThat(send("alice", ALICE, Choices.masking(first)).status()).isEqualTo(200);
        Bundle lot = labelled(replacing(first, lot(ALICE, document())), "INVISIBLE_PATIENT");
        Answer refused = post(token("dr-martin", ALICE), lot);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.codes()).containsExactly("R102");
        assertThat(send("alice", ALICE, Call.get(first)).json().path("status").asText())
                .isEqualTo("current");
    }

    @Test
    void maskOfARepresentativeIsLiftedByTheFamilyAlone() {
        String consent = Scene.authorise("dr-martin", Scene.DR_MARTIN, CHLOE);
        String document = published("dr-martin", CHLOE, lot(CHLOE, document()));
        assertThat(send("chloe-mother", CHLOE, Choices.masking(document)).status())
                .isEqualTo(200);
        Answer refused = send("dr-martin", CHLOE, Choices.unmasking(document));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("R131");
        assertThat(send("chloe", CHLOE, Choices.unmasking(document)).status()).isEqualTo(200);
        assertThat(send("dr-martin", CHLOE, Choices.ending(consent)).status()).isEqualTo(200);
    }

    private static Bundle labelled(Bundle lot, String label) {
        return edited(lot, d -> d.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, label, null))));
    }

    private static int status(String actor, Person patient, String document) {
        return send(actor, patient, Call.get(document)).status();
    }

    private static Answer send(String actor, Person patient, Call call) {
        return Scene.SERVER.send(token(actor, patient), call);
    }
}
