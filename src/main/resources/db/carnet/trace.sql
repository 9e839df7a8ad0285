--liquibase formatted sql

--changeset carnet:trace-table
--comment One row per request, allowed or refused (R90, R92); kept for ten years after closure (R95), hence by month.
CREATE TABLE carnet.trace (
    seq               bigint GENERATED ALWAYS AS IDENTITY, -- never leaves the server: gaps would tell of hidden rows
    id                uuid        NOT NULL,                -- random, the id of the AuditEvent
    recorded_at       timestamptz NOT NULL,
    record_patient    text,                                -- FHIR id of the Patient whose record; null when none was found
    caller_kind       text,                                -- null, like all of the caller, when unauthenticated
    caller_subject    text,
    caller_name       text,
    caller_role       text,
    structure         text,
    structure_name    text,
    software          text,
    authentication    text,
    token_issuer      text,
    token_client      text,
    token_id          text,
    client_address    text,
    action            text,                                -- fr.carnet.policy.Action; null outside the allow-list
    interaction       text,
    ihe_transaction   text,
    resource_type     text,
    query             text,
    access_mode       text,
    emergency_reason  text,
    secret_connection boolean     NOT NULL,
    outcome           text        NOT NULL CHECK (outcome IN ('PERMITTED', 'REFUSED', 'FAILED')),
    rule_id           text,
    rule_slug         text,
    policy_version    text        NOT NULL,
    http_status       smallint    NOT NULL,
    result_count      integer,
    correlation_id    text        NOT NULL,
    lines             jsonb       NOT NULL,                -- [{"ref", "version", "hash", "effect"}]
    prev_hash         bytea,                               -- hash chain of the record, not filled yet
    hash              bytea,
    PRIMARY KEY (seq, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE INDEX trace_of_record ON carnet.trace (record_patient, recorded_at DESC);

CREATE TABLE carnet.trace_default PARTITION OF carnet.trace DEFAULT;

--changeset carnet:trace-tolerances
ALTER TABLE carnet.trace ADD COLUMN tolerances text; -- names, one blank between; null when nothing wrong was accepted

--changeset carnet:trace-append-only splitStatements:false
--comment A row trigger is cloned to every partition; the one for TRUNCATE is not: each new partition needs its own.
CREATE FUNCTION carnet.refuse_trace_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- the sandbox reset: only the table's owner, and only after SET LOCAL carnet.reset = 'on'
    IF current_setting('carnet.reset', true) = 'on'
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'carnet.trace is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON carnet.trace
    FOR EACH ROW EXECUTE FUNCTION carnet.refuse_trace_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON carnet.trace
    FOR EACH STATEMENT EXECUTE FUNCTION carnet.refuse_trace_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON carnet.trace_default
    FOR EACH STATEMENT EXECUTE FUNCTION carnet.refuse_trace_change();

--changeset carnet:trace-grants runAlways:true
--comment The serving role may add and read, nothing else; said again at each start, like the other grants.
GRANT INSERT, SELECT ON carnet.trace TO carnet_app;
