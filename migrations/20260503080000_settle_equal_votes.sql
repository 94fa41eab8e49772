-- Where the ladder for equal votes ends with VUSTA, its answer comes after the count, sometimes after the signature: it stands
-- beside the result, which stays as it is.

alter table ballots
    add column settlement jsonb,
    add column settled_at timestamptz,
    add column settled_by uuid constraint ballots_settler_fkey references persons,
    add constraint ballots_settled_is_whole
        check (num_nulls(settlement, settled_at, settled_by) in (0, 3) and (settlement is null or state in ('counted', 'signed')));

create or replace function keep_ballot() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft'
       or (new.plan, new.conference_id, new.council_year, new.parent_id) is distinct from (old.plan, old.conference_id, old.council_year, old.parent_id)
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

-- Voters and papers belong to the time of their ballot: after the close nobody comes, goes or votes any more, and nothing
-- lies in the box of a ballot that isn't open. The close itself rewrites both before it changes the state.
create function keep_voters() returns trigger language plpgsql as $$
declare
    state text;
begin
    select b.state into state from ballots b where b.id = case when tg_op = 'DELETE' then old.ballot_id else new.ballot_id end;
    if state not in ('draft', 'advance', 'open') then
        raise exception 'the electorate of a closed ballot stays' using errcode = 'integrity_constraint_violation', constraint = 'ballot_voters_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger ballot_voters_locked before insert or update or delete on ballot_voters for each row execute function keep_voters();

create function keep_box() returns trigger language plpgsql as $$
begin
    if not exists(select from ballots b where b.id = new.ballot_id and b.state in ('advance', 'open')) then
        raise exception 'the box is closed' using errcode = 'integrity_constraint_violation', constraint = 'sealed_papers_locked';
    end if;
    return new;
end $$;
create trigger sealed_papers_locked before insert or update on sealed_papers for each row execute function keep_box();

-- Once counted, the figures of paper that went into it stay too.
create function keep_tally() returns trigger language plpgsql as $$
begin
    if not exists(select from ballots b where b.id = case when tg_op = 'DELETE' then old.ballot_id else new.ballot_id end
                  and b.state = 'closed') then
        raise exception 'tallies belong to the count' using errcode = 'integrity_constraint_violation', constraint = 'ballot_tallies_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger ballot_tallies_locked before insert or update or delete on ballot_tallies for each row execute function keep_tally();
-- Opened papers come from the box only: at the close, before the state changes.
create trigger ballot_papers_from_box before insert on ballot_papers for each row execute function keep_box();
