--liquibase formatted sql

--changeset carnet:obligation
-- What a decision or the passing of time obliges to tell somebody; stored with its trace, delivered by the messages.
-- No text and no name: whom and what it is about is looked up when it is delivered.
create table carnet.obligation (
    id          uuid        primary key default gen_random_uuid(),
    kind        text        not null, -- fr.carnet.dmp.OwedNotice.Kind
    rule        text        not null, -- number of the rule that obliges, e.g. R57
    patient_id  text        not null, -- FHIR id of the Patient
    document_id text,                 -- FHIR id of the DocumentReference; null: about the record
    due         timestamptz not null,
    created     timestamptz not null,
    done        timestamptz
);
-- a document is told of once; about the record, what is not told yet covers what comes meanwhile
create unique index obligation_of_document on carnet.obligation (document_id, kind) where document_id is not null;
create unique index obligation_of_record on carnet.obligation (patient_id, kind)
    where document_id is null and done is null;
create index obligation_due on carnet.obligation (due) where done is null;
grant select, insert, update, delete on carnet.obligation to carnet_app;
