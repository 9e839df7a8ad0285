package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the holder deposits himself (R135, R136): his kinds of documents, from him alone, his to change. */
class HolderDocumentsIT {

    private static final String DENTIST = "899700100052";
    private static final Person CHLOE = Characters.patient("chloe");

    private final String alice = token("alice", ALICE);
    private final String martin = token("dr-martin", ALICE);
    private String ofMartin;
    private String ofDentist;

    @BeforeEach
    void consents() {
        ofMartin = Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        ofDentist = Scene.authorise("dentist", DENTIST, ALICE);
    }

    @AfterEach
    void end() {
        Scene.SERVER.send(martin, Choices.ending(ofMartin));
        Scene.SERVER.send(token("dentist", ALICE), Choices.ending(ofDentist));
    }

    /** A lot whose author and source are the patient. */
    static Bundle own(Person holder, String type, String category) {
        Document.Kind kind = ProvideBundleIT.kind(CodeSystems.TRE_A05, type, category);
        Bundle bundle = edited(lot(holder, document(kind)), reference -> {
            reference.getAuthorFirstRep().setReference("#patient");
            reference
                    .getContext()
                    .setPracticeSetting(new CodeableConcept(new Coding(CodeSystems.TRE_A00, "EXP_PATIENT", null)));
        });
        Patient source = holder.resource();
        source.setId("patient");
        Scene.set(bundle).setSource(new Reference("#patient")).addContained(source);
        Scene.pruned(Scene.set(bundle));
        Scene.pruned(Scene.reference(bundle));
        return bundle;
    }

    private static Bundle masked(Bundle lot) {
        return edited(
                lot,
                d -> d.addSecurityLabel(
                        new CodeableConcept(new Coding(Visibility.SYSTEM, Visibility.MASQUE_PS.name(), null))));
    }

    private static String refusal(Answer answer) {
        assertThat(answer.sentence()).isNotBlank();
        return answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    private static String refusal(String actor, Person patient, Bundle bundle) {
        List<Integer> before = stored();
        String refusal = refusal(post(token(actor, patient), bundle));
        assertThat(stored()).isEqualTo(before);
        return refusal;
    }

    private int status(String actor, String reference) {
        return Scene.SERVER.send(token(actor, ALICE), Call.get(reference)).status();
    }

    @Test
    void professionalsFindWhatTheHolderDepositsWithinTheMatrix() {
        String synthesis = published("alice", ALICE, own(ALICE, "DOCPAT01", "11"));
        String directives = published("alice", ALICE, own(ALICE, "EXPPAT_3", "90"));
        for (String document : List.of(synthesis, directives)) {
            assertThat(status("alice", document)).isEqualTo(200);
            assertThat(status("dr-martin", document)).isEqualTo(200);
        }
        assertThat(status("dentist", synthesis)).isEqualTo(200);
        assertThat(status("dentist", directives)).isEqualTo(404);
        String search = "DocumentReference?status=current&category=90&" + Scene.of(ALICE);
        assertThat(Scene.found(martin, search)).contains(directives);
        assertThat(Scene.found(token("dentist", ALICE), search)).doesNotContain(directives);
    }

    @Test
    void holderDepositsHisKindsOnly() {
        assertThat(refusal("alice", ALICE, lot(ALICE, document()))).isEqualTo("403 R135");
    }

    @Test
    void nobodyElseDepositsThem() {
        assertThat(refusal("dr-martin", ALICE, own(ALICE, "DOCPAT02", "42"))).isEqualTo("403 R135");
        assertThat(refusal("secretary", ALICE, own(ALICE, "EXPPAT_1", "90"))).isEqualTo("403 R135");
        assertThat(refusal("bruno", Scene.BRUNO, own(ALICE, "DOCPAT02", "42"))).isEqualTo("403 R148");
        assertThat(refusal("chloe-mother", CHLOE, own(CHLOE, "DOCPAT02", "42"))).isEqualTo("403 R135");
    }

    @Test
    void holderReplacesArchivesAndDeletesHisOwn() {
        String first = published("alice", ALICE, own(ALICE, "DOCPAT02", "42"));
        assertThat(refusal("dr-martin", ALICE, replacing(first, lot(ALICE, document()))))
                .isEqualTo("403 R127");
        String second = published("alice", ALICE, replacing(first, own(ALICE, "DOCPAT02", "42")));
        assertThat(Scene.SERVER
                        .send(alice, MetadataUpdateIT.archiving(second, true))
                        .status())
                .isEqualTo(200);
        assertThat(refusal(Scene.SERVER.send(martin, MetadataUpdateIT.rearchiving(second, false))))
                .isEqualTo("403 R127");
        Answer deleted = Scene.SERVER.send(alice, deleting(second));
        assertThat(deleted.status()).as(issues(deleted).toString()).isEqualTo(200);
        for (String gone : List.of(first, second)) {
            assertThat(status("alice", gone)).isEqualTo(404);
            assertThat(status("dr-martin", gone)).isEqualTo(404);
        }
    }

    @Test
    void holderChangesNothingOfAProfessionalButItsMask() {
        String document = published(ALICE, document());
        assertThat(refusal(Scene.SERVER.send(alice, MetadataUpdateIT.archiving(document, true))))
                .isEqualTo("403 R136");
        assertThat(refusal(Scene.SERVER.send(alice, deleting(document)))).isEqualTo("403 R136");
        assertThat(Scene.SERVER.send(alice, Choices.masking(document)).status()).isEqualTo(200);
    }

    private static Call deleting(String document) {
        String patch = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"entered-in-error\"}]";
        return Call.write("PATCH", document, "application/json-patch+json", patch.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatHeDepositsMaskedOnlyHeUnmasks() {
        String document = published("alice", ALICE, masked(own(ALICE, "DOCPAT02", "42")));
        assertThat(status("dentist", document)).isEqualTo(404);
        assertThat(status("dr-martin", document)).as("treating physician").isEqualTo(200);
        assertThat(refusal(Scene.SERVER.send(martin, Choices.unmasking(document))))
                .isEqualTo("403 R131");
        assertThat(Scene.SERVER.send(alice, Choices.unmasking(document)).status())
                .isEqualTo(200);
        assertThat(status("dentist", document)).isEqualTo(200);
    }
}
