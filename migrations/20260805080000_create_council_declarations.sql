-- A member of the council may have a conflict of interest with several units on one agenda.

-- What a member says at the door: a unit on whose dossiers the member doesn't vote.
create table council_declarations (
    seat_id uuid constraint council_declarations_seat_fkey references council_seats,
    unit_id uuid constraint council_declarations_unit_fkey references units,
    constraint council_declarations_pkey primary key (seat_id, unit_id)
);
create index council_declarations_unit_idx on council_declarations (unit_id);

insert into council_declarations (seat_id, unit_id) select id, unit_id from council_seats where unit_id is not null;
-- loses: nothing, the unit stands in council_declarations now.
alter table council_seats drop column unit_id;

create function keep_declarations_of_sitting() returns trigger language plpgsql as $$
begin
    if exists(select from council_seats s join council_sittings t on t.id = s.sitting_id
              where s.id = case when tg_op = 'DELETE' then old.seat_id else new.seat_id end and t.state in ('ended', 'cancelled')) then
        raise exception 'the roll of a session that is over stays' using errcode = 'integrity_constraint_violation', constraint = 'council_seats_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger council_declarations_locked before insert or update or delete on council_declarations
    for each row execute function keep_declarations_of_sitting();

-- On whose dossiers a member doesn't vote: as said at the door, or as on record, whenever that was noted: a conflict that was
-- declared, or a post on the day of the session. A merger ends neither.
create view council_conflicts as
select s.id as seat_id, s.sitting_id, s.person_id, k.unit_id, bool_or(k.is_on_record) as is_on_record
from council_seats s
join council_sittings t on t.id = s.sitting_id
join lateral (
    select d.unit_id, false as is_on_record from council_declarations d where d.seat_id = s.id
    union all
    select n.unit_id, true
    from council_agenda a join nominations n on n.id = a.nomination_id
    join lateral (
        select c.unit_id from conflicts_of_interest c where c.person_id = s.person_id and c.lifted_at is null
        union all
        select p.unit_id from posts p where p.person_id = s.person_id and p.unit_id is not null
            and p.starts_on <= t.held_on and coalesce(p.ends_on >= t.held_on, true)
    ) tie on tie.unit_id = n.unit_id or exists(select from unit_successions z
        where (z.predecessor_id = tie.unit_id and z.successor_id = n.unit_id)
           or (z.predecessor_id = n.unit_id and z.successor_id = tie.unit_id))
    where a.sitting_id = s.sitting_id
) k on true
group by s.id, s.sitting_id, s.person_id, k.unit_id;
