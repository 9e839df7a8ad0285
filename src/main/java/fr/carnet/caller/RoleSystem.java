package fr.carnet.caller;

import fr.carnet.shared.ActorCode;
import java.util.Arrays;
import java.util.Optional;

/** Code systems of {@code subject_role} (JDV_J65) and their prefix in an {@link ActorCode}. */
public enum RoleSystem {
    G15("", "TRE_G15-ProfessionSante"),
    G16("G16:", "TRE_G16-ProfessionFormation"),
    R94("R94:", "TRE_R94-ProfessionSocial"),
    R95("R95:", "TRE_R95-UsagerTitre"),
    R22("R22:", "TRE_R22-GenreActivite"),
    R85("R85:", "TRE_R85-RolePriseCharge"),
    A00("A00:", "TRE_A00-ProducteurDocNonPS"),
    /** Savoir-faire of a physician: no column of the matrix, the second value of R81. */
    R38(null, "TRE_R38-SpecialiteOrdinale"),
    /** Section of the pharmacists' register: the second value of R81. */
    G05(null, "TRE_G05-SousSectionTableauCNOP");

    private final String prefix;
    private final String url;

    RoleSystem(String prefix, String table) {
        this.prefix = prefix;
        this.url = "https://mos.esante.gouv.fr/NOS/" + table + "/FHIR/" + table.replace('_', '-');
    }

    /** {@code Coding.system}. */
    public String url() {
        return url;
    }

    /** True for professions and functions, false for the specialty or section that goes with one. */
    public boolean isRole() {
        return prefix != null;
    }

    /** Prefix of the column names; empty for TRE_G15. Only of roles. */
    public String prefix() {
        return prefix;
    }

    /**
     * Column of a code.
     *
     * @throws IllegalArgumentException if the code has not the shape of one
     */
    public ActorCode actor(String code) {
        return new ActorCode(prefix + code);
    }

    /** System of a column of the matrix: {@code R85:331} is of TRE_R85, {@code 10} of TRE_G15. */
    public static RoleSystem ofActor(String column) {
        return Arrays.stream(values())
                .filter(s -> s.isRole() && s != G15 && column.startsWith(s.prefix))
                .findFirst()
                .orElse(G15);
    }

    /** Code of a column within this system: without the prefix of the matrix. */
    public String codeOf(ActorCode column) {
        return column.code().substring(prefix.length());
    }

    /** System of a URL; empty for any other. */
    public static Optional<RoleSystem> of(String url) {
        return Arrays.stream(values()).filter(s -> s.url.equals(url)).findFirst();
    }
}
