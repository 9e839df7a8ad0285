--liquibase formatted sql

--changeset carnet:content
create table carnet.content (
    id          text primary key,
    media_type  text        not null,
    bytes       bytea       not null
);
-- PDF and signed XML: compressing them costs more than it saves
alter table carnet.content alter column bytes set storage external;

--changeset carnet:registry
-- One row per document, lot or folder: what MHD searches ask for, what a decision needs, and the JSON as it is sent.
-- Projection of the FHIR resources, written in their transaction, rebuilt by a command; never read for truth.
create table carnet.registry (
    id                  text primary key,
    kind                char(1)     not null check (kind in ('D', 'S', 'F')),
    version             bigint      not null,
    patient_id          text        not null,
    unique_id           text        not null,
    status              text        not null,
    date                timestamptz not null,
    last_updated        timestamptz not null,
    creation            timestamptz,
    period_start        timestamptz,
    period_end          timestamptz,
    archived            boolean     not null,
    tokens              text[]      not null,
    words               text[]      not null,
    keys                text[]      not null,
    json                text        not null,
    -- documents only: facts of the decision
    type                text,
    class               text,
    visibility          text[],
    depositor           text,
    depositor_role      text,
    depositor_structure text,
    authors             text[],
    deleted             boolean,
    masked_by_holder    boolean,
    deposited_at        timestamptz,
    content_id          text,
    title               text,
    hash                text,
    -- documents referred to: relatesTo of a document, entries of a lot or folder
    refers_to           text[]      not null
);
-- no statistics on the arrays: with them the planner weighs hundreds of keys at each search, and might leave the patient
alter table carnet.registry
    alter column keys set statistics 0,
    alter column tokens set statistics 0,
    alter column words set statistics 0;
create index registry_patient on carnet.registry (patient_id, kind, date desc, id);
create unique index registry_content on carnet.registry (content_id) where content_id is not null;
-- R124: one uniqueId, one document or lot, whatever the race
create unique index registry_unique_id on carnet.registry (unique_id);

--changeset carnet:submission
-- R124: the same lot sent again gets the first answer
create table carnet.submission (
    unique_id  text primary key,
    depositor  text not null,
    digest     text not null,
    answer     text not null
);

--changeset carnet:document-grants
grant select, insert on carnet.content to carnet_app;
grant select, insert, update, delete on carnet.registry to carnet_app;
grant select, insert on carnet.submission to carnet_app;

--changeset carnet:link-key
-- Key by which page links hide names; every node reads the same.
create table carnet.link_key (
    one boolean primary key default true check (one),
    key bytea not null
);
grant select, insert on carnet.link_key to carnet_app;

--changeset carnet:destruction
-- What traces need of destroyed documents, lots and folders: whom they were hidden from, no title (R94, R95).
create table carnet.tombstone (
    id         text primary key,
    patient_id text   not null,
    kind       char(1) not null,
    visibility text[],
    refers_to  text[] not null
);
grant select, insert on carnet.tombstone to carnet_app;
grant delete on carnet.content, carnet.submission to carnet_app;

--changeset carnet:registry-hidden
-- R113, R114: the few documents that await an announcement
create index registry_hidden on carnet.registry (deposited_at)
    where kind = 'D' and not deleted and 'INVISIBLE_PATIENT' = any (visibility);

--changeset carnet:registry-hash
-- R123: the same content in the same record
create index registry_hash on carnet.registry (patient_id, hash) where hash is not null;

--changeset carnet:registry-ranges
-- A FHIR date stands for an interval, as precise as it was written: where each stored one ends, exclusive. Until the
-- registry is rebuilt, a date written before is the millisecond at which it begins.
alter table carnet.registry
    add column date_to         timestamptz,
    add column creation_to     timestamptz,
    add column period_start_to timestamptz,
    add column period_end_to   timestamptz;
update carnet.registry
   set date_to         = date + interval '1 millisecond',
       creation_to     = creation + interval '1 millisecond',
       period_start_to = period_start + interval '1 millisecond',
       period_end_to   = period_end + interval '1 millisecond';
alter table carnet.registry alter column date_to set not null;

--changeset carnet:content-age
-- For whoever removes what no document refers to. Contents that were there before are as old as this change.
alter table carnet.content add column stored_at timestamptz not null default now();

--changeset carnet:unique-id
-- R124: one uniqueId, one document, lot or folder, whatever the race. Beside the registry, and not an index of it: that of a
-- registry in partitions would be unique in each of them only.
create table carnet.unique_id (
    unique_id  text not null,
    id         text not null
);
insert into carnet.unique_id (unique_id, id) select unique_id, id from carnet.registry;
alter table carnet.unique_id add primary key (unique_id);
grant select, insert, delete on carnet.unique_id to carnet_app;

--changeset carnet:registry-keys
-- No index of the registry promises more than that of a registry in partitions by patient can.
alter table carnet.registry drop constraint registry_pkey, add primary key (id, patient_id);
drop index carnet.registry_unique_id;
create index registry_unique_id on carnet.registry (unique_id);
drop index carnet.registry_content;
create index registry_content on carnet.registry (content_id) where content_id is not null;
