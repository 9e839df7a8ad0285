package fr.carnet.server.cli.tour;

import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/** Those of the sandbox's cast who appear in the tour. */
enum Cast {
    /** Treating physician of alice. */
    DR_MARTIN("dr-martin", "899700100011"),
    /** Nurse in private practice. */
    NURSE_PETIT("nurse-petit", "899700100037"),
    /** Officine pharmacist. */
    PHARMACIST_ROCHE("pharmacist-roche", "899700100045"),
    /** Emergency physician. */
    DR_URG("dr-urg", "899700100086"),
    /** Blocked by alice. */
    DR_BLOCKED("dr-blocked", "899700100136"),
    /** The holder of the record. */
    ALICE("alice", "284057505601204");

    /** Alice as the operator registered her. */
    static final Person PATIENT = new Person(
            new Ins(InsDomain.TEST, ALICE.identifier),
            "MOREAU",
            "ALICE",
            "ALICE JEANNE",
            "1984-05-17",
            AdministrativeGender.FEMALE,
            "75056");

    private final String id;
    private final String identifier;

    Cast(String id, String identifier) {
        this.id = id;
        this.identifier = identifier;
    }

    /** Id in the cast, as {@code /sandbox/token} knows it. */
    String id() {
        return id;
    }

    /** idNat_PS, or matricule of the holder. */
    String identifier() {
        return identifier;
    }
}
