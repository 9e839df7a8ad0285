--liquibase formatted sql

--changeset carnet:trace-consent
--comment FHIR id of the Consent under which a professional was permitted to consult (R36); null where it rests on none.
ALTER TABLE carnet.trace ADD COLUMN consent text;
