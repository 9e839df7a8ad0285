package fr.carnet.shared;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Column of the habilitation matrix: a profession or a function.
 *
 * <p>A bare code is of TRE_G15 ({@code 10} physician); otherwise the prefix names the table: {@code G16:} in training,
 * {@code R94:} social, {@code R95:} titles, {@code R22:} function, {@code R85:} role, {@code A00:} producer that is no
 * professional. Deprecated aliases are read as the column that J65 lists (rules.md §3).
 */
public record ActorCode(String code) {

    private static final Pattern SHAPE = Pattern.compile("(?:(?:G16|R94|R95|R22|R85|A00):)?[A-Z0-9_-]{1,32}");
    private static final Map<String, String> ALIASES =
            Map.of("R85:313", "35", "R85:314", "36", "R85:315", "37", "R85:316", "38", "R85:317", "39", "93", "R95:93");

    /** The holder's own column (titulaire). Declared last: it is checked with the constants above. */
    public static final ActorCode HOLDER = new ActorCode("A00:EXP_PATIENT");

    /** @throws IllegalArgumentException if it does not have the shape above */
    public ActorCode {
        if (code == null || !SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("not an actor of the habilitation matrix");
        }
        code = ALIASES.getOrDefault(code, code);
    }

    /** True for the professions of TRE_G15 and TRE_G16: health professionals in the sense of R51. */
    public boolean isHealthProfessional() {
        return !code.contains(":") || code.startsWith("G16:");
    }

    /** Physicians, also in training. */
    public boolean isPhysician() {
        return code.equals("10") || code.equals("G16:10");
    }
}
