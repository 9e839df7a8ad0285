-- Divides the large tables into partitions by hash, so that none of them meets the limits of one table of PostgreSQL:
--
--     PGOPTIONS='-c carnet.partitions=16' psql -v ON_ERROR_STOP=1 -f deploy/partition.sql "$DATABASE"
--
-- Run it once, as the role that owns the tables, after "migrate --apply" and while no server runs. Best on a database that is
-- still empty: what is stored is copied, which needs the time and the room for a second copy. It is one statement: it happens
-- wholly or not at all. The number of partitions is chosen once; 16 if carnet.partitions says nothing.
--
-- Each table keeps its name, indexes, constraints and grants. A key that is to be unique in all partitions contains what they
-- are made by: that of the registry has it from its migration, that of HAPI's versions (hfj_res_ver) gets it here, with the
-- foreign key that names it. docs/scale.md says what is gained, and what is left.
do $partition$
declare
    parts integer := coalesce(nullif(current_setting('carnet.partitions', true), ''), '16');
    big record;
    one text;
    later text[];
    copied bigint;
begin
    if parts not between 2 and 256 then
        raise exception 'carnet.partitions is a number from 2 to 256, not %', parts;
    end if;
    -- that of the migrations: none begins meanwhile, and no server starts
    perform pg_advisory_xact_lock(x'6361726E6574'::bigint);
    if to_regclass('carnet.unique_id') is null then
        raise exception 'the tables are missing or older than this script: run "migrate --apply" first';
    end if;
    alter table public.hfj_history_tag drop constraint fk_historytag_history;
    for big in
        select format('%I.%I', t.space, t.plain) as name, t.space, t.plain, t.key,
               c.oid as id, c.relkind as kind, pg_get_userbyid(c.relowner) as owner, c.relacl as acl
          from (values ('carnet', 'content', 'id'),
                       ('carnet', 'registry', 'patient_id'),
                       ('carnet', 'submission', 'unique_id'),
                       ('carnet', 'unique_id', 'unique_id'),
                       ('public', 'hfj_res_ver', 'res_id')) as t (space, plain, key)
          join pg_namespace n on n.nspname = t.space
          join pg_class c on c.relnamespace = n.oid and c.relname = t.plain
    loop
        if big.kind <> 'r' then
            raise exception '% is in partitions already', big.name;
        elsif big.owner <> current_user then
            raise exception '% belongs to %: run this as that role', big.name, big.owner;
        elsif exists (select from pg_trigger where tgrelid = big.id and not tgisinternal) then
            raise exception '% has triggers, which would be lost', big.name;
        end if;

        select array_agg(step order by place, step) into later from (
            select 1 as place, pg_get_indexdef(i.indexrelid) as step
              from pg_index i
             where i.indrelid = big.id
               and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = big.id)
            union all
            select 2, format('alter table %s add constraint %I %s', big.name, c.conname,
                             -- that of hfj_res_ver, the only one that lacks what it is divided by
                             replace(pg_get_constraintdef(c.oid), 'PRIMARY KEY (pid)', 'PRIMARY KEY (pid, res_id)'))
              from pg_constraint c
             where c.conrelid = big.id and c.contype in ('p', 'u', 'f')
            union all
            select 3, format('alter table %s alter column %I set statistics %s', big.name, a.attname, a.attstattarget)
              from pg_attribute a
             where a.attrelid = big.id and a.attnum > 0 and not a.attisdropped and a.attstattarget >= 0
            union all
            select 4, format('grant %s on %s to %s', g.privilege_type, big.name,
                             case when g.grantee = 0 then 'public' else g.grantee::regrole::text end)
              from aclexplode(big.acl) g
             where g.grantee <> g.grantor) as steps;

        execute format('alter table %s rename to %I', big.name, big.plain || '_whole');
        execute format(
            'create table %s (like %s including defaults including constraints including storage including compression'
            ' including comments) partition by hash (%I)', big.name, big.id::regclass, big.key);
        for part in 0 .. parts - 1 loop
            execute format('create table %I.%I partition of %s for values with (modulus %s, remainder %s)',
                           big.space, big.plain || '_p' || to_char(part, 'FM000'), big.name, parts, part);
        end loop;
        execute format('insert into %s select * from %s', big.name, big.id::regclass);
        get diagnostics copied = row_count;
        execute format('drop table %s', big.id::regclass);
        foreach one in array later loop
            execute one;
        end loop;
        raise notice '% is in % partitions, with % rows', big.name, parts, copied;
    end loop;
    alter table public.hfj_history_tag add constraint fk_historytag_history
        foreign key (res_ver_pid, res_id) references public.hfj_res_ver (pid, res_id);
end
$partition$;
