-- What those in charge have noted of a nomination's conditions: that one is fulfilled, or let pass, and why. The newest holds.
create table nomination_remarks (
    id            uuid        constraint nomination_remarks_pkey primary key,
    nomination_id uuid        not null constraint nomination_remarks_nomination_fkey references nominations,
    award         text        not null,
    version       integer     not null,
    place         integer     not null constraint nomination_remarks_place_range check (place >= 0),
    kind          text        not null constraint nomination_remarks_kind_known check (kind in ('attested', 'waived')),
    reason        text        not null constraint nomination_remarks_reason_bounded check (char_length(reason) between 1 and 2000),
    noted_at      timestamptz not null,
    noted_by      uuid        not null constraint nomination_remarks_person_fkey references persons,
    constraint nomination_remarks_version_fkey foreign key (award, version) references award_versions (award, version)
);
create index nomination_remarks_nomination_idx on nomination_remarks (nomination_id, noted_at);
create trigger nomination_remarks_append_only before update or delete on nomination_remarks for each row execute function refuse_change();

-- Persons whom a nomination names, each with the ground on which their data is used: consent, or a legal one.
create table nomination_persons (
    id            uuid        constraint nomination_persons_pkey primary key,
    nomination_id uuid        not null constraint nomination_persons_nomination_fkey references nominations,
    full_name     text        not null constraint nomination_persons_name_bounded check (char_length(full_name) between 1 and 100),
    ground        text        not null constraint nomination_persons_ground_known check (ground in ('consent', 'legal')),
    detail        text        not null constraint nomination_persons_detail_bounded check (char_length(detail) between 1 and 1000),
    given_on      date        not null,
    noted_at      timestamptz not null,
    noted_by      uuid        not null constraint nomination_persons_noter_fkey references persons,
    ended_on      date,
    ended_reason  text        constraint nomination_persons_ended_bounded check (char_length(ended_reason) between 1 and 1000),
    ended_by      uuid        constraint nomination_persons_ender_fkey references persons,
    constraint nomination_persons_ended_whole check (num_nulls(ended_on, ended_reason, ended_by) in (0, 3)),
    constraint nomination_persons_ended_later check (ended_on >= given_on)
);
create index nomination_persons_nomination_idx on nomination_persons (nomination_id);

-- A ground is noted once; all that can be added is that it ended.
create function keep_nomination_person() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.ended_on is not null
       or to_jsonb(new) - array['ended_on', 'ended_reason', 'ended_by'] is distinct from to_jsonb(old) - array['ended_on', 'ended_reason', 'ended_by'] then
        raise exception 'what was noted of a person stays' using errcode = 'integrity_constraint_violation', constraint = 'nomination_persons_locked';
    end if;
    return new;
end $$;
create trigger nomination_persons_locked before update or delete on nomination_persons for each row execute function keep_nomination_person();
