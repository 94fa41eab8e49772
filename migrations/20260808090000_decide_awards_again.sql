-- An award whose decision had a formal error is given again by another decision. So a nomination may stand in several
-- decisions, one after another: in force is at most one of them.

-- The decision that cancelled the award that another one gave.
alter table decision_lines add column cancelled_by uuid constraint decision_lines_cancelled_by_fkey references decisions;

create or replace function keep_decision_line() returns trigger language plpgsql as $$
begin
    -- The handing over is added to a line once, and so is what cancelled it; the line itself stays.
    if tg_op = 'DELETE'
       or (new.nomination_id, new.decision_id, new.position) is distinct from (old.nomination_id, old.decision_id, old.position)
       or (old.awarded_on is not null and (new.awarded_on, new.awarded_place) is distinct from (old.awarded_on, old.awarded_place))
       or (old.cancelled_by is not null and to_jsonb(new) is distinct from to_jsonb(old)) then
        raise exception 'what was decided stays' using errcode = 'integrity_constraint_violation', constraint = 'decision_lines_locked';
    end if;
    return new;
end $$;

-- What was cancelled before: by the decision that names it, or by the only one there can be.
update decision_lines l set cancelled_by = coalesce(
    (select c.id from decisions c where c.about_id = l.decision_id and c.kind = 'cancellation' and c.content is not null
        and c.content -> 'lines' @> jsonb_build_array(jsonb_build_object('nomination_id', l.nomination_id)) order by c.issued_at limit 1),
    (select c.id from decisions c where c.about_id = l.decision_id and c.kind = 'cancellation' and c.content is not null order by c.issued_at limit 1))
where exists (select from nominations n where n.id = l.nomination_id and n.state = 'cancelled');

-- What belongs to a line names both its keys.
alter table golden_book drop constraint golden_book_line_fkey;
alter table golden_book drop constraint golden_book_pkey;
alter table handover_corrections drop constraint handover_corrections_line_fkey;
alter table decision_lines drop constraint decision_lines_pkey;
alter table decision_lines add constraint decision_lines_pkey primary key (nomination_id, decision_id);
create unique index decision_lines_in_force_idx on decision_lines (nomination_id) where cancelled_by is null;

-- Their rows are only added to: the lock is lifted for the one statement that adds the second key.
alter table golden_book add column decision_id uuid;
drop trigger golden_book_append_only on golden_book;
update golden_book g set decision_id = l.decision_id from decision_lines l where l.nomination_id = g.nomination_id;
create trigger golden_book_append_only before update or delete on golden_book for each row execute function refuse_change();
alter table golden_book alter column decision_id set not null;
alter table golden_book add constraint golden_book_pkey primary key (nomination_id, decision_id);
alter table golden_book add constraint golden_book_line_fkey foreign key (nomination_id, decision_id) references decision_lines;

alter table handover_corrections add column decision_id uuid;
drop trigger handover_corrections_append_only on handover_corrections;
update handover_corrections h set decision_id = l.decision_id from decision_lines l where l.nomination_id = h.nomination_id;
create trigger handover_corrections_append_only before update or delete on handover_corrections for each row execute function refuse_change();
alter table handover_corrections alter column decision_id set not null;
alter table handover_corrections add constraint handover_corrections_line_fkey foreign key (nomination_id, decision_id) references decision_lines;
