package fr.carnet.policy;

import static java.util.Collections.disjoint;

import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Ins;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Steps 4 to 6 and 8: identity, state of the record, block, authorisation. */
record RecordSteps(PolicySettings settings, LegalCalendar calendar, Authorisations authorisations) {

    /** R82, R9, R1: the patient is the one of the token, by any of his matricules, and it is of an accepted domain. */
    Optional<Rule> identity(AccessRequest request) {
        Optional<Ins> requested = request.patient().map(PatientFacts::ins);
        Optional<Ins> named = request.context().patient();
        boolean other = request.patient()
                .filter(patient -> named.filter(ins -> !patient.bears(ins)).isPresent())
                .isPresent();
        if (other) {
            return Optional.of(Rule.R82_OTHER_PATIENT);
        }
        Predicate<Ins> accepted = ins -> settings.acceptedInsDomains().contains(ins.domain());
        boolean allAccepted =
                Stream.of(requested, named).flatMap(Optional::stream).allMatch(accepted);
        return allAccepted ? Optional.empty() : Optional.of(Rule.R1_INS_INVALID);
    }

    /** R13, R17, R21, R26: there is a record, and it is open; opposed, not yet opened and unknown are told alike. */
    Optional<Rule> open(AccessRequest request) {
        return request.patient()
                .map(patient -> calendar.stateOf(patient, request.now()))
                .map(RecordSteps::refusalOf)
                .orElse(Optional.of(Rule.R13_NO_DMP));
    }

    /** R44: whom the holder blocks reads nothing, in any mode. */
    Optional<Rule> blocked(AccessRequest request) {
        return isBlocked(request) ? Optional.of(Rule.R44_BLOCKED) : Optional.empty();
    }

    static boolean isBlocked(AccessRequest request) {
        return request.patient()
                .filter(p -> p.choices().blocked().contains(request.caller().subject()))
                .isPresent();
    }

    /** R48: the holder opposed, for a legitimate reason, what this professional deposits or signs as author. */
    Optional<Rule> depositOpposed(AccessRequest request) {
        Set<String> opposed = request.patient()
                .map(patient -> patient.choices().depositOpposed())
                .orElse(Set.of());
        boolean signs = request.action() == Action.DEPOSIT
                && request.document()
                        .filter(document -> !disjoint(opposed, document.authors()))
                        .isPresent();
        return signs || opposed.contains(request.caller().subject())
                ? Optional.of(Rule.R48_OPPOSED_DEPOSIT)
                : Optional.empty();
    }

    /** R36–R43: the authorisation in force, or the rule that refuses; emergencies need none (R53, R54). */
    Rule authorisation(AccessRequest request) {
        return switch (request.context().mode().orElseThrow()) {
            case BREAK_GLASS -> Rule.R53_BREAK_GLASS;
            case REGULATION -> Rule.R54_REGULATION;
            case NORMAL -> byDeclaration(request, request.now());
        };
    }

    /** FHIR id of the Consent by which {@link #authorisation} authorises him; empty in an emergency. */
    Optional<String> consent(AccessRequest request) {
        return request.context().mode().filter(AccessMode::isEmergency).isPresent()
                ? Optional.empty()
                : request.patient()
                        .flatMap(patient -> authorisations.authorising(request.caller(), patient, request.now()))
                        .flatMap(PatientFacts.Authorisation::consent);
    }

    private Rule byDeclaration(AccessRequest request, Instant now) {
        return request.patient()
                .map(patient -> authorisations.verdict(request.caller(), patient, now))
                .orElse(Rule.R36_NO_CONSENT);
    }

    private static Optional<Rule> refusalOf(RecordState state) {
        return switch (state) {
            case OPENED_AUTO, OPENED_ACTIVATED -> Optional.empty();
            case CLOSED -> Optional.of(Rule.R21_DMP_CLOSED);
            case SUSPENDED -> Optional.of(Rule.R26_DMP_CLOSED);
            case NONE, NOTIFIED, OPPOSED, DESTROYED -> Optional.of(Rule.R13_NO_DMP);
        };
    }
}
