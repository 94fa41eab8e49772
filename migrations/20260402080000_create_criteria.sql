-- Tables of criteria: VUSTA's for a year and the supplements of clusters. An issued one is what units were scored by: no row of it changes.

create table criteria_sets (
    id           uuid        constraint criteria_sets_pkey primary key,
    year         integer     not null constraint criteria_sets_year_range check (year between 2015 and 2100),
    cluster_id   uuid        constraint criteria_sets_cluster_fkey references clusters,
    number       integer     not null constraint criteria_sets_number_positive check (number > 0),
    state        text        not null constraint criteria_sets_state_known check (state in ('draft', 'issued', 'closed')),
    title        text        not null constraint criteria_sets_title_bounded check (char_length(title) between 1 and 300),
    note         text        not null constraint criteria_sets_note_bounded check (char_length(note) <= 4000),
    rules        jsonb       not null constraint criteria_sets_rules_object check (jsonb_typeof(rules) = 'object'),
    version      integer     not null default 1,
    saved_at     timestamptz not null,
    saved_by     uuid        not null constraint criteria_sets_saver_fkey references persons,
    issued_at    timestamptz,
    issued_by    uuid        constraint criteria_sets_issuer_fkey references persons,
    content_hash bytea,
    constraint criteria_sets_number_unique unique nulls not distinct (year, cluster_id, number),
    constraint criteria_sets_issued_is_whole check (num_nulls(issued_at, issued_by, content_hash) = case state when 'draft' then 3 else 0 end)
);
-- At any time one is being written and one holds.
create unique index criteria_sets_one_draft on criteria_sets (year, cluster_id) nulls not distinct where state = 'draft';
create unique index criteria_sets_one_issued on criteria_sets (year, cluster_id) nulls not distinct where state = 'issued';
create index criteria_sets_cluster_idx on criteria_sets (cluster_id);

create table criteria (
    id             uuid    constraint criteria_pkey primary key,
    set_id         uuid    not null constraint criteria_set_fkey references criteria_sets,
    parent_id      uuid,
    position       integer not null,
    code           text    not null constraint criteria_code_bounded check (char_length(code) between 1 and 20),
    name           text    not null constraint criteria_name_bounded check (char_length(name) between 1 and 500),
    kind           jsonb   not null constraint criteria_kind_object check (jsonb_typeof(kind) = 'object'),
    maximum        numeric not null constraint criteria_maximum_positive check (maximum > 0),
    needs_evidence boolean not null,
    indicator      text    constraint criteria_indicator_bounded check (char_length(indicator) between 1 and 20),
    fact           text    constraint criteria_fact_known check (fact in ('late_registration', 'late_midyear_report', 'late_annual_report',
                           'absent_at_conference', 'registered_in_time', 'midyear_report_in_time', 'annual_report_in_time', 'present_at_conference')),
    note           text    not null constraint criteria_note_bounded check (char_length(note) <= 1000),
    constraint criteria_code_unique unique (set_id, code),
    constraint criteria_position_unique unique (set_id, position),
    constraint criteria_set_and_id_unique unique (set_id, id),
    constraint criteria_parent_fkey foreign key (set_id, parent_id) references criteria (set_id, id),
    constraint criteria_parent_is_another check (parent_id <> id)
);
create index criteria_parent_idx on criteria (set_id, parent_id);

create function keep_issued_criteria_set() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft' or (old.state = 'closed' and new.state <> 'closed')
       or to_jsonb(new) - array['state', 'version'] is distinct from to_jsonb(old) - array['state', 'version']) then
        raise exception 'an issued table of criteria is final' using errcode = 'integrity_constraint_violation', constraint = 'criteria_sets_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger criteria_sets_locked before update or delete on criteria_sets for each row execute function keep_issued_criteria_set();

create function keep_issued_criteria() returns trigger language plpgsql as $$
declare
    touched uuid[] := case tg_op when 'INSERT' then array[new.set_id] when 'DELETE' then array[old.set_id] else array[old.set_id, new.set_id] end;
begin
    if exists (select from criteria_sets s where s.id = any (touched) and s.state <> 'draft') then
        raise exception 'an issued table of criteria is final' using errcode = 'integrity_constraint_violation', constraint = 'criteria_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger criteria_locked before insert or update or delete on criteria for each row execute function keep_issued_criteria();
