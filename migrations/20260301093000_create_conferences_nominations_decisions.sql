-- From the closing conference to the decision: who was acclaimed, what was appraised, what the council voted,
-- what was decided. What has been confirmed or issued is kept by triggers, whoever writes.

-- The closing conference of a year. `draft` is the form as typed, `content` the facts of its minutes.
create table conferences (
    id             uuid        constraint conferences_pkey primary key,
    year_id        uuid        not null constraint conferences_year_fkey references years
                               constraint conferences_year_unique unique,
    state          text        not null constraint conferences_state_known check (state in ('draft', 'confirmed', 'handed_over')),
    version        integer     not null default 1,
    draft          jsonb       not null constraint conferences_draft_bounded check (octet_length(draft::text) <= 200000),
    draft_saved_at timestamptz not null,
    draft_saved_by uuid        not null constraint conferences_drafter_fkey references persons,
    content        jsonb,
    confirmed_at   timestamptz,
    confirmed_by   uuid        constraint conferences_confirmer_fkey references persons,
    handed_over_on date,
    constraint conferences_confirmed_has_content
        check ((state = 'draft') = (content is null) and (content is null) = (confirmed_at is null) and (content is null) = (confirmed_by is null)),
    constraint conferences_handed_over_has_day check ((state = 'handed_over') = (handed_over_on is not null))
);

create function keep_confirmed_conference() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft' or old.state = 'handed_over'
       or (new.content, new.draft, new.confirmed_at, new.confirmed_by, new.year_id)
          is distinct from (old.content, old.draft, old.confirmed_at, old.confirmed_by, old.year_id)) then
        raise exception 'the minutes of this conference are final' using errcode = 'integrity_constraint_violation', constraint = 'conferences_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger conferences_locked before update or delete on conferences for each row execute function keep_confirmed_conference();

-- A unit's nomination for an award: unit, award and votes are those of the minutes and never change.
create table nominations (
    id        uuid    constraint nominations_pkey primary key,
    year_id   uuid    not null constraint nominations_year_fkey references years,
    unit_id   uuid    not null,
    award     text    not null constraint nominations_award_fkey references awards,
    state     text    not null constraint nominations_state_known check (state in
                      ('proposed', 'acclaimed', 'not_acclaimed', 'submitted', 'returned', 'eligible', 'ineligible', 'council_passed',
                       'council_rejected', 'decided', 'awarded', 'withdrawn', 'cancelled')),
    version   integer not null default 1,
    votes_for integer not null,
    votes_of  integer not null,
    working   text    not null,
    constraint nominations_votes_range check (votes_for >= 0 and votes_of >= 0),
    constraint nominations_once_a_year unique (year_id, unit_id, award),
    constraint nominations_membership_fkey foreign key (year_id, unit_id) references memberships (year_id, unit_id)
);
create index nominations_unit_idx on nominations (unit_id);
create index nominations_state_idx on nominations (state);

create function keep_nomination() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or (new.id, new.year_id, new.unit_id, new.award, new.votes_for, new.votes_of, new.working)
       is distinct from (old.id, old.year_id, old.unit_id, old.award, old.votes_for, old.votes_of, old.working) then
        raise exception 'a nomination stays what was voted' using errcode = 'integrity_constraint_violation', constraint = 'nominations_locked';
    end if;
    return new;
end $$;
create trigger nominations_locked before update or delete on nominations for each row execute function keep_nomination();

-- How a nomination came to where it is: facts, added only. (Its receipts and returns stand with those of other papers.)
create table nomination_events (
    id            uuid        constraint nomination_events_pkey primary key,
    nomination_id uuid        not null constraint nomination_events_nomination_fkey references nominations,
    happened_at   timestamptz not null,
    happened_by   uuid        not null constraint nomination_events_person_fkey references persons,
    action        text        not null,
    state_after   text        not null,
    note          text        not null default '',
    constraint nomination_events_reason_given
        check (action not in ('find_ineligible', 'withdraw', 'cancel') or char_length(note) > 0)
);
create index nomination_events_nomination_idx on nomination_events (nomination_id, happened_at);
create trigger nomination_events_append_only before update or delete on nomination_events for each row execute function refuse_change();

-- A session of VUSTA's council: the threshold and its base are data of the session.
create table council_sessions (
    id                uuid         constraint council_sessions_pkey primary key,
    year              integer      not null,
    held_on           date         not null,
    members_total     integer      not null,
    members_present   integer      not null,
    threshold_percent numeric(5,2) not null constraint council_sessions_threshold_range check (threshold_percent between 0 and 100),
    threshold_base    text         not null constraint council_sessions_base_known check (threshold_base in ('all_members', 'present')),
    recorded_at       timestamptz  not null,
    recorded_by       uuid         not null constraint council_sessions_person_fkey references persons,
    constraint council_sessions_members_range check (members_total > 0 and members_present between 0 and members_total)
);
create index council_sessions_year_idx on council_sessions (year, held_on);
create trigger council_sessions_append_only before update or delete on council_sessions for each row execute function refuse_change();

create table council_results (
    session_id    uuid    not null constraint council_results_session_fkey references council_sessions,
    nomination_id uuid    not null constraint council_results_nomination_fkey references nominations,
    votes_for     integer not null constraint council_results_votes_range check (votes_for >= 0),
    votes_of      integer not null,
    working       text    not null,
    passed        boolean not null,
    constraint council_results_pkey primary key (nomination_id),
    constraint council_results_votes_fit check (votes_for <= votes_of)
);
create index council_results_session_idx on council_results (session_id);
create trigger council_results_append_only before update or delete on council_results for each row execute function refuse_change();

-- A decision of VUSTA. Issued ones stay as they are: only a later decision can say that one is corrected or cancelled.
create table decisions (
    id             uuid        constraint decisions_pkey primary key,
    kind           text        not null constraint decisions_kind_known check (kind in ('award', 'correction', 'cancellation')),
    about_id       uuid        constraint decisions_about_fkey references decisions,
    state          text        not null constraint decisions_state_known check (state in ('draft', 'issued', 'corrected', 'cancelled')),
    version        integer     not null default 1,
    draft          jsonb       not null constraint decisions_draft_bounded check (octet_length(draft::text) <= 200000),
    draft_saved_at timestamptz not null,
    draft_saved_by uuid        not null constraint decisions_drafter_fkey references persons,
    number         integer,
    symbol         text,
    series_year    integer,
    issued_on      date,
    content        jsonb,
    content_hash   bytea,
    code           text        constraint decisions_code_unique unique constraint decisions_code_form check (code ~ '^[2-9A-HJ-NP-Z]{10}$'),
    issued_at      timestamptz,
    issued_by      uuid        constraint decisions_issuer_fkey references persons,
    constraint decisions_number_unique unique (symbol, series_year, number),
    constraint decisions_about_another check ((kind = 'award') = (about_id is null)),
    constraint decisions_issued_is_whole check ((state = 'draft') = (content is null) and
        num_nulls(number, symbol, series_year, issued_on, content, content_hash, code, issued_at, issued_by) in (0, 9))
);
create index decisions_about_idx on decisions (about_id);

create function keep_issued_decision() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft' or (old.state = 'cancelled' and new.state <> 'cancelled')
       or to_jsonb(new) - array['state', 'version'] is distinct from to_jsonb(old) - array['state', 'version']) then
        raise exception 'an issued decision is final' using errcode = 'integrity_constraint_violation', constraint = 'decisions_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger decisions_locked before update or delete on decisions for each row execute function keep_issued_decision();

-- The nominations a decision gave an award: each at most once.
create table decision_lines (
    nomination_id uuid    constraint decision_lines_pkey primary key constraint decision_lines_nomination_fkey references nominations,
    decision_id   uuid    not null constraint decision_lines_decision_fkey references decisions,
    position      integer not null,
    awarded_on    date,
    awarded_place text    not null default ''
);
create index decision_lines_decision_idx on decision_lines (decision_id, position);

-- The handing over of the award is added to its line once; the line itself stays.
create function keep_decision_line() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.awarded_on is not null
       or (new.nomination_id, new.decision_id, new.position) is distinct from (old.nomination_id, old.decision_id, old.position) then
        raise exception 'what was decided stays' using errcode = 'integrity_constraint_violation', constraint = 'decision_lines_locked';
    end if;
    return new;
end $$;
create trigger decision_lines_locked before update or delete on decision_lines for each row execute function keep_decision_line();
