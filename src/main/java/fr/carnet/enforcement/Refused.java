package fr.carnet.enforcement;

import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Disclosure;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.List;
import java.util.Optional;

/** From a rule that refuses to what the caller is told: the rule, or exactly what he would be told of nothing. */
final class Refused {

    private Refused() {}

    /** The answer to a refusal; a hidden one is the same as for an absent resource. */
    static Fault by(Deny deny) {
        return deny.disclosure() == Disclosure.HIDE ? absent() : deny.reason().refusal();
    }

    /** The one answer for hidden, deleted and never existed. */
    static Fault absent() {
        return Fault.of(404, "not-found");
    }

    static Issue issue(Rule rule, Severity severity, Optional<String> expression) {
        return new Issue(severity, rule.id(), rule.messageKey(), List.of(), expression);
    }
}
