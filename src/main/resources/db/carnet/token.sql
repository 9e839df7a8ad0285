--liquibase formatted sql

--changeset carnet:used-assertion
--comment Assertions of establishments that were used, until they are refused as stale anyway (R83).
CREATE TABLE carnet.used_assertion (
    digest bytea       PRIMARY KEY,
    until  timestamptz NOT NULL
);
CREATE INDEX used_assertion_until ON carnet.used_assertion (until);
GRANT SELECT, INSERT, DELETE ON carnet.used_assertion TO carnet_app;
