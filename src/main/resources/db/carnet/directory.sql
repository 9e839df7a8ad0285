--liquibase formatted sql

--changeset carnet:directory
-- What was loaded of the national references. A load writes rows of a new number beside those of the former one, and
-- takes its place in the same transaction: readers see either all of it or nothing.
create sequence carnet.directory_load_number;
create table carnet.directory_load (
    list     text        primary key check (list in ('PROFESSIONALS', 'STRUCTURES')),
    load     bigint      not null, -- the rows that count
    as_of    timestamptz not null, -- date of the extract: its age counts from there
    loaded   timestamptz not null,
    lines    bigint      not null,
    refused  bigint      not null, -- lines that could not be used
    entries  bigint      not null  -- professionals, structures
);
create table carnet.directory_situation (
    load       bigint not null,
    id_nat_ps  text   not null,
    family     text   not null,
    given      text   not null,
    profession text   not null, -- column of the matrix
    specialty  text   not null, -- empty: none
    sector     text   not null, -- empty: none
    structures text   not null  -- idNat_Struct of the site and of its legal entity, separated by commas
);
create index directory_situation_of on carnet.directory_situation (id_nat_ps, load);
-- Numbers that an extract named and a later one does not: nothing else is kept of these people.
create table carnet.directory_closed (
    id_nat_ps text        primary key,
    since     timestamptz not null -- date of the first extract without them
);
create table carnet.declared_structure (
    load          bigint not null,
    id_nat_struct text   not null,
    primary key (id_nat_struct, load)
);
grant usage on sequence carnet.directory_load_number to carnet_app;
grant select, insert, update, delete on carnet.directory_load, carnet.directory_situation, carnet.directory_closed,
    carnet.declared_structure to carnet_app;
