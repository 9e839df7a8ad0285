package fr.carnet.directory.extract;

import fr.carnet.directory.DirectoryEntry;
import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.directory.DirectoryUnavailable.Reason;
import fr.carnet.directory.ProfessionalDirectory;
import fr.carnet.directory.extract.DirectoryTables.Listed;
import fr.carnet.shared.IdNatPs;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The directory as it was loaded. While the table cannot be read, entries that were read lately serve; an absence is never
 * remembered, since somebody may have been loaded meanwhile.
 */
final class LoadedDirectory implements ProfessionalDirectory {

    private static final Duration TOO_OLD_RETRY = Duration.ofHours(1);

    private final DirectoryTables tables;
    private final Recall<IdNatPs, Listed> recall;
    private final Duration maxAge;
    private final Clock clock;

    LoadedDirectory(DirectoryTables tables, DirectorySettings settings, Clock clock) {
        this.tables = tables;
        this.recall = new Recall<>(settings, clock);
        this.maxAge = settings.maxAge();
        this.clock = clock;
    }

    @Override
    public Optional<DirectoryEntry> find(IdNatPs professional) {
        Listed listed = listed(professional);
        if (listed.asOf().plus(maxAge).isBefore(clock.instant())) {
            throw new DirectoryUnavailable(Reason.TOO_OLD, TOO_OLD_RETRY);
        }
        return listed.entry();
    }

    private Listed listed(IdNatPs professional) {
        try {
            Listed listed = tables.professional(professional);
            if (listed.entry().isPresent()) {
                recall.remember(professional, listed);
            } else {
                recall.forget(professional);
            }
            return listed;
        } catch (DirectoryUnavailable e) {
            if (e.reason() != Reason.UNREADABLE) {
                throw e;
            }
            return recall.recall(professional).orElseThrow(() -> e);
        }
    }
}
