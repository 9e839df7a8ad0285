package fr.carnet.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody whom the simulated INSi knows.
 *
 * @param oid domain of his matricules
 * @param matricule current matricule, 15 characters
 * @param former earlier one
 * @param birthName birth name
 * @param givenNames given names of birth, separated by spaces
 * @param sex {@code M} or {@code F}
 * @param birthDate {@code yyyy-mm-dd}
 * @param birthPlace INSEE code
 */
record InsiPerson(
        String oid,
        String matricule,
        Optional<String> former,
        String birthName,
        String givenNames,
        String sex,
        String birthDate,
        Optional<String> birthPlace) {

    private static final String TEST = "1.2.250.1.213.1.4.10";
    private static final String WAITING = "1.2.250.1.213.1.4.9";
    private static final int MODULUS = 97;

    static InsiPerson of(CastPatient patient) {
        return new InsiPerson(
                patient.ins().domain().oid(),
                patient.ins().value(),
                Optional.empty(),
                patient.birthName(),
                patient.birthGivens(),
                patient.gender().substring(0, 1).toUpperCase(Locale.ROOT),
                patient.birthDate().toString(),
                Optional.of(patient.birthPlace()));
    }

    /** Somebody who has just the traits asked for, and a matricule that follows from them. */
    static Optional<InsiPerson> asAsked(InsiQuestion question) {
        return question.trait("Prenom")
                .filter(given -> question.trait("Sexe").isPresent()
                        && question.trait("DateNaissance").isPresent())
                .map(given -> new InsiPerson(
                        TEST,
                        matricule(question, "1", "2"),
                        Optional.empty(),
                        question.trait("NomNaissance").orElseThrow(),
                        given,
                        question.trait("Sexe").orElseThrow(),
                        question.trait("DateNaissance").orElseThrow(),
                        question.trait("LieuNaissance").or(() -> Optional.of("75056"))));
    }

    InsiPerson withFormer(InsiQuestion question) {
        return new InsiPerson(
                oid,
                matricule,
                Optional.of(matricule(question, "7", "8")),
                birthName,
                givenNames,
                sex,
                birthDate,
                birthPlace);
    }

    InsiPerson waiting(InsiQuestion question) {
        return new InsiPerson(
                WAITING,
                matricule(question, "7", "8"),
                Optional.empty(),
                birthName,
                givenNames,
                sex,
                birthDate,
                birthPlace);
    }

    InsiPerson withoutBirthPlace() {
        return new InsiPerson(oid, matricule, former, birthName, givenNames, sex, birthDate, Optional.empty());
    }

    InsiPerson withOtherTraits() {
        return new InsiPerson(oid, matricule, former, birthName, "AUTRE", sex, birthDate, Optional.of("13055"));
    }

    InsiPerson withWrongKey() {
        int end = matricule.length() - 2;
        String wrong = matricule.endsWith("01") ? "02" : "01";
        return new InsiPerson(
                oid, matricule.substring(0, end) + wrong, former, birthName, givenNames, sex, birthDate, birthPlace);
    }

    private static String matricule(InsiQuestion question, String man, String woman) {
        String date = question.trait("DateNaissance").orElseThrow();
        String number = (question.trait("Sexe").orElseThrow().equals("F") ? woman : man)
                + date.substring(2, 4)
                + date.substring(5, 7)
                + "75056001";
        return number + "%02d".formatted(MODULUS - Long.parseLong(number) % MODULUS);
    }

    boolean answersTo(InsiQuestion question) {
        return question.trait("NomNaissance")
                        .filter(birthName::equalsIgnoreCase)
                        .isPresent()
                && question.trait("Sexe").filter(sex::equals).isPresent()
                && question.trait("DateNaissance").filter(birthDate::equals).isPresent()
                && question.trait("Prenom").filter(this::isNamed).isPresent()
                && question.trait("LieuNaissance")
                        .map(place -> birthPlace.filter(place::equals).isPresent())
                        .orElse(true);
    }

    private boolean isNamed(String given) {
        return Arrays.stream(givenNames.split(" ")).anyMatch(given::equalsIgnoreCase);
    }

    @Override
    public String toString() {
        return "InsiPerson";
    }
}
