package fr.carnet.server.cli.tour;

import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.PatientTraits;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/**
 * Whose record the tour plays in: an adult of the cast with an active record and dr-martin as treating physician.
 *
 * @param actor the holder's own session
 * @param person as the operator registered her
 * @param hasBlocked true if she has blocked dr-blocked from the first day
 */
record Holder(Cast actor, Person person, boolean hasBlocked) {

    static final Holder ALICE = of(Cast.ALICE, "MOREAU", "ALICE", "ALICE JEANNE", "1984-05-17", "75056", true);
    /** Has the identity of the ANS's example documents. */
    static final Holder DOMINIQUE =
            of(Cast.DOMINIQUE, "PAT-TROIS", "DOMINIQUE", "DOMINIQUE MARIE-LOUISE", "1979-03-28", "51215", false);

    /** The holder whose matricule and traits a document bears (R8). */
    static Optional<Holder> of(CdaHeader.Patient patient) {
        return Stream.of(ALICE, DOMINIQUE)
                .filter(holder -> patient.ins()
                        .filter(ins -> ins.token().equals(holder.person.ins().token()))
                        .isPresent())
                .filter(holder ->
                        patient.traits().differencesFrom(holder.traits()).isEmpty())
                .findFirst();
    }

    private static Holder of(
            Cast actor,
            String birthName,
            String firstGiven,
            String birthGivens,
            String birthDate,
            String birthPlace,
            boolean hasBlocked) {
        var ins = new Ins(InsDomain.TEST, actor.identifier());
        var person =
                new Person(ins, birthName, firstGiven, birthGivens, birthDate, AdministrativeGender.FEMALE, birthPlace);
        return new Holder(actor, person, hasBlocked);
    }

    private PatientTraits traits() {
        return new PatientTraits(
                Optional.of(person.birthName()),
                Optional.of(person.firstGiven()),
                Optional.of(LocalDate.parse(person.birthDate())),
                Optional.of(person.gender().toCode()),
                Optional.of(person.birthPlace()));
    }
}
