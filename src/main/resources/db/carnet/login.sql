--liquibase formatted sql

--changeset carnet:login-ticket
--comment Log-ins under way and authorization codes: each row is found, and read, only by whoever holds its secret.
CREATE TABLE carnet.login_ticket (
    digest bytea       PRIMARY KEY,
    until  timestamptz NOT NULL,
    sealed bytea       NOT NULL
);
CREATE INDEX login_ticket_until ON carnet.login_ticket (until);
GRANT SELECT, INSERT, DELETE ON carnet.login_ticket TO carnet_app;

--changeset carnet:login-link
--comment Whose INS an account at the patients' provider is, once INSi has given one identity for its traits.
CREATE TABLE carnet.login_link (
    account    bytea       PRIMARY KEY,
    ins_system text        NOT NULL,
    ins_value  text        NOT NULL,
    since      timestamptz NOT NULL
);
GRANT SELECT, INSERT ON carnet.login_link TO carnet_app;
