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
