package fr.carnet.directory.extract;

import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.directory.DirectoryUnavailable.Reason;
import fr.carnet.shared.StructureId;
import java.time.Clock;

/** The list of structures as it was loaded; while it cannot be read, those that were found lately still count. */
final class LoadedStructures implements DeclaredStructures {

    private final DirectoryTables tables;
    private final Recall<StructureId, Boolean> recall;

    LoadedStructures(DirectoryTables tables, DirectorySettings settings, Clock clock) {
        this.tables = tables;
        this.recall = new Recall<>(settings, clock);
    }

    @Override
    public boolean contains(StructureId structure) {
        try {
            boolean declared = tables.declares(structure);
            if (declared) {
                recall.remember(structure, true);
            } else {
                recall.forget(structure);
            }
            return declared;
        } catch (DirectoryUnavailable e) {
            if (e.reason() != Reason.UNREADABLE) {
                throw e;
            }
            return recall.recall(structure).orElseThrow(() -> e);
        }
    }
}
