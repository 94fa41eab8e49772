-- That a part of the dossier which the catalogue asks for is there, as somebody in charge says.
create table nomination_part_notes (
    id            uuid        constraint nomination_part_notes_pkey primary key,
    nomination_id uuid        not null constraint nomination_part_notes_nomination_fkey references nominations,
    award         text        not null,
    version       integer     not null,
    place         integer     not null constraint nomination_part_notes_place_range check (place >= 0),
    reason        text        not null constraint nomination_part_notes_reason_bounded check (char_length(reason) between 1 and 2000),
    noted_at      timestamptz not null,
    noted_by      uuid        not null constraint nomination_part_notes_person_fkey references persons,
    constraint nomination_part_notes_version_fkey foreign key (award, version) references award_versions (award, version)
);
create index nomination_part_notes_nomination_idx on nomination_part_notes (nomination_id, noted_at);
create trigger nomination_part_notes_append_only before update or delete on nomination_part_notes for each row execute function refuse_change();

-- Since when the dossier doesn't name a person any more whose ground has ended.
alter table nomination_persons add column left_on date;
alter table nomination_persons add column left_by uuid constraint nomination_persons_leaver_fkey references persons;
-- loses: nothing, both columns are new.
alter table nomination_persons add constraint nomination_persons_left_whole check (num_nulls(left_on, left_by) in (0, 2));
-- loses: nothing, both columns are new.
alter table nomination_persons add constraint nomination_persons_left_later check (left_on >= ended_on);

-- A ground is noted once; all that can be added is that it ended, and then that the name is gone.
create or replace function keep_nomination_person() returns trigger language plpgsql as $$
declare
    later text[] := case when tg_op = 'DELETE' then '{}'
                         when old.ended_on is null then array['ended_on', 'ended_reason', 'ended_by']
                         when old.left_on is null then array['left_on', 'left_by'] else '{}' end;
begin
    if tg_op = 'DELETE' or to_jsonb(new) - later is distinct from to_jsonb(old) - later then
        raise exception 'what was noted of a person stays' using errcode = 'integrity_constraint_violation', constraint = 'nomination_persons_locked';
    end if;
    return new;
end $$;
