package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** What a decision obliges to tell is stored with what was decided, once, or not at all. */
class ObligationIT {

    private static final String[] EMERGENCY = {
        "purpose", "bris_de_glace", "reason", "inconscient", "unable_to_consent", "true", "immediate_risk", "true"
    };

    @Test
    void holderIsToldOfANewDocument() {
        Person patient = Scene.patient();
        assertThat(Owed.of(published(patient, document()))).containsExactly("HOLDER_OF_DOCUMENT R96");
    }

    @Test
    void holderAndTreatingPhysicianAreToldOfAnEmergencyOnceUntilTheyAre() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        String urgent = token("dr-urg", patient, EMERGENCY);
        for (int i = 0; i < 3; i++) {
            Answer found = Scene.SERVER.send(urgent, Call.get("DocumentReference?status=current&" + Scene.of(patient)));
            assertThat(found.status()).as(found.sentence()).isEqualTo(200);
        }
        assertThat(Owed.ofRecordWith(document))
                .containsExactly("HOLDER_OF_EMERGENCY R57", "TREATING_PHYSICIAN_OF_EMERGENCY R57");

        Scene.SERVER
                .bean(DSLContext.class)
                .query(
                        "update carnet.obligation set done = created where document_id is null and patient_id ="
                                + " (select patient_id from carnet.registry where id = ?)",
                        document.substring("DocumentReference/".length()))
                .execute();
        Scene.SERVER.send(urgent, Call.get(document));
        assertThat(Owed.ofRecordWith(document)).hasSize(2);
    }

    @Test
    void refusedEmergencyObligesToNothing() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        Answer refused = Scene.SERVER.send(
                token("dr-urg", patient, "purpose", "bris_de_glace"),
                Call.get("DocumentReference?status=current&" + Scene.of(patient)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(Owed.ofRecordWith(document)).isEmpty();
    }

    @Test
    void holderIsToldOfTheFirstAccessOfAProfessionalAndNotOfTheNext() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        Scene.authorise("midwife", "899700100078", patient);
        assertThat(Owed.ofRecordWith(document)).containsExactly("HOLDER_OF_ACCESS R96");
        Scene.SERVER
                .bean(DSLContext.class)
                .query(
                        "delete from carnet.obligation where document_id is null and patient_id ="
                                + " (select patient_id from carnet.registry where id = ?)",
                        document.substring("DocumentReference/".length()))
                .execute();
        Scene.authorise("midwife", "899700100078", patient);
        assertThat(Owed.ofRecordWith(document)).isEmpty();
    }

    @Test
    void refusedLotLeavesNothingOwed() {
        Person patient = Scene.patient();
        Document document = document();
        published(patient, document);
        int owed = owed();
        Answer again = post(token("dr-martin", patient), lot(patient, document));
        assertThat(again.status()).isEqualTo(409);
        assertThat(owed()).isEqualTo(owed);
    }

    @Test
    void tableHoldsNoText() {
        List<String> columns = Scene.SERVER
                .bean(DSLContext.class)
                .resultQuery("select column_name::text from information_schema.columns"
                        + " where table_schema = 'carnet' and table_name = 'obligation'")
                .fetch(0, String.class);
        assertThat(columns)
                .containsExactlyInAnyOrder(
                        "id", "kind", "rule", "patient_id", "document_id", "due", "created", "done", "notice_id");
    }

    private static int owed() {
        return Scene.SERVER.bean(DSLContext.class).fetchCount(org.jooq.impl.DSL.table("carnet.obligation"));
    }
}
