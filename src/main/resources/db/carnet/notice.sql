--liquibase formatted sql

--changeset carnet:notice
-- What somebody is told: sentences by their keys, no text and no name. How it leaves is decided when it is made, whether it
-- still may leave when it does.
create table carnet.notice (
    id            uuid        primary key,
    patient_id    text        not null,
    professional  text,                 -- idNat_PS of whom it is for; null: the holder
    sentences     text[]      not null, -- fr.carnet.messaging.notice.Sentence
    urgent        boolean     not null, -- of an access in an emergency (R57)
    prompt        boolean     not null, -- not to wait for the yearly letter
    channel       text        not null check (channel in ('MAIL', 'LETTER', 'NONE')),
    made          timestamptz not null,
    lettered      timestamptz          -- when it went into a letter
);
create index notice_patient on carnet.notice (patient_id, made);
create index notice_letter on carnet.notice (patient_id) where channel = 'LETTER' and lettered is null;
alter table carnet.obligation add column notice_id uuid;
create index obligation_notice on carnet.obligation (notice_id) where notice_id is not null;
comment on column carnet.obligation.notice_id is 'in which it was told; null though done: nobody was to be told any more';
create table carnet.notice_preference (
    patient_id text    primary key,
    email      text,
    by_holder  boolean not null, -- the holder or who acts for him gave the address
    language   text    not null check (language in ('fr', 'en')),
    letter     boolean not null, -- by post, though there is an address
    documents  boolean not null, -- told of new documents
    accesses   boolean not null  -- told of first accesses
);
grant select, insert, update, delete on carnet.notice, carnet.notice_preference to carnet_app;
