package fr.carnet.token;

import fr.carnet.directory.DirectoryEntry.Agreement;
import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.directory.ProfessionalDirectory;
import fr.carnet.directory.StatedSituation;
import fr.carnet.shared.Caller;
import fr.carnet.shared.IdNatPs;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/** Whether the directory bears out what was proved of a professional (R76). */
final class StandingChecks {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final ProfessionalDirectory directory;
    private final Clock clock;

    StandingChecks(ProfessionalDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** @throws TokenRefusal if it does not, or cannot be asked */
    void check(Caller caller) {
        if (caller.isProfessional()) {
            Agreement agreement = agreement(caller);
            if (agreement != Agreement.BORNE_OUT) {
                throw new TokenRefusal(
                        TokenError.PROFESSIONAL_UNKNOWN, agreement.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private Agreement agreement(Caller caller) {
        StatedSituation stated = new StatedSituation(
                caller.role().orElseThrow(), caller.specialty(), caller.sector(), caller.structure());
        try {
            return directory
                    .find(new IdNatPs(caller.subject()))
                    .map(entry -> entry.agreementWith(stated, LocalDate.ofInstant(clock.instant(), PARIS)))
                    .orElseThrow(() -> new TokenRefusal(TokenError.PROFESSIONAL_UNKNOWN, "rpps"));
        } catch (DirectoryUnavailable e) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "directory");
        }
    }
}
