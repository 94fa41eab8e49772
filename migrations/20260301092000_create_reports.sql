-- A unit's report on a period of its year. `draft` is the form as typed, `content` what was last handed in, checked.

create table reports (
    id             uuid        constraint reports_pkey primary key,
    year_id        uuid        not null constraint reports_year_fkey references years,
    unit_id        uuid        not null constraint reports_unit_fkey references units,
    period         text        not null constraint reports_period_known check (period in ('annual', 'midyear')),
    state          text        not null constraint reports_state_known check (state in
                               ('draft', 'submitted', 'returned', 'accepted', 'final')),
    version        integer     not null default 1,
    draft          jsonb       not null constraint reports_draft_bounded check (octet_length(draft::text) <= 800000),
    draft_saved_at timestamptz not null,
    draft_saved_by uuid        not null constraint reports_drafter_fkey references persons,
    content        jsonb,
    submitted_at   timestamptz,
    late_days      integer     constraint reports_late_days_range check (late_days >= 0),
    accepted_at    timestamptz,
    finalised_at   timestamptz,
    constraint reports_unit_once_a_period unique (year_id, unit_id, period),
    constraint reports_membership_fkey foreign key (year_id, unit_id) references memberships (year_id, unit_id),
    constraint reports_submitted_has_content check (state = 'draft' or content is not null),
    constraint reports_final_has_time check ((state = 'final') = (finalised_at is not null))
);
create index reports_unit_idx on reports (unit_id);

-- The content without the figures that replaced estimates: what must stay as it was taken in.
create function report_as_taken_in(content jsonb) returns jsonb language sql immutable as $$
    select content || jsonb_build_object(
        'figures', (select jsonb_agg(f - 'final_reached' order by n) from jsonb_array_elements(content -> 'figures') with ordinality as rows (f, n)),
        'additions', (select jsonb_agg(f - 'final_reached' order by n) from jsonb_array_elements(content -> 'additions') with ordinality as rows (f, n)))
$$;

-- A report that was taken in changes once more: closing it adds the final figures beside the estimates.
create function keep_report_content() returns trigger language plpgsql as $$
begin
    if old.state in ('accepted', 'final') then
        if tg_op = 'UPDATE' then
            if new.content is not distinct from old.content and (old.state <> 'final' or new.state = 'final') then
                return new;
            end if;
            if old.state = 'accepted' and new.state = 'final' and report_as_taken_in(new.content) = report_as_taken_in(old.content) then
                return new;
            end if;
        end if;
        raise exception 'reports is locked' using errcode = 'integrity_constraint_violation', constraint = 'reports_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger reports_locked before update or delete on reports for each row execute function keep_report_content();
