--liquibase formatted sql

--changeset carnet:trace-chain
--comment One hash chain per record (security.md 5.2): every row bears its place in the chain of its record.
ALTER TABLE carnet.trace
    ADD COLUMN chain     text,   -- null only in rows older than the chains
    ADD COLUMN chain_seq bigint, -- 1, 2, 3 … without a gap
    ADD COLUMN digest    bytea;  -- SHA-256 of the row's canonical form, by whoever wrote it (fr.carnet.trace.chain.RowDigest)

CREATE INDEX trace_of_chain ON carnet.trace (chain, chain_seq);

-- Where each chain ends: one row is locked while a trace of that record is added, and no other.
CREATE TABLE carnet.trace_head (
    chain         text PRIMARY KEY,
    chain_seq     bigint      NOT NULL,
    previous_hash bytea       NOT NULL,
    hash          bytea       NOT NULL,
    changed_at    timestamptz NOT NULL -- of the database, not of the traces: tells which heads a root must list
) WITH (fillfactor = 70); -- room for the next version beside this one: no index changes

--changeset carnet:trace-chain-trigger splitStatements:false
--comment Runs with its owner's rights: the serving role can add a trace, but not choose its place in the chain.
CREATE FUNCTION carnet.chain_trace() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    -- what concerns no record goes to a few chains of the server's own, by connection: nobody waits for all the others
    NEW.chain := coalesce('Patient/' || NEW.record_patient, 'server/' || pg_backend_pid() % 16);
    INSERT INTO carnet.trace_head AS head (chain, chain_seq, previous_hash, hash, changed_at)
        VALUES (NEW.chain, 1, '', sha256(NEW.digest || int8send(1) || int8send(NEW.seq) || convert_to(NEW.chain, 'UTF8')),
                clock_timestamp())
        ON CONFLICT (chain) DO UPDATE SET
            chain_seq = head.chain_seq + 1,
            previous_hash = head.hash,
            hash = sha256(head.hash || NEW.digest || int8send(head.chain_seq + 1) || int8send(NEW.seq)
                || convert_to(NEW.chain, 'UTF8')),
            changed_at = clock_timestamp()
        RETURNING head.chain_seq, head.previous_hash, head.hash INTO NEW.chain_seq, NEW.prev_hash, NEW.hash;
    RETURN NEW;
END
$$;

CREATE TRIGGER chain BEFORE INSERT ON carnet.trace FOR EACH ROW EXECUTE FUNCTION carnet.chain_trace();
ALTER TABLE carnet.trace ADD CONSTRAINT trace_chained CHECK (digest IS NOT NULL) NOT VALID;

--changeset carnet:trace-months splitStatements:false
--comment The serving role may have months made, nothing else. A month that has rows in the default partition stays there.
CREATE FUNCTION carnet.prepare_trace_months(since date, months integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    start timestamptz;
    part  text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('carnet.trace'));
    FOR month IN 0 .. least(months, 12) - 1 LOOP
        start := (date_trunc('month', since::timestamp) + make_interval(months => month)) AT TIME ZONE 'UTC';
        part := 'trace_' || to_char(start AT TIME ZONE 'UTC', 'YYYY_MM');
        CONTINUE WHEN to_regclass('carnet.' || part) IS NOT NULL;
        CONTINUE WHEN EXISTS (SELECT FROM carnet.trace_default
            WHERE recorded_at >= start AND recorded_at < (start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('CREATE TABLE carnet.%I PARTITION OF carnet.trace FOR VALUES FROM (%L) TO (%L)',
            part, start, (start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON carnet.%I
            FOR EACH STATEMENT EXECUTE FUNCTION carnet.refuse_trace_change()', part);
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION carnet.prepare_trace_months(date, integer) FROM PUBLIC;

--changeset carnet:trace-roots
--comment A signed root over the heads that moved since the one before; exported as a file, outside this database.
CREATE TABLE carnet.trace_root (
    number    bigint      PRIMARY KEY,
    taken_at  timestamptz NOT NULL, -- of the database
    day       date        NOT NULL UNIQUE,
    previous  bytea       NOT NULL,
    root      bytea       NOT NULL,
    signature bytea       NOT NULL
);
CREATE TABLE carnet.trace_root_head (
    number    bigint NOT NULL,
    chain     text   NOT NULL,
    chain_seq bigint NOT NULL,
    hash      bytea  NOT NULL,
    PRIMARY KEY (number, chain)
);

--changeset carnet:trace-purge
--comment What is left where a chain was purged (R95): where it ended, signed.
CREATE TABLE carnet.trace_purge (
    chain     text        NOT NULL,
    chain_seq bigint      NOT NULL, -- last row that was destroyed
    hash      bytea       NOT NULL, -- its hash: the next row follows it
    reason    text        NOT NULL,
    purged_at timestamptz NOT NULL,
    signature bytea       NOT NULL,
    PRIMARY KEY (chain, chain_seq)
);

--changeset carnet:trace-delivery
--comment Which answers were handed to the network whole. A trace without is of an answer that may never have left.
CREATE TABLE carnet.trace_delivery (
    seq          bigint      PRIMARY KEY,
    delivered_at timestamptz NOT NULL
);

--changeset carnet:trace-append-only-2 splitStatements:false
--comment Rows go in two cases only, both the table owner's: the sandbox's reset, and the purge, which deletes but never changes.
CREATE OR REPLACE FUNCTION carnet.refuse_trace_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner boolean := current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID);
BEGIN
    IF owner AND (current_setting('carnet.reset', true) = 'on'
        OR (TG_OP = 'DELETE' AND current_setting('carnet.purge', true) = 'on')) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'carnet.trace is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['trace_root', 'trace_root_head', 'trace_purge', 'trace_delivery'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON carnet.%I
            FOR EACH ROW EXECUTE FUNCTION carnet.refuse_trace_change()', kept);
        EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON carnet.%I
            FOR EACH STATEMENT EXECUTE FUNCTION carnet.refuse_trace_change()', kept);
    END LOOP;
END
$$;

--changeset carnet:trace-chain-grants runAlways:true
GRANT SELECT ON carnet.trace_head, carnet.trace_purge TO carnet_app;
GRANT INSERT, SELECT ON carnet.trace_root, carnet.trace_root_head, carnet.trace_delivery TO carnet_app;
GRANT EXECUTE ON FUNCTION carnet.prepare_trace_months(date, integer) TO carnet_app;
SELECT carnet.prepare_trace_months((now() AT TIME ZONE 'UTC')::date, 3);
