package fr.carnet.policy;

import static java.util.Comparator.comparing;

import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.PatientFacts.CareTeam;
import fr.carnet.policy.PolicySettings.TeamPresumption;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a professional is authorised to consult one record (R36–R43, R61–R63). */
record Authorisations(PolicySettings settings) {

    /** What opens the record to the team: the agreement to a nursing home's physician is for him alone (R63). */
    private static final Set<Basis> OWN_WORD = EnumSet.of(Basis.CONSENT, Basis.EXPRESS);

    /** The rule that authorises him, or the one that refuses: of several declarations the latest explains. */
    Rule verdict(Caller caller, PatientFacts patient, Instant now) {
        List<Rule> verdicts =
                own(caller, patient).map(a -> verdict(a, caller, patient, now)).toList();
        return verdicts.stream().filter(Rule::permits).findFirst().orElseGet(() -> verdicts.stream()
                .findFirst()
                .orElse(Rule.R36_NO_CONSENT));
    }

    /** His own declaration that authorises him: of several, the latest. */
    Optional<Authorisation> authorising(Caller caller, PatientFacts patient, Instant now) {
        return own(caller, patient)
                .filter(a -> verdict(a, caller, patient, now).permits())
                .findFirst();
    }

    /** The latest first. */
    private static Stream<Authorisation> own(Caller caller, PatientFacts patient) {
        return patient.authorisations().stream()
                .filter(a -> a.professional().equals(caller.subject()))
                .sorted(comparing(Authorisation::declaredAt).reversed().thenComparing(a -> a.consent()
                        .orElse("")));
    }

    AuthorisationStatus status(Caller caller, PatientFacts patient, Instant now) {
        if (!caller.isProfessional()) {
            return AuthorisationStatus.NONE;
        }
        if (patient.choices().blocked().contains(caller.subject())) {
            return AuthorisationStatus.FORBIDDEN;
        }
        return status(verdict(caller, patient, now));
    }

    /**
     * Where one declaration stands, whoever its professional is today: what only his token tells (R61, R63) is not asked.
     *
     * @param patient facts with the teams of the professional
     */
    AuthorisationStatus status(Authorisation declared, PatientFacts patient, Instant now) {
        if (patient.choices().blocked().contains(declared.professional())) {
            return AuthorisationStatus.FORBIDDEN;
        }
        Rule verdict =
                switch (declared.basis()) {
                    case EXPRESS, AGREEMENT -> lasts(declared, now) ? Rule.R36_CONSENT : Rule.R42_NO_CONSENT;
                    case CONSENT -> byConsent(declared, patient, now);
                    case TEAM -> byTeam(declared, patient, now);
                };
        return status(verdict);
    }

    private static AuthorisationStatus status(Rule verdict) {
        if (verdict.permits()) {
            return AuthorisationStatus.VALID;
        }
        boolean timeIsOver = verdict == Rule.R40_NO_CONSENT || verdict == Rule.R42_NO_CONSENT;
        return timeIsOver ? AuthorisationStatus.EXPIRED : AuthorisationStatus.NONE;
    }

    /** R61, R62: an express consent of the holder is in force. */
    boolean isExpress(Caller caller, PatientFacts patient, Instant now) {
        return patient.authorisations().stream()
                .filter(a -> a.professional().equals(caller.subject()))
                .anyMatch(a -> a.basis() == Basis.EXPRESS && lasts(a, now));
    }

    private Rule verdict(Authorisation declared, Caller caller, PatientFacts patient, Instant now) {
        if (declared.declaredAt().isAfter(now)) {
            return Rule.R36_NO_CONSENT;
        }
        return switch (declared.basis()) {
            case EXPRESS -> lasts(declared, now) ? Rule.R61_EXPRESS_CONSENT : Rule.R42_NO_CONSENT;
            case CONSENT ->
                Purposes.needsExpressConsent(caller) ? Rule.R61_PURPOSE_PROHIBITED : byConsent(declared, patient, now);
            case TEAM -> byTeam(declared, caller, patient, now);
            case AGREEMENT -> byAgreement(declared, caller, now);
        };
    }

    /** R40, R42: a year for the treating physician, his equals (R107) and a team's member, some hours for anybody else. */
    private Rule byConsent(Authorisation declared, PatientFacts patient, Instant now) {
        if (patient.givesTreatingRights(declared.professional())
                || !teamsOf(declared, patient, now).isEmpty()) {
            return lasts(declared, now) ? Rule.R36_CONSENT : Rule.R42_NO_CONSENT;
        }
        boolean sameSession = !now.isAfter(declared.declaredAt().plus(settings.outOfTeamDeclaration()));
        return sameSession ? Rule.R40_CONSENT : Rule.R40_NO_CONSENT;
    }

    /** R63: it serves in the nursing home alone, for a year (R42). */
    private Rule byAgreement(Authorisation declared, Caller caller, Instant now) {
        if (!Purposes.isNursingHomePhysician(caller)) {
            return Rule.R36_NO_CONSENT;
        }
        return lasts(declared, now) ? Rule.R63_AGREEMENT : Rule.R42_NO_CONSENT;
    }

    /** R61–R63: not for whom the law wants the person's own word. */
    private Rule byTeam(Authorisation declared, Caller caller, PatientFacts patient, Instant now) {
        if (Purposes.needsExpressConsent(caller)) {
            return Rule.R61_PURPOSE_PROHIBITED;
        }
        return Purposes.isNursingHomePhysician(caller) ? Rule.R63_NO_CONSENT : byTeam(declared, patient, now);
    }

    /** R38, R39, R43: membership is checked, and somebody of the team has the holder's consent. */
    private Rule byTeam(Authorisation declared, PatientFacts patient, Instant now) {
        List<CareTeam> teams = teamsOf(declared, patient, now);
        if (teams.isEmpty()) {
            return Rule.R43_NO_CONSENT;
        }
        if (!lasts(declared, now)) {
            return Rule.R42_NO_CONSENT;
        }
        if (settings.teamPresumption() == TeamPresumption.PRESUMED) {
            return Rule.R39_PRESUMED;
        }
        boolean consented = patient.authorisations().stream()
                .filter(a -> OWN_WORD.contains(a.basis()) && lasts(a, now))
                .anyMatch(a -> teams.stream().anyMatch(t -> t.members().contains(a.professional())));
        return consented ? Rule.R38_TEAM : Rule.R38_NO_CONSENT;
    }

    private boolean lasts(Authorisation declared, Instant now) {
        return LegalCalendar.within(declared.declaredAt(), settings.teamDeclaration(), now);
    }

    private static List<CareTeam> teamsOf(Authorisation declared, PatientFacts patient, Instant now) {
        return patient.teams().stream()
                .filter(team -> team.counts(declared.professional(), now))
                .toList();
    }
}
