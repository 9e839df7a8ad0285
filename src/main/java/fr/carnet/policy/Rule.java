package fr.carnet.policy;

import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Verdicts: what permits or refuses here, in the name of a rule of the published rule book.
 *
 * <p>A rule id is the number of the rule book and a readable slug; one rule may decide in several ways, hence several
 * slugs. Texts live in the message bundles {@code messages/rules} (fr, en), keyed {@code R36.no-consent}. What each rule
 * asks, its sources and how sure it is: {@link RuleCatalogue}.
 */
public enum Rule {
    // identity
    R1_INS_INVALID(1, 422),
    R2_INS_INVALID(2, 422),
    R5_INS_NOT_QUALIFIED(5, 422),
    R8_TRAITS_MISMATCH(8, 422),
    R9_INS_CHANGED(9, 200),
    R9_INS_UNCHANGED(9, 422),
    R9_INS_TAKEN(9, 409),
    R9_INS_OUTDATED(9, 409),
    // life cycle
    R10_OPERATOR(10, 200),
    R10_NOT_HABILITATED(10, 403),
    R10_NOT_ENTITLED(10, 403),
    R10_TRANSITION_REFUSED(10, 422),
    R11_INFORMED(11, 200),
    R12_OPENED(12, 200),
    R13_OPPOSED(13, 200),
    R13_NO_DMP(13, 404),
    R15_ACTIVATED(15, 200),
    R16_ACTIVATED(16, 200),
    R18_NOT_ACTIVATED(18, 403),
    R20_CLOSED(20, 200),
    R21_DMP_CLOSED(21, 403),
    R22_DESTROYED(22, 200),
    R23_REQUESTED(23, 200),
    R23_HOLDER_ONLY(23, 403),
    R23_DESTROYED(23, 200),
    R24_REOPENED(24, 200),
    R25_REACTIVATED(25, 200),
    R25_NO_CONSENT(25, 403),
    R26_SUSPENDED(26, 200),
    R26_CONTESTED(26, 200),
    R26_RESUMED(26, 200),
    R26_CLOSED(26, 200),
    R26_DMP_CLOSED(26, 403),
    R27_DECEASED(27, 403),
    // matrix
    R28_MATRIX(28, 200),
    R28_NOT_HABILITATED(28, 403),
    R33_UNKNOWN_TYPE(33, 422),
    R33_NOT_HABILITATED(33, 403),
    R35_NOT_HABILITATED(35, 403),
    // consent
    R36_CONSENT(36, 200),
    R36_DECLARATION(36, 200),
    R36_NO_CONSENT(36, 403),
    R36_NOT_HABILITATED(36, 403),
    R37_INCOMPLETE_DECLARATION(37, 422),
    R38_TEAM(38, 200),
    R38_NO_CONSENT(38, 403),
    R39_PRESUMED(39, 200),
    R40_CONSENT(40, 200),
    R40_NO_CONSENT(40, 403),
    R41_COLLEAGUE(41, 200),
    R41_NO_CONSENT(41, 403),
    R42_STATUS(42, 200),
    R42_ENDED(42, 200),
    R42_NO_CONSENT(42, 403),
    R42_NOT_AUTHOR(42, 403),
    R43_FORMAL_SET(43, 200),
    R43_OWN_STAFF(43, 200),
    R43_RECOGNISED(43, 200),
    R43_ENDED(43, 200),
    R43_TOLD(43, 200),
    R43_NO_CONSENT(43, 403),
    R43_NO_HEALTH_PROFESSIONAL(43, 422),
    R43_NOT_ENTITLED(43, 403),
    R43_NOT_DECLARER(43, 403),
    R43_NOT_TOLD(43, 404),
    R44_BLOCKED(44, 403),
    R45_BLOCKED_FEEDS(45, 200),
    R46_TREATING_PHYSICIAN(46, 409),
    R47_FEEDING(47, 200),
    R48_OPPOSED_DEPOSIT(48, 409),
    // access modes
    R50_MODE_UNKNOWN(50, 422),
    R51_MODE_NOT_ALLOWED(51, 403),
    R51_STATEMENT_MISSING(51, 422),
    R52_OPPOSED_BRIS_DE_GLACE(52, 403),
    R53_BREAK_GLASS(53, 200),
    R54_REGULATION(54, 200),
    R54_MODE_NOT_ALLOWED(54, 403),
    R55_OPPOSED_CENTRE_15(55, 403),
    R56_MODE_NOT_ALLOWED(56, 403),
    // exclusions and particular actors
    R60_PURPOSE_PROHIBITED(60, 403),
    R61_EXPRESS_CONSENT(61, 200),
    R61_PURPOSE_PROHIBITED(61, 403),
    R62_PURPOSE_PROHIBITED(62, 403),
    R63_AGREEMENT(63, 200),
    R63_NO_CONSENT(63, 403),
    R65_NOT_HABILITATED(65, 403),
    R67_NOT_HABILITATED(67, 403),
    R68_NOT_HABILITATED(68, 403),
    R69_SERVICE(69, 200),
    R69_NO_CONSENT(69, 403),
    R70_NOT_HABILITATED(70, 403),
    // assertion
    R71_MODE_NOT_ALLOWED(71, 403),
    R72_MODE_NOT_ALLOWED(72, 403),
    R73_MODE_NOT_ALLOWED(73, 403),
    R82_OTHER_PATIENT(82, 403),
    // traces and rights of the holder
    R90_AUDITOR(90, 200),
    R90_OWN(90, 200),
    R90_STRUCTURE(90, 200),
    R91_HOLDER(91, 200),
    R91_HOLDER_CHOICE(91, 200),
    R91_HOLDER_ONLY(91, 403),
    R91_NOT_HABILITATED(91, 403),
    R91_CONCERNED(91, 200),
    R91_NOT_CONCERNED(91, 404),
    R91_CHOICES_RESERVED(91, 403),
    R91_NOT_HOLDER(91, 403),
    R91_COPY_RESERVED(91, 403),
    R92_EXPLAINED(92, 200),
    R92_NOT_ENTITLED(92, 403),
    // notices
    R97_ADDRESS(97, 200),
    R97_NOT_ENTITLED(97, 403),
    R99_ADDRESSED(99, 200),
    R99_NOT_ADDRESSED(99, 404),
    R99_NOT_ENTITLED(99, 403),
    // visibility
    R100_UNSUPPORTED_LABEL(100, 422),
    R102_LABELS_EXCLUSIVE(102, 422),
    R103_VISIBLE(103, 200),
    R104_HOLDER_MASKS(104, 200),
    R105_DEPOSITOR(105, 200),
    R105_MASKED(105, 404),
    R106_TREATING_PHYSICIAN(106, 200),
    R107_SAME_RIGHTS(107, 200),
    R108_MASKED(108, 404),
    R111_INVISIBLE(111, 404),
    R112_ANNOUNCEMENT(112, 200),
    R112_NOT_AUTHOR(112, 403),
    R114_DELAY_OVER(114, 200),
    R115_SHOWN(115, 200),
    R115_NOT_AUTHOR(115, 403),
    R115_TRANSITION_REFUSED(115, 422),
    R116_TRANSITION_REFUSED(116, 422),
    R117_INVISIBLE(117, 404),
    R119_NOT_REPRESENTATIVE(119, 403),
    // deposits, versions, deletion
    R120_TYPE_CLASS(120, 422),
    R123_UNCHANGED(123, 409),
    R124_DUPLICATE(124, 409),
    R125_REPLACE_FAILED(125, 422),
    R126_TRANSITION_REFUSED(126, 422),
    R127_AUTHOR(127, 200),
    R127_NOT_AUTHOR(127, 403),
    R128_DELETED(128, 404),
    R131_AT_REQUEST(131, 200),
    R131_NOT_AUTHOR(131, 403),
    R131_MASKED_BY_HOLDER(131, 403),
    R132_IDENTIFIER_REUSED(132, 422),
    R134_INSURANCE(134, 200),
    R134_NOT_HABILITATED(134, 403),
    R135_HOLDER_DOCUMENT(135, 200),
    R135_NOT_HABILITATED(135, 403),
    R136_OWN_DOCUMENT(136, 200),
    R136_NOT_AUTHOR(136, 403),
    // minors and representatives
    R141_SECRET_CONNECTION(141, 422),
    R142_SECRET_CONNECTION(142, 422),
    R144_SECRET_CONNECTION(144, 404),
    R146_SECRET_CONNECTION(146, 422),
    R147_REPRESENTATIVE(147, 200),
    R147_NOT_REPRESENTATIVE(147, 403),
    R147_OPERATOR(147, 200),
    R147_SHARED(147, 200),
    R147_NOT_MAIN(147, 403),
    R147_NOT_ENTITLED(147, 403),
    R148_NOT_HOLDER(148, 403),
    R149_GUARDIAN(149, 200),
    R149_CURATOR(149, 200),
    R149_NO_CONSENT(149, 403),
    R149_READS_ONLY(149, 403),
    // messages
    R161_CONVERSATION(161, 200),
    R161_NOT_ENTITLED(161, 403),
    R162_OFFICINE(162, 200),
    R163_PARTY(163, 200),
    R163_CLOSED(163, 200),
    R163_CONVERSATION_CLOSED(163, 409),
    R163_NOT_PROFESSIONAL(163, 403),
    R163_NOT_ENTITLED(163, 403),
    R163_NOT_PARTY(163, 404),
    R164_MAILBOX(164, 200),
    R164_NO_REPLY(164, 403),
    R169_COPY(169, 200),
    R169_NOT_DEPOSITOR(169, 403),
    R169_NO_PHYSICIAN(169, 403),
    R169_NOT_ANNOUNCED(169, 403),
    R170_HIDDEN(170, 404),
    R170_REPRESENTATIVE_READS(170, 403);

    private static final int PERMITTED = 200;

    private final int number;
    private final int status;

    Rule(int number, int status) {
        this.number = number;
        this.status = status;
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

    /** True for the rules that permit; all others refuse. */
    public boolean permits() {
        return status == PERMITTED;
    }

    /** Key of the sentences in the message bundles. */
    public String messageKey() {
        return id() + "." + slug();
    }
}
