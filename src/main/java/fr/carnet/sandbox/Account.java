package fr.carnet.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An account at the played provider of patients: civil status as such a provider knows it.
 *
 * @param id name in the cast; {@code sub}, and local id of a representative
 * @param family birth name
 * @param given given names, separated by spaces
 * @param gender {@code male} or {@code female}
 * @param birthDate {@code yyyy-mm-dd}
 * @param birthPlace INSEE code of the commune
 * @param note what it is there for
 */
public record Account(
        String id,
        String family,
        String given,
        String gender,
        String birthDate,
        Optional<String> birthPlace,
        String note) {

    /** Those of the patients of the cast, then those of representatives, and of people whom INSi does not find. */
    public static List<Account> of(Cast cast) {
        return Stream.concat(
                        cast.patients().stream().map(Account::of),
                        Table.read("accounts.tsv").rows().stream().map(Account::of))
                .toList();
    }

    private static Account of(CastPatient patient) {
        return new Account(
                patient.id(),
                patient.birthName(),
                patient.birthGivens(),
                patient.gender(),
                patient.birthDate().toString(),
                Optional.of(patient.birthPlace()),
                "patient");
    }

    private static Account of(Table.Row row) {
        return new Account(
                row.get("id"),
                row.get("family"),
                row.get("given"),
                row.get("gender"),
                row.get("birth_date"),
                row.find("birth_place"),
                row.get("note"));
    }
}
