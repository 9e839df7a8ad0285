--liquibase formatted sql

--changeset carnet:notice-own-address
-- An address that the holder alone reads, given by himself: for what is hidden from his representatives.
alter table carnet.notice_preference add column own_email text;
