-- Whom a nomination is for: the unit itself, or one person of it, as the unit's own meeting voted.
alter table nominations add column person_name text constraint nominations_person_name_bounded check (char_length(person_name) between 1 and 100);
alter table nominations add column person_birth_year integer constraint nominations_person_birth_year_range check (person_birth_year between 1900 and 2100);
alter table nominations add column person_gender text constraint nominations_person_gender_known check (person_gender in ('female', 'male'));
alter table nominations add column person_position text constraint nominations_person_position_bounded check (char_length(person_position) between 1 and 200);
-- The name as searches compare it: no marks, no capitals.
alter table nominations add column person_search_key text;
-- loses: nothing, all five columns are new.
alter table nominations add constraint nominations_person_whole
    check (num_nulls(person_name, person_birth_year, person_gender, person_position, person_search_key) in (0, 5));
-- loses: nothing, the index below takes its place.
alter table nominations drop constraint nominations_once_a_year;
-- A unit is nominated for an award once a year; a person whose nomination was taken back can be put forward again.
create unique index nominations_once_a_year on nominations (year_id, unit_id, award, person_name, person_birth_year)
    nulls not distinct where person_name is null or state <> 'withdrawn';

create or replace function keep_nomination() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or to_jsonb(new) - array['state', 'version'] is distinct from to_jsonb(old) - array['state', 'version'] then
        raise exception 'a nomination stays what was voted' using errcode = 'integrity_constraint_violation', constraint = 'nominations_locked';
    end if;
    return new;
end $$;

-- Who is nominated, as lists name it: the unit, or the person with the unit.
create function nominee(person text, unit text) returns text language sql immutable
    return coalesce(person || ' (' || unit || ')', unit);

-- The name of a nominated person for everybody to read, as long as there is a ground for it; null for a unit.
create function public_person(nomination nominations) returns text language sql stable
    return case when nomination.person_name is null then null
                when exists (select from nomination_persons p where p.nomination_id = nomination.id
                             and p.full_name = nomination.person_name and p.ended_on is null) then nomination.person_name
                else 'Một cá nhân' end;
