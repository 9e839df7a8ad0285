package fr.carnet.dmp;

import fr.carnet.policy.Policy;
import fr.carnet.policy.RecordCourse;
import fr.carnet.policy.RecordLife;
import fr.carnet.policy.RecordLife.Due;
import fr.carnet.policy.RecordState;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Ins;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Destroys one record whose time has run out, when somebody says so and not when the hourly job comes to it: the same step,
 * traced alike (R22, R23). What is not due is not destroyed.
 */
@Component
public class RecordDestruction {

    private final FactsTable table;
    private final RecordKeeper keeper;
    private final RecordLife life;

    RecordDestruction(FactsTable table, RecordKeeper keeper, Policy policy) {
        this.table = table;
        this.keeper = keeper;
        this.life = new RecordLife(policy.settings());
    }

    /**
     * When a closed record goes.
     *
     * @param day in Europe/Paris, from whose first minute on it is to be destroyed
     * @param due that day has come
     */
    public record Term(LocalDate day, boolean due) {}

    /**
     * The term of a record.
     *
     * @param ins a matricule of its holder
     * @throws fr.carnet.shared.Fault 404 if there is no record, or no more (R13); 422 if it is not closed (R10)
     */
    public Term term(Ins ins, Instant now) {
        RecordCourse course = keeper.course(id(ins));
        for (Optional<Due> due = life.due(course, now); due.isPresent(); due = life.due(course, now)) {
            if (due.get().course().state() == RecordState.DESTROYED) {
                return new Term(life.dueDay(course).orElseThrow(), true);
            }
            course = due.get().course();
        }
        if (!course.state().isRecord()) {
            throw Rule.R13_NO_DMP.refusal();
        }
        if (course.state() != RecordState.CLOSED) {
            throw Rule.R10_TRANSITION_REFUSED.refusal();
        }
        return new Term(life.dueDay(course).orElseThrow(), false);
    }

    /**
     * Destroys it.
     *
     * @param ins a matricule of its holder
     * @return true if the record is destroyed; false if it is not due, or somebody else is changing it now
     * @throws fr.carnet.shared.Fault as {@link #term}
     */
    public boolean destroy(Ins ins, Instant now) {
        if (!term(ins, now).due()) {
            return false;
        }
        String id = id(ins);
        keeper.catchUpIfDue(id, now);
        return keeper.course(id).state() == RecordState.DESTROYED;
    }

    private String id(Ins ins) {
        return table.idOf(ins).orElseThrow(Rule.R13_NO_DMP::refusal);
    }
}
