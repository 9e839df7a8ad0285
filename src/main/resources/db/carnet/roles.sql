--liquibase formatted sql

--changeset carnet:roles splitStatements:false
do $$
begin
    if not exists (select from pg_roles where rolname = 'carnet_app') then
        create role carnet_app nologin;
    end if;
end
$$;

--changeset carnet:serving-role splitStatements:false runAlways:true
do $$
begin
    if current_user <> '${servingRole}' then
        grant carnet_app to "${servingRole}";
    end if;
end
$$;

--changeset carnet:grants runAlways:true
grant usage on schema carnet, public to carnet_app;
grant select, insert, update, delete on all tables in schema public to carnet_app;
grant usage, select on all sequences in schema public to carnet_app;
-- what was done to the tables: a server reads it before it serves
grant select on carnet.databasechangelog, carnet.databasechangeloglock to carnet_app;
