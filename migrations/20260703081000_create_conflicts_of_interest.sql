-- Who may not appraise whose dossiers, and why: declared by the person or noted by the standing office. The own unit of today,
-- its predecessors and successors need no declaration.

create table conflicts_of_interest (
    id          uuid        constraint conflicts_of_interest_pkey primary key,
    person_id   uuid        not null constraint conflicts_of_interest_person_fkey references persons,
    unit_id     uuid        not null constraint conflicts_of_interest_unit_fkey references units,
    reason      text        not null constraint conflicts_of_interest_reason_bounded check (char_length(reason) between 1 and 500),
    declared_at timestamptz not null,
    declared_by uuid        not null constraint conflicts_of_interest_declarer_fkey references persons,
    lifted_at   timestamptz,
    lifted_by   uuid        constraint conflicts_of_interest_lifter_fkey references persons,
    lifted_for  text        not null default '',
    constraint conflicts_of_interest_lifted_is_whole
        check (num_nulls(lifted_at, lifted_by) in (0, 2) and (lifted_at is null) = (lifted_for = '')),
    -- Whoever has a conflict isn't the one to say that it is over.
    constraint conflicts_of_interest_lifted_by_another check (lifted_by <> person_id)
);
create unique index conflicts_of_interest_once on conflicts_of_interest (person_id, unit_id) where lifted_at is null;
create index conflicts_of_interest_unit_idx on conflicts_of_interest (unit_id);

create function keep_conflict_of_interest() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.lifted_at is not null
       or (new.id, new.person_id, new.unit_id, new.reason, new.declared_at, new.declared_by)
          is distinct from (old.id, old.person_id, old.unit_id, old.reason, old.declared_at, old.declared_by) then
        raise exception 'a declared conflict stays on record' using errcode = 'integrity_constraint_violation', constraint = 'conflicts_of_interest_locked';
    end if;
    return new;
end $$;
create trigger conflicts_of_interest_locked before update or delete on conflicts_of_interest
    for each row execute function keep_conflict_of_interest();
-- What a person may do follows from it, and is remembered until the reference data changes.
create trigger conflicts_of_interest_revised after insert or update or delete on conflicts_of_interest
    for each statement execute function renew_reference_revision();
