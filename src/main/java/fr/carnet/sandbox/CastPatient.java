package fr.carnet.sandbox;

import fr.carnet.policy.RecordState;
import fr.carnet.shared.Ins;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A fictional patient, with the state of the record at the start of the sandbox.
 *
 * @param id name in the cast, e.g. {@code alice}
 * @param ins matricule
 * @param birthName birth name
 * @param firstGiven first of the birth first names
 * @param birthGivens all birth first names, separated by spaces
 * @param birthDate birth date
 * @param gender FHIR administrative gender
 * @param birthPlace INSEE code of the birth place
 * @param state state of the record
 * @param informedBefore how long before the start of the sandbox the holder was informed (R12); only when notified
 * @param closedOn when the holder closed it; only when closed
 * @param treatingPhysician id of the treating physician in the cast
 * @param blocks ids of the professionals whom the holder blocks (R44)
 * @param note what he is there for, in English
 */
public record CastPatient(
        String id,
        Ins ins,
        String birthName,
        String firstGiven,
        String birthGivens,
        LocalDate birthDate,
        String gender,
        String birthPlace,
        RecordState state,
        Optional<Period> informedBefore,
        Optional<LocalDate> closedOn,
        Optional<String> treatingPhysician,
        List<String> blocks,
        String note) {

    /** @throws NullPointerException if a component is missing */
    public CastPatient {
        Objects.requireNonNull(id);
        Objects.requireNonNull(ins);
        Objects.requireNonNull(birthDate);
        Objects.requireNonNull(state);
        blocks = List.copyOf(blocks);
    }

    static CastPatient of(Table.Row row) {
        return new CastPatient(
                row.get("id"),
                Ins.of(row.get("ins_oid"), row.get("ins")),
                row.get("birth_name"),
                row.get("first_given"),
                row.get("birth_givens"),
                LocalDate.parse(row.get("birth_date")),
                row.get("gender"),
                row.get("birth_place_cog"),
                RecordState.valueOf(row.get("record_state")),
                row.find("informed_days_before").map(days -> Period.ofDays(Integer.parseInt(days))),
                row.find("closed_on").map(LocalDate::parse),
                row.find("treating_physician"),
                row.list("blocks"),
                row.get("note"));
    }
}
