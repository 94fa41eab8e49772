-- The award history that the program's own decisions don't tell: rows read from spreadsheets, by the standing office.

-- A file that was read: its rows as they were typed. It counts from when it was confirmed until it was taken back.
create table award_imports (
    id           uuid        constraint award_imports_pkey primary key,
    file_name    text        not null constraint award_imports_name_bounded check (char_length(file_name) between 1 and 200),
    rows         jsonb       not null constraint award_imports_rows_list check (jsonb_typeof(rows) = 'array')
                             constraint award_imports_rows_bounded check (octet_length(rows::text) <= 8000000),
    read_at      timestamptz not null,
    read_by      uuid        not null constraint award_imports_reader_fkey references persons,
    confirmed_at timestamptz,
    confirmed_by uuid        constraint award_imports_confirmer_fkey references persons,
    withdrawn_at timestamptz,
    withdrawn_by uuid        constraint award_imports_withdrawer_fkey references persons,
    reason       text        constraint award_imports_reason_given check (char_length(reason) > 0),
    constraint award_imports_confirmed_whole check ((confirmed_at is null) = (confirmed_by is null)),
    constraint award_imports_withdrawn_whole check (num_nulls(withdrawn_at, withdrawn_by, reason) in (0, 3))
);

create function keep_award_import() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null
       or (new.id, new.file_name, new.rows, new.read_at, new.read_by) is distinct from (old.id, old.file_name, old.rows, old.read_at, old.read_by)
       or (old.confirmed_at is not null and (new.confirmed_at, new.confirmed_by) is distinct from (old.confirmed_at, old.confirmed_by)) then
        raise exception 'what was read and confirmed stays' using errcode = 'integrity_constraint_violation', constraint = 'award_imports_locked';
    end if;
    return new;
end $$;
create trigger award_imports_locked before update or delete on award_imports for each row execute function keep_award_import();

-- An award of a unit, or of a person of it. `award` is empty for what the catalogue doesn't know, as a province's own.
create table award_records (
    import_id       uuid           not null constraint award_records_import_fkey references award_imports,
    line            integer        not null,
    unit_id         uuid           not null constraint award_records_unit_fkey references units,
    person_name     text           not null constraint award_records_person_bounded check (char_length(person_name) <= 100),
    search_key      text           not null,
    award           text           constraint award_records_award_fkey references awards,
    award_name      text           not null constraint award_records_award_bounded check (char_length(award_name) between 1 and 300),
    year            integer        not null constraint award_records_year_range check (year between 1945 and 2100),
    decision_number text           not null constraint award_records_number_bounded check (char_length(decision_number) <= 100),
    decided_on      date,
    issuer          text           not null constraint award_records_issuer_bounded check (char_length(issuer) <= 300),
    bonus           numeric(14,0)  constraint award_records_bonus_range check (bonus >= 0),
    note            text           not null constraint award_records_note_bounded check (char_length(note) <= 1000),
    constraint award_records_pkey primary key (import_id, line)
);
create index award_records_unit_idx on award_records (unit_id, year);
create trigger award_records_append_only before update or delete on award_records for each row execute function refuse_change();
