package fr.carnet.server.cli.push;

import fr.carnet.validation.CdaHeader.DocumentId;
import java.util.Optional;

/** Where a document of the folder goes. Safe for many threads. */
interface Destination {

    /**
     * Hands a document over.
     *
     * @param replaces the document of the folder that it replaces, if there is one
     */
    Result take(SourceFile file, Optional<DocumentId> replaces);
}
