--liquibase formatted sql

--changeset carnet:trace-search
--comment Beside trace_of_record, which serves the searches of one record and of an entity in it.
CREATE INDEX trace_by_id ON carnet.trace (id);                                      -- GET AuditEvent/{id}, _id
CREATE INDEX trace_of_caller ON carnet.trace (caller_subject, recorded_at DESC);    -- a professional's own accesses
CREATE INDEX trace_of_structure ON carnet.trace (structure, recorded_at DESC);      -- those of a structure (EX_AIR-120)
CREATE INDEX trace_in_time ON carnet.trace USING brin (recorded_at);                -- the auditor's window

--changeset carnet:trace-of-client
--comment An agent is sought among callers, structures and clients at once: each needs its index, or all is read.
CREATE INDEX trace_of_client ON carnet.trace (token_client, recorded_at DESC);
