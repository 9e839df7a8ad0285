package fr.carnet.policy;

/** What the caller wants to do; each row of the table of steps (rules.md §0) reads one or more of these. */
public enum Action {
    /** TD0.2: does a record exist, is it open, am I authorised. */
    CHECK_STATUS,
    /** TD3.1: search documents, lots, folders. */
    SEARCH,
    /** TD3.1b, TD3.2: read one document's metadata or content; without a document: its record-level steps only. */
    READ,
    /** TD0.3 and the holder's choices: create a Consent of some kind. */
    CREATE_CONSENT,
    /** End a Consent of some kind. */
    END_CONSENT,
    /** TD2: new document. */
    DEPOSIT,
    /** TD2.1: new version; judged on the replaced document, besides DEPOSIT on the new one. */
    REPLACE,
    /** TD3.3c. */
    DELETE,
    /** TD3.3d, both ways. */
    ARCHIVE,
    /** TD3.3a: hide from professionals. */
    MASK,
    /** TD3.3a, back. */
    UNMASK,
    /** TD3.3b: hide from the holder after deposit (always refused, R116). */
    HIDE_FROM_HOLDER,
    /** TD3.3b: make visible to the holder. */
    SHOW_TO_HOLDER,
    /** Hide from representatives after deposit (always refused, R115). */
    HIDE_FROM_REPRESENTATIVES,
    /** Make visible to representatives. */
    SHOW_TO_REPRESENTATIVES,
    /** Read the traces of a record. */
    READ_TRACES,
    /** Read the traces of one's own accesses, or of those made in one's structure's name (EX_AIR-120). */
    READ_OWN_TRACES,
    /** See which choices are declared on a record (R91); with a consent: this one. */
    READ_CONSENTS,
    /** Declare a care team (R43). */
    DECLARE_TEAM,
    /** Change a care team's members, period or name. */
    CHANGE_TEAM,
    /** End a care team. */
    END_TEAM,
    /** See the care teams of a patient; with a team: this one. */
    READ_TEAMS,
    /** Register who acts for a patient in law, or assists him (R147, R149). */
    REGISTER_RELATED,
    /** Correct or end such a title. */
    CHANGE_RELATED,
    /** See who acts for a patient. */
    READ_RELATED,
    /** Read the notices and messages of a record that are addressed to the caller; with a communication: this one (R99). */
    READ_COMMUNICATIONS,
    /** See and change how the holder is told: address, language, which notices (R97). */
    KEEP_PREFERENCES,
    /** Read who could read a document now (R91). */
    LIST_READERS,
    /** Take the whole record with one (R91). */
    EXPORT_RECORD,
    /** Have a decision explained (R92). */
    EXPLAIN,
    /** Register or correct a patient and the state of his record. */
    REGISTER_PATIENT,
    /** Note that the patient was informed: the six weeks run (R11, R12). */
    INFORM,
    /** Oppose the opening (R13), or the closing of a suspended record (R26). */
    OPPOSE,
    /** Activate the space (R15, R16). */
    ACTIVATE,
    /** Close the record (R20). */
    CLOSE,
    /** Open a new space after a closing, with what was archived (R24). */
    REOPEN,
    /** The same by a professional who ticked the consent box (R25). */
    REACTIVATE,
    /** Suspend for fraud or malfunction (R26). */
    SUSPEND,
    /** End a suspension (R26). */
    RESUME,
    /** Ask for the deletion of a closed record (R23). */
    REQUEST_DELETION,
    /** Put another matricule in the place of the current one (R9). */
    CHANGE_INS,
    /** Write the first message of a conversation (R161, R162). */
    START_CONVERSATION,
    /** Write in a conversation that is there (R163, R164). */
    ANSWER_MESSAGE,
    /** Note that a message was read. */
    MARK_MESSAGE,
    /** End a conversation (R163). */
    CLOSE_CONVERSATION,
    /** Send a copy of a document that one deposits to the holder's mailbox (R169, R170). */
    COPY_TO_HOLDER,
    /** Send it to the treating physician (R169). */
    COPY_TO_PHYSICIAN
}
