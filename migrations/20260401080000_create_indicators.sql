-- The catalogue of indicators of a calendar year, VUSTA's, for all clusters: what reports count, in which unit, by which rules.

create table indicator_catalogues (
    year       integer     constraint indicator_catalogues_pkey primary key
                           constraint indicator_catalogues_year_range check (year between 2015 and 2100),
    state      text        not null default 'draft' constraint indicator_catalogues_state_known check (state in ('draft', 'issued')),
    version    integer     not null default 1,
    indicators jsonb       not null constraint indicator_catalogues_list check (jsonb_typeof(indicators) = 'array'),
    saved_at   timestamptz not null,
    saved_by   uuid        not null constraint indicator_catalogues_saver_fkey references persons,
    issued_at  timestamptz,
    constraint indicator_catalogues_issued_has_time check ((state = 'issued') = (issued_at is not null))
);

-- Reports are read by the catalogue that was issued: it never changes.
create function keep_issued_catalogue() returns trigger language plpgsql as $$
begin
    if old.state = 'issued' then
        raise exception 'indicator_catalogues is locked' using errcode = 'integrity_constraint_violation', constraint = 'indicator_catalogues_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger indicator_catalogues_locked before update or delete on indicator_catalogues for each row execute function keep_issued_catalogue();

-- A catalogue is reference data: what the program has read of it is remembered until something changes.
create trigger indicator_catalogues_revised after insert or update or delete on indicator_catalogues
    for each statement execute function renew_reference_revision();
