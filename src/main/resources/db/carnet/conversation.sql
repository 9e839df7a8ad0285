--liquibase formatted sql

--changeset carnet:conversation
-- What makes a conversation of messages: the professional's side of it, and whether he has ended it.
create table carnet.conversation (
    id            text        primary key, -- FHIR id of the Communication that began it
    patient_id    text        not null,    -- FHIR id of the Patient
    professional  text,                    -- idNat_PS of the owner of a personal mailbox, or its address
    structure     text,                    -- idNat_Struct
    address       text,                    -- mailbox of the trust space to which answers go
    name          text        not null,    -- as the patient is shown it
    officine      boolean     not null,
    takes_replies boolean     not null,
    hidden        boolean     not null,    -- from representatives
    closed        timestamptz
);
create index conversation_patient on carnet.conversation (patient_id);

-- The files of messages; a document that comes again, by whatever way, is here once.
create table carnet.message_content (
    id         text        primary key,
    patient_id text        not null,
    unique_id  text,                    -- of a CDA document
    media_type text        not null,
    sha256     text        not null,
    bytes      bytea       not null
);
create unique index message_content_unique on carnet.message_content (patient_id, unique_id);

-- Which mail carried which message, in or out.
create table carnet.message_mail (
    message_id    text primary key, -- Message-ID with its brackets
    communication text not null
);
create index message_mail_communication on carnet.message_mail (communication);

-- Mails that came in: each is dealt with once, however often it is fetched.
create table carnet.mail_seen (
    digest   text        primary key, -- SHA-256 of the Message-ID, or of the whole mail without one
    seen     timestamptz not null,
    outcome  text        not null     -- a code
);
create index mail_seen_seen on carnet.mail_seen (seen);

grant select, insert, update, delete on carnet.conversation, carnet.message_content, carnet.message_mail, carnet.mail_seen to carnet_app;
