-- Sessions of VUSTA's council that are held in the program: the roll with a card for each member, the dossiers on the agenda,
-- ballots by the machinery of conferences. What comes of one is recorded as a session, as one held elsewhere is.

create table council_sittings (
    id                uuid         constraint council_sittings_pkey primary key,
    -- The calendar year of the nominations.
    year              integer      not null constraint council_sittings_year_range check (year between 2000 and 2100),
    state             text         not null default 'planned' constraint council_sittings_state_known
                                   check (state in ('planned', 'in_session', 'ended', 'cancelled')),
    version           integer      not null default 1,
    held_on           date         not null,
    place             text         not null default '',
    chair             text         not null default '',
    secretary         text         not null default '',
    -- The council's rule for this session.
    quorum_percent    numeric(5,2) not null constraint council_sittings_quorum_range check (quorum_percent between 0 and 100),
    threshold_percent numeric(5,2) not null constraint council_sittings_threshold_range check (threshold_percent between 0 and 100),
    threshold_base    text         not null constraint council_sittings_base_known check (threshold_base in ('all_members', 'present')),
    created_at        timestamptz  not null,
    created_by        uuid         not null constraint council_sittings_creator_fkey references persons,
    opened_at         timestamptz,
    ended_at          timestamptz,
    cancelled_for     text,
    constraint council_sittings_opened_has_time check (state not in ('in_session', 'ended') or opened_at is not null),
    constraint council_sittings_ended_has_time check ((state = 'ended') = (ended_at is not null)),
    constraint council_sittings_cancelled_has_reason check ((state = 'cancelled') = (cancelled_for is not null) and cancelled_for <> '')
);
create index council_sittings_year_idx on council_sittings (year, held_on);

create function keep_sitting() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.state in ('ended', 'cancelled') or (old.state = 'in_session' and new.state = 'planned') then
        raise exception 'a session that was held or called off stays' using errcode = 'integrity_constraint_violation', constraint = 'council_sittings_locked';
    end if;
    return new;
end $$;
create trigger council_sittings_locked before update or delete on council_sittings for each row execute function keep_sitting();

-- The roll: who is a member of the council when it meets.
create table council_seats (
    id          uuid        constraint council_seats_pkey primary key,
    sitting_id  uuid        not null constraint council_seats_sitting_fkey references council_sittings,
    person_id   uuid        not null constraint council_seats_person_fkey references persons,
    name        text        not null,
    -- Of a member with a declared conflict the unit on whose dossiers the member doesn't vote.
    unit_id     uuid        constraint council_seats_unit_fkey references units,
    -- The card: its code is derived from a secret outside the database. A lost one gets the next number.
    card_number integer     not null default 1,
    card_hash   bytea       not null constraint council_seats_card_unique unique,
    attended_at timestamptz,
    attended_by text        constraint council_seats_attended_by_known check (attended_by in ('secretary', 'card')),
    -- Why the member said that he or she won't come.
    excuse      text        not null default '',
    constraint council_seats_once unique (sitting_id, person_id),
    constraint council_seats_attended_is_whole check ((attended_at is null) = (attended_by is null)),
    constraint council_seats_present_has_no_excuse check (attended_at is null or excuse = '')
);
create index council_seats_person_idx on council_seats (person_id);
create index council_seats_unit_idx on council_seats (unit_id);

-- The dossiers that are put before the council.
create table council_agenda (
    sitting_id    uuid    not null constraint council_agenda_sitting_fkey references council_sittings,
    nomination_id uuid    not null constraint council_agenda_nomination_fkey references nominations,
    position      integer not null,
    constraint council_agenda_pkey primary key (sitting_id, nomination_id)
);
create index council_agenda_nomination_idx on council_agenda (nomination_id);

create function keep_of_sitting() returns trigger language plpgsql as $$
begin
    if exists(select from council_sittings s where s.id = case when tg_op = 'DELETE' then old.sitting_id else new.sitting_id end
              and s.state in ('ended', 'cancelled')) then
        raise exception 'roll and agenda of a session that is over stay' using errcode = 'integrity_constraint_violation', constraint = 'council_seats_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger council_seats_locked before insert or update or delete on council_seats for each row execute function keep_of_sitting();
create trigger council_agenda_locked before insert or update or delete on council_agenda for each row execute function keep_of_sitting();

-- The council's ballots are held at a session.
alter table ballots
    add column sitting_id uuid constraint ballots_sitting_fkey references council_sittings;
alter table ballots
    add constraint ballots_sitting_is_of_council check (sitting_id is null or council_year is not null);
create index ballots_sitting_idx on ballots (sitting_id, position);

create or replace function keep_ballot() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft'
       or (new.plan, new.conference_id, new.council_year, new.sitting_id, new.parent_id)
          is distinct from (old.plan, old.conference_id, old.council_year, old.sitting_id, old.parent_id)
       or (old.plan_hash is not null and (new.plan_hash, new.sealing_key) is distinct from (old.plan_hash, old.sealing_key))
       or (old.state = 'cancelled')
       or (old.state = 'closed' and new.state not in ('closed', 'counted', 'cancelled'))
       or (old.state in ('counted', 'signed') and (new.result, new.result_hash, new.committee) is distinct from (old.result, old.result_hash, old.committee))
       or (old.state = 'counted' and new.state not in ('counted', 'signed'))
       or (old.settlement is not null and (new.settlement, new.settled_at, new.settled_by) is distinct from (old.settlement, old.settled_at, old.settled_by))
       or (old.state = 'signed' and to_jsonb(new) - '{version,settlement,settled_at,settled_by}'::text[]
              is distinct from to_jsonb(old) - '{version,settlement,settled_at,settled_by}'::text[])) then
        raise exception 'what was voted on, and its result, stay' using errcode = 'integrity_constraint_violation', constraint = 'ballots_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

-- What came of a session that was held in the program names where it came from.
alter table council_sessions
    add column sitting_id uuid constraint council_sessions_sitting_fkey references council_sittings
        constraint council_sessions_sitting_unique unique;
alter table council_results
    add column ballot_id uuid constraint council_results_ballot_fkey references ballots;
create index council_results_ballot_idx on council_results (ballot_id);
