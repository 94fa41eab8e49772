-- Conferences of every kind: their plan, agenda, delegates with their cards, attendance, and the hand-over that follows.
-- What the cluster entered so far as "the result of the closing conference" stays where it is: it is the closing one.

alter table conferences drop constraint conferences_year_unique;
alter table conferences drop constraint conferences_state_known;
alter table conferences drop constraint conferences_confirmed_has_content;
alter table conferences drop constraint conferences_handed_over_has_day;
drop trigger conferences_locked on conferences;

alter table conferences
    add column kind          text not null default 'closing' constraint conferences_kind_known check (kind in ('launch', 'midyear', 'closing', 'extraordinary')),
    -- Its part of a path: one a year of each kind, any number of extraordinary ones.
    add column slug          text not null default 'tong-ket' constraint conferences_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    -- Place, time, chairs, secretary, as typed; checked where it is used.
    add column plan          jsonb not null default '{}' constraint conferences_plan_bounded check (octet_length(plan::text) <= 100000),
    add column invited_at    timestamptz,
    add column opened_at     timestamptz,
    add column ended_at      timestamptz,
    -- The minutes as they were signed: all facts, with the head of the journal.
    add column minutes       jsonb,
    add column minutes_hash  bytea,
    add column signed_at     timestamptz,
    add column signed_by     uuid constraint conferences_signer_fkey references persons;

update conferences set ended_at = confirmed_at where state <> 'draft';
update conferences set state = case state when 'draft' then 'planned' else 'ended' end;

alter table conferences
    add constraint conferences_state_known check (state in ('planned', 'invited', 'in_session', 'ended', 'signed')),
    add constraint conferences_slug_unique unique (year_id, slug),
    add constraint conferences_ended_has_time check ((state in ('ended', 'signed')) = (ended_at is not null)),
    -- The result of a closing conference, which nominations and next year's offices follow, is there once it has ended.
    add constraint conferences_closing_has_result check (kind <> 'closing' or (state in ('ended', 'signed')) = (content is not null)),
    add constraint conferences_confirmed_has_content
        check ((content is null) = (confirmed_at is null) and (content is null) = (confirmed_by is null)),
    add constraint conferences_signed_has_minutes
        check ((state = 'signed') = (signed_at is not null) and num_nulls(minutes, minutes_hash, signed_at, signed_by) in (0, 4));
create unique index conferences_one_of_a_kind on conferences (year_id, kind) where kind <> 'extraordinary';

create or replace function keep_confirmed_conference() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.state in ('in_session', 'ended', 'signed') then
        raise exception 'a conference that was held stays' using errcode = 'integrity_constraint_violation', constraint = 'conferences_locked';
    end if;
    if tg_op = 'UPDATE' and (
        (old.content is not null and (new.content, new.draft, new.confirmed_at, new.confirmed_by, new.year_id)
            is distinct from (old.content, old.draft, old.confirmed_at, old.confirmed_by, old.year_id))
        or (old.state in ('ended', 'signed') and new.state not in ('ended', 'signed'))
        or (old.state = 'signed' and (new.state, new.minutes, new.minutes_hash, new.signed_at, new.signed_by, new.plan)
            is distinct from (old.state, old.minutes, old.minutes_hash, old.signed_at, old.signed_by, old.plan))) then
        raise exception 'the minutes of this conference are final' using errcode = 'integrity_constraint_violation', constraint = 'conferences_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger conferences_locked before update or delete on conferences for each row execute function keep_confirmed_conference();

-- What is done at a conference, in its order; the notes of each item become the minutes.
create table agenda_items (
    id            uuid    constraint agenda_items_pkey primary key,
    conference_id uuid    not null constraint agenda_items_conference_fkey references conferences,
    position      integer not null,
    title         text    not null constraint agenda_items_title_given check (title <> ''),
    presenter     text    not null default '',
    minutes_planned integer constraint agenda_items_minutes_range check (minutes_planned between 1 and 600),
    -- Of the items exactly one is on at a time.
    state         text    not null default 'waiting' constraint agenda_items_state_known check (state in ('waiting', 'on', 'done')),
    notes         text    not null default '',
    version       integer not null default 1,
    constraint agenda_items_position_unique unique (conference_id, position) deferrable initially deferred
);
create unique index agenda_items_one_on on agenda_items (conference_id) where state = 'on';

-- Who takes part: of each unit one delegate votes, another may stand in; guests have no unit.
create table delegates (
    id             uuid    constraint delegates_pkey primary key,
    conference_id  uuid    not null constraint delegates_conference_fkey references conferences,
    unit_id        uuid    constraint delegates_unit_fkey references units,
    part           text    not null constraint delegates_part_known check (part in ('voting', 'stand_in', 'other', 'guest')),
    name           text    not null constraint delegates_name_given check (name <> ''),
    post           text    not null default '',
    is_head        boolean not null default false,
    -- Who isn't the unit's head shows an authorisation: the attached file's id.
    authorisation  uuid    constraint delegates_authorisation_fkey references attachments,
    -- The card: its code is derived from a secret outside the database, so only its hash stands here. A lost card gets the next number.
    card_number    integer not null default 1,
    card_hash      bytea   not null constraint delegates_card_unique unique,
    named_by       uuid    not null constraint delegates_namer_fkey references persons,
    named_at       timestamptz not null,
    -- On the spot: by the secretary, or by the delegate's own card.
    attended_at    timestamptz,
    attended_by    text    constraint delegates_attended_by_known check (attended_by in ('secretary', 'card')),
    constraint delegates_guest_has_no_unit check ((part = 'guest') = (unit_id is null)),
    constraint delegates_attended_is_whole check ((attended_at is null) = (attended_by is null))
);
create unique index delegates_one_votes on delegates (conference_id, unit_id) where part = 'voting';
create unique index delegates_one_stands_in on delegates (conference_id, unit_id) where part = 'stand_in';
create index delegates_conference_idx on delegates (conference_id);
create index delegates_unit_idx on delegates (unit_id);

-- Units that say they can't come, with the reason.
create table absences (
    conference_id uuid not null constraint absences_conference_fkey references conferences,
    unit_id       uuid not null constraint absences_unit_fkey references units,
    reason        text not null constraint absences_reason_given check (reason <> ''),
    said_by       uuid not null constraint absences_person_fkey references persons,
    said_at       timestamptz not null,
    constraint absences_pkey primary key (conference_id, unit_id)
);
create index absences_unit_idx on absences (unit_id);

-- The hand-over that a closing conference led to: rights move on its day by themselves; both sides say that all was handed over.
create table hand_overs (
    conference_id  uuid        constraint hand_overs_pkey primary key constraint hand_overs_conference_fkey references conferences,
    takes_effect_on date       not null,
    recorded_at    timestamptz not null,
    recorded_by    uuid        not null constraint hand_overs_recorder_fkey references persons,
    note           text        not null default '',
    given_at       timestamptz,
    given_by       uuid        constraint hand_overs_giver_fkey references persons,
    taken_at       timestamptz,
    taken_by       uuid        constraint hand_overs_taker_fkey references persons,
    constraint hand_overs_given_is_whole check ((given_at is null) = (given_by is null)),
    constraint hand_overs_taken_is_whole check ((taken_at is null) = (taken_by is null))
);
insert into hand_overs (conference_id, takes_effect_on, recorded_at, recorded_by)
    select id, handed_over_on, confirmed_at, confirmed_by from conferences where handed_over_on is not null;
-- loses: nothing, the day stands in hand_overs now.
-- loses: nothing, the day stands in hand_overs now.
alter table conferences drop column handed_over_on;
