package fr.carnet.policy;

import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rule catalogue: every rule of the published rule book that can permit or refuse here.
 *
 * <p>A rule id is the number of the rule book and a readable slug; one rule may decide in several ways, hence several
 * slugs. Texts live in the message bundles {@code messages/rules} (fr, en), keyed {@code R36.no-consent}. The grade says
 * how sure the rule itself is.
 */
public enum Rule {
    // identity
    R1_INS_INVALID(1, 422, Grade.CONFIRMED),
    R2_INS_INVALID(2, 422, Grade.FROM_MEMORY),
    R5_INS_NOT_QUALIFIED(5, 422, Grade.CONFIRMED),
    R8_TRAITS_MISMATCH(8, 422, Grade.INFERRED),
    // life cycle
    R10_OPERATOR(10, 200, Grade.INFERRED),
    R10_NOT_HABILITATED(10, 403, Grade.INFERRED),
    R13_NO_DMP(13, 404, Grade.CONFIRMED),
    R18_NOT_ACTIVATED(18, 403, Grade.CONFIRMED),
    R21_DMP_CLOSED(21, 403, Grade.CONFIRMED),
    R26_DMP_CLOSED(26, 403, Grade.CONFIRMED),
    // matrix
    R28_MATRIX(28, 200, Grade.CONFIRMED),
    R28_NOT_HABILITATED(28, 403, Grade.CONFIRMED),
    R33_UNKNOWN_TYPE(33, 422, Grade.INFERRED),
    R33_NOT_HABILITATED(33, 403, Grade.INFERRED),
    R35_NOT_HABILITATED(35, 403, Grade.INFERRED),
    // consent
    R36_CONSENT(36, 200, Grade.CONFIRMED),
    R36_DECLARATION(36, 200, Grade.CONFIRMED),
    R36_NO_CONSENT(36, 403, Grade.CONFIRMED),
    R36_NOT_HABILITATED(36, 403, Grade.CONFIRMED),
    R37_INCOMPLETE_DECLARATION(37, 422, Grade.CONFIRMED),
    R38_TEAM(38, 200, Grade.CONFIRMED),
    R38_NO_CONSENT(38, 403, Grade.CONFIRMED),
    R39_PRESUMED(39, 200, Grade.INFERRED),
    R40_CONSENT(40, 200, Grade.CONFIRMED),
    R40_NO_CONSENT(40, 403, Grade.CONFIRMED),
    R41_COLLEAGUE(41, 200, Grade.CONFIRMED),
    R41_NO_CONSENT(41, 403, Grade.CONFIRMED),
    R42_STATUS(42, 200, Grade.CONFIRMED),
    R42_ENDED(42, 200, Grade.FROM_MEMORY),
    R42_NO_CONSENT(42, 403, Grade.FROM_MEMORY),
    R42_NOT_AUTHOR(42, 403, Grade.INFERRED),
    R43_NO_CONSENT(43, 403, Grade.FROM_MEMORY),
    R44_BLOCKED(44, 403, Grade.CONFIRMED),
    R45_BLOCKED_FEEDS(45, 200, Grade.INFERRED),
    R46_TREATING_PHYSICIAN(46, 409, Grade.INFERRED),
    R47_FEEDING(47, 200, Grade.CONFIRMED),
    // access modes
    R50_MODE_UNKNOWN(50, 422, Grade.CONFIRMED),
    R51_MODE_NOT_ALLOWED(51, 403, Grade.CONFIRMED),
    R51_STATEMENT_MISSING(51, 422, Grade.FROM_MEMORY),
    R52_OPPOSED_BRIS_DE_GLACE(52, 403, Grade.CONFIRMED),
    R53_BREAK_GLASS(53, 200, Grade.CONFIRMED),
    R54_REGULATION(54, 200, Grade.CONFIRMED),
    R54_MODE_NOT_ALLOWED(54, 403, Grade.CONFIRMED),
    R55_OPPOSED_CENTRE_15(55, 403, Grade.CONFIRMED),
    R56_MODE_NOT_ALLOWED(56, 403, Grade.INFERRED),
    // exclusions and particular actors
    R60_PURPOSE_PROHIBITED(60, 403, Grade.CONFIRMED),
    R61_EXPRESS_CONSENT(61, 200, Grade.CONFIRMED),
    R61_PURPOSE_PROHIBITED(61, 403, Grade.CONFIRMED),
    R62_PURPOSE_PROHIBITED(62, 403, Grade.CONFIRMED),
    R65_NOT_HABILITATED(65, 403, Grade.INFERRED),
    R67_NOT_HABILITATED(67, 403, Grade.INFERRED),
    R68_NOT_HABILITATED(68, 403, Grade.CONFIRMED),
    R69_NO_CONSENT(69, 403, Grade.CONFIRMED),
    R70_NOT_HABILITATED(70, 403, Grade.CONFIRMED),
    // assertion
    R71_MODE_NOT_ALLOWED(71, 403, Grade.CONFIRMED),
    R72_MODE_NOT_ALLOWED(72, 403, Grade.CONFIRMED),
    R73_MODE_NOT_ALLOWED(73, 403, Grade.CONFIRMED),
    R82_OTHER_PATIENT(82, 403, Grade.INFERRED),
    // traces and rights of the holder
    R90_AUDITOR(90, 200, Grade.CONFIRMED),
    R91_HOLDER(91, 200, Grade.CONFIRMED),
    R91_HOLDER_CHOICE(91, 200, Grade.CONFIRMED),
    R91_HOLDER_ONLY(91, 403, Grade.CONFIRMED),
    R91_NOT_HABILITATED(91, 403, Grade.CONFIRMED),
    // visibility
    R100_UNSUPPORTED_LABEL(100, 422, Grade.INFERRED),
    R102_LABELS_EXCLUSIVE(102, 422, Grade.CONFIRMED),
    R103_VISIBLE(103, 200, Grade.CONFIRMED),
    R104_HOLDER_MASKS(104, 200, Grade.CONFIRMED),
    R105_DEPOSITOR(105, 200, Grade.CONFIRMED),
    R105_MASKED(105, 404, Grade.CONFIRMED),
    R106_TREATING_PHYSICIAN(106, 200, Grade.CONFIRMED),
    R111_INVISIBLE(111, 404, Grade.CONFIRMED),
    R112_ANNOUNCEMENT(112, 200, Grade.CONFIRMED),
    R112_NOT_AUTHOR(112, 403, Grade.INFERRED),
    R114_DELAY_OVER(114, 200, Grade.CONFIRMED),
    R115_SHOWN(115, 200, Grade.CONFIRMED),
    R115_NOT_AUTHOR(115, 403, Grade.INFERRED),
    R115_TRANSITION_REFUSED(115, 422, Grade.CONFIRMED),
    R116_TRANSITION_REFUSED(116, 422, Grade.INFERRED),
    R117_INVISIBLE(117, 404, Grade.CONFIRMED),
    R119_NOT_REPRESENTATIVE(119, 403, Grade.CONFIRMED),
    // deposits, versions, deletion
    R120_TYPE_CLASS(120, 422, Grade.CONFIRMED),
    R124_DUPLICATE(124, 409, Grade.FROM_MEMORY),
    R125_REPLACE_FAILED(125, 422, Grade.CONFIRMED),
    R126_TRANSITION_REFUSED(126, 422, Grade.FROM_MEMORY),
    R127_AUTHOR(127, 200, Grade.CONFIRMED),
    R127_NOT_AUTHOR(127, 403, Grade.CONFIRMED),
    R128_DELETED(128, 404, Grade.CONFIRMED),
    R131_AT_REQUEST(131, 200, Grade.INFERRED),
    R131_NOT_AUTHOR(131, 403, Grade.INFERRED),
    R131_MASKED_BY_HOLDER(131, 403, Grade.INFERRED),
    R134_INSURANCE(134, 200, Grade.CONFIRMED),
    R134_NOT_HABILITATED(134, 403, Grade.CONFIRMED),
    R135_HOLDER_DOCUMENT(135, 200, Grade.CONFIRMED),
    R135_NOT_HABILITATED(135, 403, Grade.CONFIRMED),
    R136_OWN_DOCUMENT(136, 200, Grade.FROM_MEMORY),
    R136_NOT_AUTHOR(136, 403, Grade.FROM_MEMORY),
    // minors and representatives
    R142_SECRET_CONNECTION(142, 422, Grade.CONFIRMED),
    R146_SECRET_CONNECTION(146, 422, Grade.INFERRED),
    R147_REPRESENTATIVE(147, 200, Grade.CONFIRMED),
    R147_NOT_REPRESENTATIVE(147, 403, Grade.CONFIRMED),
    R148_NOT_HOLDER(148, 403, Grade.CONFIRMED),
    R149_GUARDIAN(149, 200, Grade.CONFIRMED);

    private static final int PERMITTED = 200;

    private final int number;
    private final int status;
    private final Grade grade;

    Rule(int number, int status, Grade grade) {
        this.number = number;
        this.status = status;
        this.grade = grade;
    }

    /** A refusal by this rule, as an answer. */
    public Fault refusal() {
        return new Fault(status, List.of(new Issue(Severity.ERROR, id(), messageKey(), List.of(), Optional.empty())));
    }

    /** {@code R} and the number of the rule book. */
    public String id() {
        return "R" + number;
    }

    /** Readable part of the id, e.g. {@code no-consent}. */
    public String slug() {
        return name().substring(name().indexOf('_') + 1)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /** HTTP status of a refusal by this rule that is said; 200 for rules that only permit. */
    public int status() {
        return status;
    }

    /** How sure the rule is. */
    public Grade grade() {
        return grade;
    }

    /** True for the rules that permit; all others refuse. */
    public boolean permits() {
        return status == PERMITTED;
    }

    /** Key of the sentences in the message bundles. */
    public String messageKey() {
        return id() + "." + slug();
    }

    /** Confidence of the rule book in a rule. */
    public enum Grade {
        /** C: read in a source. */
        CONFIRMED,
        /** M: known, the source was not read again. */
        FROM_MEMORY,
        /** I: inferred, so that the policy can decide. */
        INFERRED
    }
}
