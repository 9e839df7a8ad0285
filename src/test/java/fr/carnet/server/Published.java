package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.fulltext.extract.RawPdf;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.ListResource;

/**
 * A document that was published, and every name it goes by.
 *
 * @param id of the DocumentReference
 * @param binary id of its content
 * @param list id of its lot
 * @param uniqueId of the document, {@code urn:oid:}
 * @param lotId uniqueId of the lot, {@code urn:oid:}
 * @param family name of its author, that no other document bears
 * @param text a word that stands in the content only
 */
record Published(String id, String binary, String list, String uniqueId, String lotId, String family, String text) {

    static final Person DOMINIQUE = person(
            "279035121518989",
            "PAT-TROIS",
            "DOMINIQUE",
            "DOMINIQUE MARIE-LOUISE",
            "1979-03-28",
            AdministrativeGender.FEMALE,
            "51215");
    static final Person NESSI = person(
            "277076322082910", "NESSI", "RUTH", "RUTH ISABELLE", "1977-07-14", AdministrativeGender.FEMALE, "51215");
    static final Person CHLOE = person(
            "210034410902123", "DURAND", "CHLOE", "CHLOE MARIE", "2010-03-14", AdministrativeGender.FEMALE, "44109");
    static final Depositor DR_MARTIN = Depositor.DR_MARTIN;
    private static final String VISIBILITY =
            "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument";

    /** A lot of one document. */
    record Draft(Lot lot, String text) {

        static Draft of(Person subject, Document.Kind kind) {
            UniqueId id = UniqueId.random();
            String text = "Ornithorynque" + id.oid().substring(5, 25);
            Depositor depositor = author("Zibeline" + id.oid().substring(5, 25));
            byte[] content = RawPdf.ofOnePage("", RawPdf.shown(text)).bytes();
            OffsetDateTime creation = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(10);
            return new Draft(
                    new Lot(UniqueId.random(), subject, depositor, new Document(id, kind, creation, content)), text);
        }

        Bundle bundle() {
            return lot.bundle();
        }

        String uniqueId() {
            return lot.document().id().urn();
        }
    }

    static Published of(Person subject, Document.Kind kind, Consumer<Bundle> change) {
        Draft draft = Draft.of(subject, kind);
        Bundle bundle = draft.bundle();
        change.accept(bundle);
        List<String> created = publish(bundle);
        return named(created, 1, draft, draft);
    }

    static Published of(Person subject, Document.Kind kind) {
        return of(subject, kind, b -> {});
    }

    /** A lot of two documents, with a title and a note that tell of both. */
    static List<Published> pair(Person subject, Document.Kind kind, String title, String note) {
        Draft first = Draft.of(subject, kind);
        Draft second = Draft.of(subject, kind);
        Bundle bundle = first.bundle();
        Bundle more = second.bundle();
        bundle.addEntry(more.getEntry().get(1));
        bundle.addEntry(more.getEntry().get(2));
        list(bundle).setTitle(title).addNote().setText(note);
        list(bundle).addEntry(list(more).getEntryFirstRep());
        List<String> created = publish(bundle);
        return List.of(named(created, 1, first, first), named(created, 3, first, second));
    }

    private static Published named(List<String> created, int entry, Draft lot, Draft draft) {
        return new Published(
                created.get(entry),
                created.get(entry + 1),
                created.get(0),
                draft.uniqueId(),
                lot.lot().id().urn(),
                draft.lot().depositor().family(),
                draft.text());
    }

    /** dr-martin under another name. */
    private static Depositor author(String family) {
        return new Depositor(
                DR_MARTIN.idNatPs(),
                family,
                DR_MARTIN.given(),
                DR_MARTIN.specialty(),
                DR_MARTIN.structureId(),
                DR_MARTIN.structureName());
    }

    /** Ids of what a bundle of dr-martin created, in the order of its entries. */
    private static List<String> publish(Bundle bundle) {
        RunningServer server = RunningServer.get();
        Answer answer = server.send(server.token("dr-martin"), Call.transaction(bundle));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.createdInTransaction()
                .map(reference -> reference.substring(reference.indexOf('/') + 1))
                .toList();
    }

    static ListResource list(Bundle bundle) {
        return (ListResource) bundle.getEntry().get(0).getResource();
    }

    static DocumentReference document(Bundle bundle) {
        return (DocumentReference) bundle.getEntry().get(1).getResource();
    }

    /** Visibility label of TRE_A07. */
    static CodeableConcept label(String code) {
        return new CodeableConcept(new Coding().setSystem(VISIBILITY).setCode(code));
    }

    String path() {
        return "DocumentReference/" + id;
    }

    /** The names by which an answer may repeat the request. */
    Map<String, String> words() {
        return Map.of(
                "«id»",
                id,
                "«binary»",
                binary,
                "«list»",
                list,
                "«uniqueId»",
                uniqueId,
                "«lotId»",
                lotId,
                "«family»",
                family);
    }

    /** One that never existed. */
    static Published never() {
        return new Published(
                java.util.UUID.randomUUID().toString(),
                java.util.UUID.randomUUID().toString(),
                java.util.UUID.randomUUID().toString(),
                UniqueId.random().urn(),
                UniqueId.random().urn(),
                "Zibeline" + UniqueId.random().oid().substring(5, 25),
                "");
    }

    /** Query part that names a patient by matricule. */
    static String of(Person person) {
        return "patient.identifier=" + Call.escaped(person.ins().token());
    }

    private static Person person(
            String ins,
            String name,
            String first,
            String givens,
            String birth,
            AdministrativeGender gender,
            String place) {
        return new Person(new Ins(InsDomain.TEST, ins), name, first, givens, birth, gender, place);
    }
}
