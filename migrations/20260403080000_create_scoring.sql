-- The scoring of a cluster's year. A sheet's `draft` and `appraisal` are the forms as typed; `lines` are the checked points with their
-- working, evidence, reasons and explanations, frozen when the conference has confirmed them.

-- By which criteria a year is scored.
create table scorings (
    year_id       uuid        constraint scorings_pkey primary key constraint scorings_year_fkey references years,
    set_id        uuid        not null constraint scorings_set_fkey references criteria_sets,
    supplement_id uuid        constraint scorings_supplement_fkey references criteria_sets,
    opened_at     timestamptz not null,
    opened_by     uuid        not null constraint scorings_opener_fkey references persons
);

create table score_sheets (
    id             uuid        constraint score_sheets_pkey primary key,
    year_id        uuid        not null constraint score_sheets_scoring_fkey references scorings (year_id),
    unit_id        uuid        not null constraint score_sheets_unit_fkey references units,
    state          text        not null constraint score_sheets_state_known check (state in
                               ('draft', 'self_scored', 'under_appraisal', 'awaiting_explanation', 'appraised', 'locked')),
    version        integer     not null default 1,
    draft          jsonb       not null constraint score_sheets_draft_bounded check (octet_length(draft::text) <= 800000),
    draft_saved_at timestamptz not null,
    draft_saved_by uuid        not null constraint score_sheets_drafter_fkey references persons,
    lines          jsonb       not null default '[]' constraint score_sheets_lines_are_a_list check (jsonb_typeof(lines) = 'array'),
    appraisal      jsonb       constraint score_sheets_appraisal_bounded check (octet_length(appraisal::text) <= 800000),
    submitted_at   timestamptz,
    late_days      integer     constraint score_sheets_late_days_range check (late_days >= 0),
    appraised_at   timestamptz,
    appraised_by   uuid        constraint score_sheets_appraiser_fkey references persons,
    locked_at      timestamptz,
    result         jsonb,
    constraint score_sheets_unit_once unique (year_id, unit_id),
    constraint score_sheets_membership_fkey foreign key (year_id, unit_id) references memberships (year_id, unit_id),
    constraint score_sheets_submitted_has_time check (state = 'draft' or submitted_at is not null),
    constraint score_sheets_locked_has_result check ((state = 'locked') = (locked_at is not null and result is not null))
);
create index score_sheets_unit_idx on score_sheets (unit_id);

create function keep_score_sheet() returns trigger language plpgsql as $$
begin
    if old.state = 'locked' then
        raise exception 'score_sheets is locked' using errcode = 'integrity_constraint_violation', constraint = 'score_sheets_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger score_sheets_locked before update or delete on score_sheets for each row execute function keep_score_sheet();

-- Who appraises a unit: another unit, or the working group of the cluster. A new appointment ends the one before.
create table appraisers (
    id                uuid        constraint appraisers_pkey primary key,
    year_id           uuid        not null constraint appraisers_scoring_fkey references scorings (year_id),
    unit_id           uuid        not null constraint appraisers_unit_fkey references units,
    appraiser_unit_id uuid        constraint appraisers_appraiser_fkey references units,
    named_at          timestamptz not null,
    named_by          uuid        not null constraint appraisers_namer_fkey references persons,
    ended_at          timestamptz,
    constraint appraisers_not_itself check (unit_id <> appraiser_unit_id),
    constraint appraisers_membership_fkey foreign key (year_id, unit_id) references memberships (year_id, unit_id),
    constraint appraisers_appraiser_membership_fkey foreign key (year_id, appraiser_unit_id) references memberships (year_id, unit_id)
);
create unique index appraisers_one_at_a_time on appraisers (year_id, unit_id) where ended_at is null;

-- The persons of a year's working group.
create table appraisal_group (
    year_id   uuid        not null constraint appraisal_group_scoring_fkey references scorings (year_id),
    person_id uuid        not null constraint appraisal_group_person_fkey references persons,
    named_at  timestamptz not null,
    named_by  uuid        not null constraint appraisal_group_namer_fkey references persons,
    constraint appraisal_group_pkey primary key (year_id, person_id)
);

-- A criterion that doesn't apply to a unit this year.
create table score_exemptions (
    year_id      uuid        not null constraint score_exemptions_scoring_fkey references scorings (year_id),
    unit_id      uuid        not null constraint score_exemptions_unit_fkey references units,
    criterion_id uuid        not null constraint score_exemptions_criterion_fkey references criteria,
    reason       text        not null constraint score_exemptions_reason_given check (char_length(reason) > 0),
    granted_at   timestamptz not null,
    granted_by   uuid        not null constraint score_exemptions_granter_fkey references persons,
    constraint score_exemptions_pkey primary key (year_id, unit_id, criterion_id)
);

-- Every change of a point: who, when, from what to what, why.
create table score_changes (
    id           uuid        constraint score_changes_pkey primary key,
    sheet_id     uuid        not null constraint score_changes_sheet_fkey references score_sheets,
    criterion_id uuid        not null constraint score_changes_criterion_fkey references criteria,
    stage        text        not null constraint score_changes_stage_known check (stage in ('self', 'appraisal', 'second_appraisal')),
    from_points  numeric(8, 2),
    to_points    numeric(8, 2),
    reason       text        not null,
    changed_at   timestamptz not null,
    changed_by   uuid        not null constraint score_changes_person_fkey references persons
);
create index score_changes_sheet_idx on score_changes (sheet_id, changed_at);
create trigger score_changes_append_only before update or delete on score_changes for each row execute function refuse_change();

-- A unit's objection to a line; it is answered before the vote opens.
create table score_objections (
    id           uuid        constraint score_objections_pkey primary key,
    sheet_id     uuid        not null constraint score_objections_sheet_fkey references score_sheets,
    criterion_id uuid        not null constraint score_objections_criterion_fkey references criteria,
    text         text        not null constraint score_objections_text_given check (char_length(text) > 0),
    raised_at    timestamptz not null,
    raised_by    uuid        not null constraint score_objections_raiser_fkey references persons,
    answer       text        constraint score_objections_answer_given check (char_length(answer) > 0),
    answered_at  timestamptz,
    answered_by  uuid        constraint score_objections_answerer_fkey references persons,
    constraint score_objections_answer_whole check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index score_objections_sheet_idx on score_objections (sheet_id);
