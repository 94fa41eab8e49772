-- Numbers that were spoiled on paper: written on a sheet that was torn up. Such a number is given to no paper any more, and
-- nothing makes it good again (Decree 30/2020/NĐ-CP, article 15: numbers run without a gap that nobody can explain).
create table cancelled_numbers (
    id           uuid        constraint cancelled_numbers_pkey primary key,
    issuer       text        not null constraint cancelled_numbers_issuer_known check (issuer in ('unit', 'cluster', 'office', 'council')),
    unit_id      uuid        constraint cancelled_numbers_unit_fkey references units,
    cluster_id   uuid        constraint cancelled_numbers_cluster_fkey references clusters,
    series       text        not null,
    series_year  integer     not null,
    number       integer     not null constraint cancelled_numbers_number_range check (number between 1 and 99999),
    reason       text        not null constraint cancelled_numbers_reason_given check (char_length(reason) between 1 and 1000),
    cancelled_at timestamptz not null,
    cancelled_by uuid        not null constraint cancelled_numbers_person_fkey references persons,
    constraint cancelled_numbers_number_unique unique nulls not distinct (issuer, unit_id, cluster_id, series, series_year, number),
    constraint cancelled_numbers_issuer_named check ((issuer = 'unit') = (unit_id is not null) and (issuer = 'cluster') = (cluster_id is not null))
);
create trigger cancelled_numbers_append_only before update or delete on cancelled_numbers for each row execute function refuse_change();

-- A number goes to a paper or is cancelled, never both. Whoever gives one waits here for whoever is giving one in the same
-- series, and sees what that one did.
create function take_number_in_turn(issuer text, unit_id uuid, cluster_id uuid, series text, series_year integer) returns void
language sql as $$
    select pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'number', issuer, unit_id, cluster_id, series, series_year), 0))
$$;

create function refuse_cancelled_number() returns trigger language plpgsql as $$
begin
    perform take_number_in_turn(new.issuer, new.unit_id, new.cluster_id, new.series, new.series_year);
    if exists (select from cancelled_numbers c where (c.issuer, c.series, c.series_year, c.number) = (new.issuer, new.series, new.series_year, new.number)
               and c.unit_id is not distinct from new.unit_id and c.cluster_id is not distinct from new.cluster_id) then
        raise exception 'number % was cancelled', new.number using errcode = 'unique_violation', constraint = 'documents_number_not_cancelled';
    end if;
    return new;
end $$;
create trigger documents_number_not_cancelled before insert on documents for each row execute function refuse_cancelled_number();

-- A decision takes its number in VUSTA's series of decisions before it is printed.
create function refuse_cancelled_decision_number() returns trigger language plpgsql as $$
begin
    if new.number is not null then
        perform take_number_in_turn('office', null, null, 'QĐ', new.series_year);
        if exists (select from cancelled_numbers c where (c.issuer, c.series, c.series_year, c.number) = ('office', 'QĐ', new.series_year, new.number)) then
            raise exception 'number % was cancelled', new.number using errcode = 'unique_violation', constraint = 'decisions_number_not_cancelled';
        end if;
    end if;
    return new;
end $$;
create trigger decisions_number_not_cancelled before insert or update of number on decisions for each row execute function refuse_cancelled_decision_number();

create function refuse_given_number() returns trigger language plpgsql as $$
begin
    perform take_number_in_turn(new.issuer, new.unit_id, new.cluster_id, new.series, new.series_year);
    if exists (select from documents d where (d.issuer, d.series, d.series_year, d.number) = (new.issuer, new.series, new.series_year, new.number)
               and d.unit_id is not distinct from new.unit_id and d.cluster_id is not distinct from new.cluster_id)
       or ((new.issuer, new.series) = ('office', 'QĐ')
           and exists (select from decisions d where (d.series_year, d.number) = (new.series_year, new.number))) then
        raise exception 'number % was given', new.number using errcode = 'unique_violation', constraint = 'cancelled_numbers_not_given';
    end if;
    return new;
end $$;
create trigger cancelled_numbers_not_given before insert on cancelled_numbers for each row execute function refuse_given_number();
