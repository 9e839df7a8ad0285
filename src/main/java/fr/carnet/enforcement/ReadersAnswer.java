package fr.carnet.enforcement;

import fr.carnet.caller.RoleSystem;
import fr.carnet.policy.ActorLabels;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Readership;
import fr.carnet.policy.Readership.Person;
import fr.carnet.policy.Readership.Profession;
import fr.carnet.policy.Rule;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Texts;
import java.util.Date;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** Who could read a document, as Parameters in the reader's language (R91). */
final class ReadersAnswer {

    private final Texts texts;
    private final ActorLabels labels;

    ReadersAnswer(Texts texts, ActorLabels labels) {
        this.texts = texts;
        this.labels = labels;
    }

    Parameters of(Readership readership) {
        Parameters answer = new Parameters();
        readership.persons().forEach(person -> add(answer.addParameter().setName("person"), person));
        readership.professions().forEach(profession -> add(answer.addParameter().setName("profession"), profession));
        for (AccessMode mode : AccessMode.values()) {
            if (mode.isEmergency()) {
                add(
                        answer.addParameter().setName("emergency"),
                        mode,
                        readership.emergencies().get(mode));
            }
        }
        answer.addParameter("representatives", new BooleanType(readership.representatives()));
        return answer;
    }

    private void add(ParametersParameterComponent parameter, Person person) {
        parameter
                .addPart()
                .setName("professional")
                .setValue(new Identifier().setSystem(IdNatPs.SYSTEM).setValue(person.professional()));
        parameter.addPart().setName("declared").setValue(new InstantType(Date.from(person.declaredAt())));
        person.reasons().forEach(rule -> addReason(parameter, rule));
    }

    private void add(ParametersParameterComponent parameter, Profession profession) {
        parameter.addPart().setName("role").setValue(coding(profession.role()));
        profession.reasons().forEach(rule -> addReason(parameter, rule));
    }

    private void add(ParametersParameterComponent parameter, AccessMode mode, Decision decision) {
        parameter.addPart().setName("purpose").setValue(new CodeType(mode.code()));
        parameter.addPart().setName("permitted").setValue(new BooleanType(decision.permitted()));
        Rule decisive = decision instanceof Deny deny
                ? deny.reason()
                : ((Permit) decision).reasons().get(0);
        addReason(parameter, decisive);
    }

    private void addReason(ParametersParameterComponent parameter, Rule rule) {
        ExplanationAnswer.addRule(parameter.addPart().setName("reason"), rule, texts);
    }

    private Coding coding(ActorCode profession) {
        RoleSystem system = RoleSystem.ofActor(profession.code());
        return new Coding(
                system.url(), system.codeOf(profession), labels.of(profession).orElse(null));
    }
}
