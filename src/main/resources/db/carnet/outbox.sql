--liquibase formatted sql

--changeset carnet:outbox
-- What is to leave the server by some channel, until it has left; written in the transaction of what it tells of.
create table carnet.outbox (
    id           uuid        primary key,
    channel      text        not null, -- who delivers it, e.g. mail
    subject      text        not null, -- reference of whom it concerns, e.g. Patient/…
    payload      text,                 -- what the courier needs to make it; gone once it has left
    state        text        not null default 'WAITING' check (state in ('WAITING', 'SENT', 'WITHDRAWN', 'DEAD')),
    created      timestamptz not null,
    due          timestamptz not null, -- not to be tried before
    tried_from   timestamptz not null, -- from when on its age counts towards giving up
    attempts     int         not null default 0,
    uncertain    int         not null default 0, -- attempts of which nobody knows whether it arrived
    last_error   text,                 -- a code, never a text that came from outside
    holder       uuid,                 -- the round that has it in hand
    locked_until timestamptz,          -- afterwards another round may take it
    started      timestamptz,          -- handed to the courier, outcome not known yet
    finished     timestamptz
);
create index outbox_due on carnet.outbox (channel, due) where state = 'WAITING';
create index outbox_dead on carnet.outbox (created) where state = 'DEAD';
create index outbox_uncertain on carnet.outbox (created) where uncertain > 0;
create index outbox_finished on carnet.outbox (finished) where state in ('SENT', 'WITHDRAWN');
create index outbox_holder on carnet.outbox (holder) where holder is not null;
create index outbox_subject on carnet.outbox (subject);
grant select, insert, update, delete on carnet.outbox to carnet_app;
