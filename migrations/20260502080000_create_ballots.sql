-- Votes: what is voted on, who may vote, the papers, the count. Who has voted and what was voted are never linked.
--
-- While a ballot is open each electronic paper lies sealed (encrypted for a key that isn't in the database) in
-- `sealed_papers`. At the close all of them are opened, shuffled and written into `ballot_papers` in one transaction, which
-- also writes the voters anew in the order of their names: neither the order of rows nor the transaction of a row tells
-- who cast when. See docs/decisions/secrecy.md.

create table ballots (
    id            uuid        constraint ballots_pkey primary key,
    -- Where it is held: at a conference of a cluster, or by VUSTA's council on the nominations of a calendar year.
    conference_id uuid        constraint ballots_conference_fkey references conferences,
    council_year  integer     constraint ballots_council_year_range check (council_year between 2000 and 2100),
    -- A second round, or a new ballot in the place of one: why.
    parent_id     uuid        constraint ballots_parent_fkey references ballots,
    parent_reason text        not null default '',
    position      integer     not null,
    state         text        not null default 'draft' constraint ballots_state_known
                              check (state in ('draft', 'advance', 'open', 'closed', 'counted', 'signed', 'cancelled')),
    version       integer     not null default 1,
    -- Questions, candidates, rule: as prepared, and from the opening on as frozen.
    plan          jsonb       not null constraint ballots_plan_bounded check (octet_length(plan::text) <= 200000),
    plan_hash     bytea,
    -- The key that papers are sealed with; its other half lies outside the database until the close.
    sealing_key   bytea,
    advance_at    timestamptz,
    opened_at     timestamptz,
    opened_by     uuid        constraint ballots_opener_fkey references persons,
    closed_at     timestamptz,
    closed_by     uuid        constraint ballots_closer_fkey references persons,
    -- Who counts: head, secretary, members.
    committee     jsonb       not null default '[]',
    result        jsonb,
    result_hash   bytea,
    counted_at    timestamptz,
    counted_by    uuid        constraint ballots_counter_fkey references persons,
    signed_at     timestamptz,
    signed_by     uuid        constraint ballots_signer_fkey references persons,
    cancelled_for text,
    created_at    timestamptz not null,
    created_by    uuid        not null constraint ballots_creator_fkey references persons,
    constraint ballots_one_house check (num_nulls(conference_id, council_year) = 1),
    constraint ballots_parent_has_reason check ((parent_id is null) = (parent_reason = '')),
    constraint ballots_frozen_from_opening check (state in ('draft', 'cancelled') or (plan_hash is not null and sealing_key is not null)),
    constraint ballots_counted_has_result check ((state in ('counted', 'signed')) = (result is not null)
        and num_nulls(result, result_hash, counted_at, counted_by) in (0, 4)),
    constraint ballots_signed_is_whole check ((state = 'signed') = (signed_at is not null) and (signed_at is null) = (signed_by is null)),
    constraint ballots_cancelled_has_reason check ((state = 'cancelled') = (cancelled_for is not null) and cancelled_for <> '')
);
create index ballots_conference_idx on ballots (conference_id, position);
create index ballots_council_idx on ballots (council_year, position);
create index ballots_parent_idx on ballots (parent_id);

create function keep_ballot() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft'
       or (new.plan, new.conference_id, new.council_year, new.parent_id) is distinct from (old.plan, old.conference_id, old.council_year, old.parent_id)
       or (old.plan_hash is not null and (new.plan_hash, new.sealing_key) is distinct from (old.plan_hash, old.sealing_key))
       or (old.state = 'cancelled')
       or (old.state in ('counted', 'signed') and (new.result, new.result_hash, new.committee) is distinct from (old.result, old.result_hash, old.committee))
       or (old.state = 'counted' and new.state not in ('counted', 'signed')) or (old.state = 'signed')) then
        raise exception 'what was voted on, and its result, stay' using errcode = 'integrity_constraint_violation', constraint = 'ballots_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger ballots_locked before update or delete on ballots for each row execute function keep_ballot();

-- The electorate, frozen at the opening; ids are random, places follow the names.
create table ballot_voters (
    id          uuid    constraint ballot_voters_pkey primary key,
    ballot_id   uuid    not null constraint ballot_voters_ballot_fkey references ballots,
    position    integer not null,
    name        text    not null,
    unit_id     uuid    constraint ballot_voters_unit_fkey references units,
    person_id   uuid    constraint ballot_voters_person_fkey references persons,
    -- The card with which the voter votes; none for a unit that named nobody.
    card_hash   bytea,
    -- In the hall; or absent, sending the vote before; or absent and not voting.
    attendance  text    not null constraint ballot_voters_attendance_known check (attendance in ('present', 'advance', 'absent')),
    -- How the vote came, if it did; never when.
    took_part   text    constraint ballot_voters_took_part_known check (took_part in ('electronic', 'paper')),
    -- A hash of the form's random number: who sends the same form again is told the same.
    answer_key  bytea,
    constraint ballot_voters_once unique (ballot_id, position),
    constraint ballot_voters_answer_is_electronic check (answer_key is null or took_part = 'electronic')
);
create unique index ballot_voters_card_unique on ballot_voters (ballot_id, card_hash);
create index ballot_voters_card_idx on ballot_voters (card_hash);
create index ballot_voters_unit_idx on ballot_voters (unit_id);
create index ballot_voters_person_idx on ballot_voters (person_id);

-- Only while a ballot is open: all of one length, under random ids.
create table sealed_papers (
    id        uuid  constraint sealed_papers_pkey primary key,
    ballot_id uuid  not null constraint sealed_papers_ballot_fkey references ballots,
    paper     bytea not null
);
create index sealed_papers_ballot_idx on sealed_papers (ballot_id);

-- What was voted, in an order that says nothing; each with the code by which its voter finds it.
create table ballot_papers (
    id        uuid  constraint ballot_papers_pkey primary key,
    ballot_id uuid  not null constraint ballot_papers_ballot_fkey references ballots,
    receipt   text  not null,
    choices   jsonb not null,
    constraint ballot_papers_receipt_unique unique (ballot_id, receipt)
);
create trigger ballot_papers_locked before update or delete on ballot_papers for each row execute function refuse_change();

-- The count of papers on paper, as two people entered it, each for themselves.
create table ballot_tallies (
    ballot_id  uuid        not null constraint ballot_tallies_ballot_fkey references ballots,
    entry      smallint    not null constraint ballot_tallies_entry_known check (entry in (1, 2)),
    counts     jsonb       not null constraint ballot_tallies_counts_bounded check (octet_length(counts::text) <= 50000),
    entered_by uuid        not null constraint ballot_tallies_person_fkey references persons,
    entered_at timestamptz not null,
    constraint ballot_tallies_pkey primary key (ballot_id, entry),
    constraint ballot_tallies_two_people unique (ballot_id, entered_by)
);
