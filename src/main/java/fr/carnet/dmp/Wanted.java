package fr.carnet.dmp;

import ca.uhn.fhir.rest.param.TokenParam;
import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import java.util.Arrays;

/** Values of the parameters by which choices are searched; one that no choice can have is refused, not found nowhere. */
final class Wanted {

    private static final int BAD_REQUEST = 400;

    private Wanted() {}

    static boolean active(TokenParam status) {
        return switch (String.valueOf(status.getValue())) {
            case "active" -> true;
            case "inactive" -> false;
            default -> throw Fault.of(BAD_REQUEST, "invalid-code", "status");
        };
    }

    static Kind kind(TokenParam category) {
        String system = category.getSystem();
        boolean ours = system == null || system.isEmpty() || CarnetUris.CONSENT_KIND.equals(system);
        return Arrays.stream(Kind.values())
                .filter(kind -> ours && kind.code().equals(category.getValue()))
                .findFirst()
                .orElseThrow(() -> Fault.of(BAD_REQUEST, "invalid-code", "category"));
    }
}
