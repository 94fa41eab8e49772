-- Where the lead and the deputy that a closing conference elected have become one unit since, VUSTA's standing office may confirm
-- that the cluster goes on with it; otherwise it elects anew.

create table merger_confirmations (
    conference_id uuid        constraint merger_confirmations_pkey primary key
                              constraint merger_confirmations_conference_fkey references conferences,
    -- The unit that both have become.
    unit_id       uuid        not null constraint merger_confirmations_unit_fkey references units,
    reason        text        not null constraint merger_confirmations_reason_given check (reason <> ''),
    confirmed_at  timestamptz not null,
    confirmed_by  uuid        not null constraint merger_confirmations_person_fkey references persons
);
create index merger_confirmations_unit_idx on merger_confirmations (unit_id);
create trigger merger_confirmations_append_only before update or delete on merger_confirmations for each row execute function refuse_change();
