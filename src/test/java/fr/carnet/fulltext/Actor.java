package fr.carnet.fulltext;

import fr.carnet.server.cli.client.Document;
import fr.carnet.shared.Visibility;
import java.util.Map;
import java.util.Optional;

/** Who searches. */
enum Actor {
    TREATING_PHYSICIAN("dr-martin"),
    NURSE("nurse-petit"),
    PHARMACIST("pharmacist-roche"),
    HOLDER(""),
    BREAK_GLASS("dr-urg");

    private static final Map<String, String> EMERGENCY = Map.of(
            "purpose", "bris_de_glace", "reason", "inconscient", "unable_to_consent", "true", "immediate_risk", "true");

    private final String id;

    Actor(String id) {
        this.id = id;
    }

    /** In the cast. */
    String of(Shelf.Patient patient) {
        return this == HOLDER ? patient.actor() : id;
    }

    /** What a request for his token says beside his name. */
    Map<String, String> circumstances() {
        return this == BREAK_GLASS ? EMERGENCY : Map.of();
    }

    /** What the rules say (R105, R111, the matrix), written down once more. */
    boolean sees(Shelf.Shelved document) {
        boolean masked = document.label().equals(Optional.of(Visibility.MASQUE_PS));
        return switch (this) {
            case TREATING_PHYSICIAN -> true;
            case HOLDER -> !document.label().equals(Optional.of(Visibility.INVISIBLE_PATIENT));
            case BREAK_GLASS -> !masked;
            case NURSE, PHARMACIST -> !masked && !document.kind().equals(Document.Kind.PSYCHIATRIC_SYNTHESIS);
        };
    }
}
