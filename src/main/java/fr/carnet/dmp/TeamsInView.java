package fr.carnet.dmp;

import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which teams in force that count for a patient the caller may know of (R43): the same as the policy says of each. To the
 * holder, teams of structures are told where a member has an authorisation for his record.
 */
@Component
class TeamsInView {

    private final CircleTable table;

    TeamsInView(CircleTable table) {
        this.table = table;
    }

    List<String> ids(Judgement judgement) {
        PatientFacts patient = judgement.patient().orElseThrow();
        return switch (judgement.caller().kind()) {
            case OPERATOR -> table.teamsFor(patient.id(), List.of());
            case HOLDER, REPRESENTATIVE ->
                table.teamsFor(
                        patient.id(),
                        patient.authorisations().stream()
                                .map(Authorisation::professional)
                                .collect(Collectors.toSet()));
            case PROFESSIONAL ->
                table.teamsOfMember(patient.id(), judgement.caller().subject());
            case SYSTEM ->
                table.teamsOfStructure(
                        patient.id(),
                        judgement.caller().structure().orElseThrow().value());
            case AUDITOR -> List.of();
        };
    }
}
