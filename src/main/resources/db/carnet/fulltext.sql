--liquibase formatted sql

--changeset carnet:text-configurations
create extension if not exists unaccent schema carnet;
-- a word in any of its forms, with or without its accents
create text search configuration carnet.folded (copy = pg_catalog.french);
alter text search configuration carnet.folded
    alter mapping for asciiword, word, hword, hword_part, asciihword, hword_asciipart, numword, numhword
    with carnet.unaccent, french_stem;
-- a word as it is written, but for case and accents: for beginnings
create text search configuration carnet.words (copy = pg_catalog.simple);
alter text search configuration carnet.words
    alter mapping for asciiword, word, hword, hword_part, asciihword, hword_asciipart, numword, numhword
    with carnet.unaccent, simple;

--changeset carnet:text-index
-- The index of texts in PostgreSQL, for who runs no other engine: made anew beside the live one, and then put in its place.
create table carnet.text_generation (
    number bigint generated always as identity primary key,
    live   boolean not null default false
);
create unique index text_generation_live on carnet.text_generation (live) where live;
create table carnet.document_text (
    generation  bigint      not null references carnet.text_generation on delete cascade,
    document_id text        not null,
    version     bigint      not null,
    patient_id  text        not null,
    keys        text[]      not null, -- of who may see it; as the registry has them, or had a moment ago
    date        timestamptz not null,
    body        text        not null, -- for excerpts
    french      tsvector    not null,
    folded      tsvector    not null,
    words       tsvector    not null,
    primary key (generation, document_id)
);
-- one patient at a time: as for the registry, an index on the words would be the dearer way
create index document_text_patient on carnet.document_text (generation, patient_id);
alter table carnet.document_text alter column keys set statistics 0;

--changeset carnet:text-grants
grant select, insert, update, delete on carnet.text_generation, carnet.document_text to carnet_app;
