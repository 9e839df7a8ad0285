package fr.carnet.server.flow;

import java.util.List;
import org.jooq.DSLContext;

/** Notices that the server owes, as they wait in its table: {@code kind rule}. */
final class Owed {

    private Owed() {}

    /** Of a document, {@code DocumentReference/id}. */
    static List<String> of(String document) {
        return dsl().resultQuery(
                        "select kind || ' ' || rule from carnet.obligation where document_id = ? order by created, kind",
                        id(document))
                .fetch(0, String.class);
    }

    /** Of the record in which a document is, and of no document. */
    static List<String> ofRecordWith(String document) {
        return dsl().resultQuery(
                        "select kind || ' ' || rule from carnet.obligation where document_id is null and done is null"
                                + " and patient_id = (select patient_id from carnet.registry where id = ?) order by 1",
                        id(document))
                .fetch(0, String.class);
    }

    /** Those of messages, told or not, of the record in which a document is. */
    static List<String> ofMessagesInRecordWith(String document) {
        return dsl().resultQuery(
                        "select kind || ' ' || rule from carnet.obligation where kind = 'HOLDER_OF_MESSAGE'"
                                + " and patient_id = (select patient_id from carnet.registry where id = ?)",
                        id(document))
                .fetch(0, String.class);
    }

    private static DSLContext dsl() {
        return Scene.SERVER.bean(DSLContext.class);
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
