package fr.carnet.enforcement;

import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Disclosure;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Explanation;
import fr.carnet.policy.Explanation.Line;
import fr.carnet.policy.Explanation.Outcome;
import fr.carnet.policy.Rule;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Texts;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;

/** An explanation as Parameters, in the reader's language. */
final class ExplanationAnswer {

    private static final int PERMITTED = 200;
    private static final int ABSENT = 404;

    private final Texts texts;

    ExplanationAnswer(Texts texts) {
        this.texts = texts;
    }

    Parameters of(Explanation explanation, AccessRequest asked) {
        Parameters answer = new Parameters();
        answer.addParameter("decision", new CodeType(explanation.decision().permitted() ? "permit" : "deny"));
        answer.addParameter("action", new CodeType(Question.codeOf(asked.action())));
        answer.addParameter("at", new InstantType(Date.from(asked.now())));
        if (explanation.decision() instanceof Deny deny) {
            answer.addParameter("status", new IntegerType(status(deny)));
            addRule(answer.addParameter().setName("reason"), deny.reason());
        } else {
            Permit permit = (Permit) explanation.decision();
            answer.addParameter("status", new IntegerType(PERMITTED));
            permit.reasons().forEach(rule -> addRule(answer.addParameter().setName("reason"), rule));
            permit.obligations().stream()
                    .sorted()
                    .forEach(
                            obligation -> answer.addParameter("obligation", new CodeType(Question.codeOf(obligation))));
        }
        explanation.lines().forEach(line -> addCheck(answer.addParameter().setName("check"), line));
        return answer;
    }

    /** What the actor is answered: a hidden refusal is that of an absent resource. */
    private static int status(Deny deny) {
        return deny.disclosure() == Disclosure.HIDE ? ABSENT : deny.reason().status();
    }

    private void addCheck(ParametersParameterComponent check, Line line) {
        String point = Question.codeOf(line.point());
        String outcome = Question.codeOf(line.outcome());
        check.addPart().setName("step").setValue(new StringType(line.point().step()));
        check.addPart().setName("name").setValue(new CodeType(point));
        check.addPart().setName("outcome").setValue(new CodeType(outcome));
        if (line.verdict().isPresent()) {
            addRule(check, line.verdict().get());
            return;
        }
        line.point()
                .rules()
                .forEach(rule -> check.addPart().setName("rule").setValue(new Coding(CarnetUris.RULE, rule, null)));
        String key = line.outcome() == Outcome.NOT_REACHED ? outcome : point;
        check.addPart().setName("sentence").setValue(new StringType(texts.say("explanation." + key)));
    }

    private void addRule(ParametersParameterComponent parameter, Rule rule) {
        addRule(parameter, rule, texts);
    }

    /** A rule and its sentence, as parts of a parameter. */
    static void addRule(ParametersParameterComponent parameter, Rule rule, Texts texts) {
        parameter.addPart().setName("rule").setValue(new Coding(CarnetUris.RULE, rule.id(), rule.slug()));
        parameter.addPart().setName("sentence").setValue(new StringType(texts.say(rule.messageKey())));
    }
}
