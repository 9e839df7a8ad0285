package fr.carnet.policy;

import fr.carnet.policy.PolicySettings.WriteEnforcement;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import java.util.Optional;
import java.util.Set;

/** Steps 7b and 9: what the matrix lets a professional or a machine read and feed (R28–R35, R65–R70, R134, R135). */
record Habilitations(HabilitationMatrix matrix, PolicySettings settings) {

    static final ActorCode INSURANCE = new ActorCode("A00:ALIM_AM");
    private static final ActorCode AUTOMATE = new ActorCode("A00:AUTOMATE");
    private static final ActorCode DIGITAL_SERVICE = new ActorCode("A00:SNR");
    private static final ActorCode SECRETARIAT = new ActorCode("A00:SECRETARIAT_MEDICAL");
    private static final Set<String> SECRETARIES = Set.of("R85:331", "R85:332", SECRETARIAT.code());
    private static final String ADVISER_FUNCTION = "FON-19";
    private static final String SOCIAL_SECURITY_SECTOR = "SA24";
    private static final String REIMBURSEMENT_CLASS = "60";
    private static final String REIMBURSEMENT_TYPE = "REMB";

    /** Step 7b: the caller's profession or function reads at least one type. */
    Optional<Rule> readsAnything(AccessRequest request) {
        Caller caller = request.caller();
        if (isInsurance(caller)) {
            return Optional.of(Rule.R65_NOT_HABILITATED);
        }
        if (caller.kind() == CallerKind.SYSTEM) {
            boolean automate = caller.role().filter(AUTOMATE::equals).isPresent();
            return Optional.of(automate ? Rule.R68_NOT_HABILITATED : Rule.R70_NOT_HABILITATED);
        }
        if (caller.role().filter(role -> SECRETARIES.contains(role.code())).isPresent()) {
            return Optional.of(Rule.R67_NOT_HABILITATED);
        }
        boolean reads = columnOf(caller).filter(matrix::readsAnything).isPresent();
        return reads ? Optional.empty() : Optional.of(withoutCell(caller));
    }

    /** Step 9, reading: the rule that lets the caller read documents of this type, or refuses. */
    Rule reading(Caller caller, DocumentFacts document) {
        boolean reads = columnOf(caller)
                .filter(column -> matrix.mayRead(column, document.type(), document.classCode()))
                .isPresent();
        if (reads) {
            return Rule.R28_MATRIX;
        }
        return matrix.knows(document.type()) ? Rule.R28_NOT_HABILITATED : Rule.R33_NOT_HABILITATED;
    }

    /** Step 8 for a referenced digital service: the holder authorised it, and has not taken that back (R69). */
    Optional<Rule> service(AccessRequest request) {
        boolean authorised = !isDigitalService(request.caller())
                || request.patient()
                        .filter(p -> p.choices()
                                .services()
                                .containsKey(request.caller().subject()))
                        .isPresent();
        return authorised ? Optional.empty() : Optional.of(Rule.R69_NO_CONSENT);
    }

    /** R69: of the types that the holder named, and no other. */
    Optional<Rule> serviceFeeding(AccessRequest request, DocumentFacts document) {
        boolean named = !isDigitalService(request.caller())
                || request.patient()
                        .map(p -> p.choices().services().get(request.caller().subject()))
                        .filter(types -> types.contains(document.type()))
                        .isPresent();
        return named ? Optional.empty() : Optional.of(Rule.R69_NO_CONSENT);
    }

    static boolean isDigitalService(Caller caller) {
        return caller.role().filter(DIGITAL_SERVICE::equals).isPresent();
    }

    /** Step 9, feeding, before any document is known: the actors without any cell that feeds. */
    Optional<Rule> feedsAnything(AccessRequest request) {
        Caller caller = request.caller();
        boolean feeds = columnOf(caller).filter(matrix::feedsAnything).isPresent();
        return feeds ? Optional.empty() : Optional.of(withoutCell(caller));
    }

    /** Step 9, feeding: refused whatever the write enforcement (R33, R134, R135), or by its strict setting. */
    Optional<Rule> feeding(Caller caller, DocumentFacts document) {
        if (!matrix.knows(document.type())) {
            return Optional.of(Rule.R33_UNKNOWN_TYPE);
        }
        if (isReimbursement(document) && !columnOf(caller).equals(Optional.of(INSURANCE))) {
            return Optional.of(Rule.R134_NOT_HABILITATED);
        }
        if (isPatientType(document)) {
            return Optional.of(Rule.R135_NOT_HABILITATED);
        }
        boolean denied = settings.writeEnforcement() == WriteEnforcement.DENY && !hasFeedingCell(caller, document);
        return denied ? Optional.of(Rule.R28_NOT_HABILITATED) : Optional.empty();
    }

    boolean warnsOfFeeding(Caller caller, DocumentFacts document) {
        return settings.writeEnforcement() == WriteEnforcement.WARN && !hasFeedingCell(caller, document);
    }

    /** R135: the holder deposits his own kinds of document, nothing else. */
    Optional<Rule> holderFeeding(DocumentFacts document) {
        if (!matrix.knows(document.type())) {
            return Optional.of(Rule.R33_UNKNOWN_TYPE);
        }
        return matrix.mayFeed(ActorCode.HOLDER, document.type(), document.classCode())
                ? Optional.empty()
                : Optional.of(Rule.R135_NOT_HABILITATED);
    }

    /** Column on which a caller is judged: machines have their own ones, nobody borrows the holder's. */
    Optional<ActorCode> columnOf(Caller caller) {
        return caller.role().filter(role -> switch (caller.kind()) {
            case PROFESSIONAL -> !role.code().startsWith("A00:") || role.equals(SECRETARIAT);
            case SYSTEM ->
                role.code().startsWith("A00:") && !role.equals(SECRETARIAT) && !role.equals(ActorCode.HOLDER);
            case HOLDER, REPRESENTATIVE, OPERATOR, AUDITOR -> false;
        });
    }

    private boolean hasFeedingCell(Caller caller, DocumentFacts document) {
        return columnOf(caller)
                .filter(column -> matrix.mayFeed(column, document.type(), document.classCode()))
                .isPresent();
    }

    private static Rule withoutCell(Caller caller) {
        boolean function = caller.role().filter(HabilitationMatrix::isFunction).isPresent();
        return function ? Rule.R35_NOT_HABILITATED : Rule.R28_NOT_HABILITATED;
    }

    private static boolean isInsurance(Caller caller) {
        return caller.role().filter(INSURANCE::equals).isPresent()
                || caller.function().filter(ADVISER_FUNCTION::equals).isPresent()
                || caller.sector().filter(SOCIAL_SECURITY_SECTOR::equals).isPresent();
    }

    private static boolean isReimbursement(DocumentFacts document) {
        return document.classCode().equals(REIMBURSEMENT_CLASS)
                || document.type().equals(REIMBURSEMENT_TYPE);
    }

    private static boolean isPatientType(DocumentFacts document) {
        return document.type().startsWith("DOCPAT") || document.type().startsWith("EXPPAT_");
    }
}
