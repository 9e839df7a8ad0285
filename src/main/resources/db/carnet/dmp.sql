--liquibase formatted sql

--changeset carnet:patient-facts
create table patient_facts (
    patient_id text primary key,
    ins_system text not null,
    ins_value text not null,
    version bigint not null,
    facts jsonb not null,
    unique (ins_system, ins_value)
);
comment on table patient_facts is 'What a decision needs to know of one patient: projection of Patient, Consent, RelatedPerson; rebuildable';

--changeset carnet:care-team
create table care_team (
    id text primary key,
    patient_id text,
    members text[] not null
);
create index care_team_members on care_team using gin (members);
comment on column care_team.patient_id is 'null: a team of a structure, for every patient';

--changeset carnet:dmp-grants
grant select, insert, update, delete on patient_facts, care_team to carnet_app;

--changeset carnet:representatives-with-dates-and-choices-with-types
update patient_facts set facts = facts || jsonb_build_object(
    'representatives', coalesce((
        select jsonb_object_agg(key, jsonb_build_object(
            'localId', value -> 'localId',
            'title', case when (value ->> 'guardian')::boolean then 'GUARDIAN' else 'PARENT' end,
            'from', null,
            'until', null))
        from jsonb_each(facts -> 'representatives')), '{}'),
    'consents', coalesce((
        select jsonb_object_agg(key,
            (value - 'professional') || jsonb_build_object('concerned', value -> 'professional', 'types', '[]'::jsonb))
        from jsonb_each(facts -> 'consents')), '{}'));

--changeset carnet:record-due
alter table patient_facts add column due_on date;
create index patient_facts_due on patient_facts (due_on) where due_on is not null;
comment on column patient_facts.due_on is 'Day, in Europe/Paris, on which something falls due for the record (R12, R22, R23, R26)';

--changeset carnet:matricules
create table matricule (
    ins_system text not null,
    ins_value text not null,
    patient_id text not null,
    primary key (ins_system, ins_value)
);
create index matricule_patient on matricule (patient_id);
comment on table matricule is 'Whose a matricule is or was (R9): nobody else can be registered under it; rebuildable like patient_facts';
insert into matricule (ins_system, ins_value, patient_id)
select ins_system, ins_value, patient_id from patient_facts;
update patient_facts set facts = jsonb_set(facts, '{record}', facts -> 'record' || '{"former": [], "deceased": false}');
grant select, insert, update, delete on matricule to carnet_app;

--changeset carnet:circle
alter table care_team add column structure text, add column valid_from timestamptz, add column valid_until timestamptz;
comment on column care_team.structure is 'idNat_Struct in whose name the team was declared';
create table consent (
    id text primary key,
    patient_id text not null,
    kind text not null,
    concerned text,
    declared_by text,
    declared_at timestamptz not null,
    active boolean not null,
    secret boolean not null
);
create index consent_patient on consent (patient_id, declared_at desc, id);
comment on table consent is 'What the list of choices is searched by: projection of Consent, ended ones included; rebuildable';
create table related_person (
    id text primary key,
    patient_id text not null
);
create index related_person_patient on related_person (patient_id);
comment on table related_person is 'Whose RelatedPerson is whose: projection of RelatedPerson, ended ones included; rebuildable';
grant select, insert, update, delete on consent, related_person to carnet_app;

--changeset carnet:circle-of-known-patients
-- what has ended already is found after the next rebuild
insert into consent
select c.key, f.patient_id, c.value ->> 'kind', c.value ->> 'concerned', c.value ->> 'declaredBy',
    (c.value ->> 'declaredAt')::timestamptz, true, false
from patient_facts f, jsonb_each(f.facts -> 'consents') c;
insert into related_person select r.key, f.patient_id from patient_facts f, jsonb_each(f.facts -> 'representatives') r;
update patient_facts set facts = facts || jsonb_build_object('representatives', coalesce((
    select jsonb_object_agg(key, value || '{"shared": false}'::jsonb) from jsonb_each(facts -> 'representatives')), '{}'));
