package fr.carnet.directory;

import fr.carnet.shared.IdNatPs;
import java.util.Optional;

/** The national directory of professionals (Annuaire Santé), as far as it is known here (R76). */
@FunctionalInterface
public interface ProfessionalDirectory {

    /**
     * What the directory says of a professional.
     *
     * @return empty when the directory answers and knows nobody of that number
     * @throws DirectoryUnavailable if the directory cannot be asked, or what is known of it is too old to be relied on:
     *     neither an entry nor its absence may then be concluded
     */
    Optional<DirectoryEntry> find(IdNatPs professional);
}
