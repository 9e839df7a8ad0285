package fr.carnet.policy;

import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Disclosure;
import fr.carnet.shared.CallerKind;

/** What a refusal may tell (rules.md §0, "403 or 404 by id"). */
final class Disclosures {

    private Disclosures() {}

    /** A refusal that speaks, unless a document was asked by its id with a token that names no patient. */
    static Deny say(AccessRequest request, Rule rule) {
        return new Deny(rule, namesPatient(request) || !isById(request) ? Disclosure.SAY : Disclosure.HIDE);
    }

    /** A refusal that is answered exactly like something that does not exist. */
    static Deny hide(Rule rule) {
        return new Deny(rule, Disclosure.HIDE);
    }

    private static boolean namesPatient(AccessRequest request) {
        return request.context().patient().isPresent() || request.caller().kind() == CallerKind.HOLDER;
    }

    private static boolean isById(AccessRequest request) {
        boolean named = request.document().isPresent() || request.conversation().isPresent();
        return named
                && switch (request.action()) {
                    case READ,
                            LIST_READERS,
                            DELETE,
                            ARCHIVE,
                            MASK,
                            UNMASK,
                            HIDE_FROM_HOLDER,
                            SHOW_TO_HOLDER,
                            HIDE_FROM_REPRESENTATIVES,
                            SHOW_TO_REPRESENTATIVES,
                            ANSWER_MESSAGE,
                            MARK_MESSAGE,
                            CLOSE_CONVERSATION -> true;
                    case CHECK_STATUS,
                            SEARCH,
                            CREATE_CONSENT,
                            END_CONSENT,
                            DEPOSIT,
                            REPLACE,
                            READ_TRACES,
                            READ_OWN_TRACES,
                            EXPORT_RECORD,
                            READ_CONSENTS,
                            DECLARE_TEAM,
                            CHANGE_TEAM,
                            END_TEAM,
                            READ_TEAMS,
                            REGISTER_RELATED,
                            CHANGE_RELATED,
                            READ_RELATED,
                            READ_COMMUNICATIONS,
                            KEEP_PREFERENCES,
                            EXPLAIN,
                            REGISTER_PATIENT,
                            INFORM,
                            OPPOSE,
                            ACTIVATE,
                            CLOSE,
                            REOPEN,
                            REACTIVATE,
                            SUSPEND,
                            RESUME,
                            REQUEST_DELETION,
                            CHANGE_INS,
                            START_CONVERSATION,
                            COPY_TO_HOLDER,
                            COPY_TO_PHYSICIAN -> false;
                };
    }
}
