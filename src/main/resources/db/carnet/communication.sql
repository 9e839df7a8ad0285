--liquibase formatted sql

--changeset carnet:communication
-- Notices and messages of a record: the resource, and by what it is found.
create table carnet.communication (
    id         text        primary key, -- FHIR id of the Communication
    version    int         not null,
    patient_id text        not null, -- FHIR id of the Patient whose record it belongs to
    category   text        not null, -- code, e.g. notification
    status     text        not null, -- code of event-status
    sent       timestamptz not null,
    part_of    text,                 -- FHIR id of the Communication that began the conversation
    readers    text[]      not null, -- fr.carnet.policy.CommunicationFacts
    resource   text        not null  -- FHIR JSON, without id and version
);
create index communication_patient on carnet.communication (patient_id, sent desc, id);
create index communication_part_of on carnet.communication (part_of) where part_of is not null;
grant select, insert, update, delete on carnet.communication to carnet_app;
