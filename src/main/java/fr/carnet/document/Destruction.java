package fr.carnet.document;

import org.jooq.DSLContext;

/**
 * Removes what is stored of one record: contents, documents, lots and folders with all their versions, their rows (R22,
 * R23). Takes part in the caller's transaction: all of it goes, or nothing.
 *
 * <p>By SQL: the store keeps nothing of a document but its versions, and no interface of the library removes these for
 * one patient. A row of the store that still pointed to one of them would make the database refuse.
 */
public final class Destruction {

    private static final String RESOURCES =
            "select r.res_id from public.hfj_resource r join carnet.registry d on d.id = r.fhir_id"
                    + " where d.patient_id = ? and r.res_type in ('DocumentReference', 'List')";

    private final DSLContext dsl;
    private final DocumentChanges changes;

    Destruction(DSLContext dsl, DocumentChanges changes) {
        this.dsl = dsl;
        this.changes = changes;
    }

    /**
     * Destroys; what traces need in order to stay readable without titles is kept (R95).
     *
     * @param patient FHIR id
     */
    public void destroy(String patient) {
        dsl.query("select from carnet.registry where patient_id = ? order by id for update", patient)
                .execute();
        dsl.query(
                        "insert into carnet.tombstone (id, patient_id, kind, visibility, refers_to)"
                                + " select id, patient_id, kind, visibility, refers_to from carnet.registry where patient_id = ?",
                        patient)
                .execute();
        dsl.query(
                        "delete from carnet.content c using carnet.registry d"
                                + " where d.content_id = c.id and d.patient_id = ?",
                        patient)
                .execute();
        dsl.query(
                        "delete from carnet.submission s using carnet.registry d"
                                + " where d.unique_id = s.unique_id and d.kind = 'S' and d.patient_id = ?",
                        patient)
                .execute();
        dsl.query(
                        "delete from carnet.unique_id u using carnet.registry d"
                                + " where d.unique_id = u.unique_id and d.id = u.id and d.patient_id = ?",
                        patient)
                .execute();
        dsl.query("delete from carnet.obligation where document_id is not null and patient_id = ?", patient)
                .execute();
        dsl.query("delete from public.hfj_res_ver where res_id in (" + RESOURCES + ")", patient)
                .execute();
        dsl.query("delete from public.hfj_resource where res_id in (" + RESOURCES + ")", patient)
                .execute();
        dsl.query("delete from carnet.registry where patient_id = ?", patient).execute();
        changes.destroyed(patient);
    }
}
