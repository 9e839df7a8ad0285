package fr.carnet.policy;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import java.util.Optional;

/** One caller at the door of one record, under certain settings. */
public record Situation(PolicySettings settings, Caller caller, AccessContext context, PatientFacts patient) {

    /** Keys of the caller here and now, at {@link Cast#NOW}. */
    public CallerKeys keys() {
        return Policies.keys(settings).keysFor(caller, context, patient, Cast.NOW);
    }

    /** What the policy decides on this document; a search and a read are one and the same to it. */
    public Decision decide(Action action, DocumentFacts document) {
        return Policies.of(settings)
                .decide(new AccessRequest(
                        caller,
                        context,
                        action,
                        Optional.of(patient),
                        Optional.of(document),
                        Optional.empty(),
                        Cast.NOW));
    }

    /** Everything, which is made up: the values themselves keep personal data out of logs. */
    @Override
    public String toString() {
        return Diversity.print(settings) + "\n" + Diversity.print(caller) + "\n" + Diversity.print(context) + "\n"
                + Diversity.print(patient);
    }
}
