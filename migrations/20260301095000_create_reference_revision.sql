-- The revision of the reference data: who holds which post, which units are in which cluster and year, calendars, rules. A new random
-- value comes with each change, in the changing transaction, so that the program can keep what it has read until then.

create table reference_revision (
    is_only  boolean not null default true constraint reference_revision_pkey primary key
                     constraint reference_revision_one_row check (is_only),
    revision uuid    not null default gen_random_uuid()
);
insert into reference_revision default values;

create function renew_reference_revision() returns trigger language plpgsql as $$
begin
    update reference_revision set revision = gen_random_uuid();
    return null;
end $$;

create trigger clusters_revised after insert or update or delete on clusters
    for each statement execute function renew_reference_revision();
create trigger deadline_extensions_revised after insert or update or delete on deadline_extensions
    for each statement execute function renew_reference_revision();
create trigger leaderships_revised after insert or update or delete on leaderships
    for each statement execute function renew_reference_revision();
create trigger memberships_revised after insert or update or delete on memberships
    for each statement execute function renew_reference_revision();
create trigger posts_revised after insert or update or delete on posts
    for each statement execute function renew_reference_revision();
create trigger unit_facts_revised after insert or update or delete on unit_facts
    for each statement execute function renew_reference_revision();
create trigger unit_successions_revised after insert or update or delete on unit_successions
    for each statement execute function renew_reference_revision();
create trigger units_revised after insert or update or delete on units
    for each statement execute function renew_reference_revision();
create trigger year_rules_revised after insert or update or delete on year_rules
    for each statement execute function renew_reference_revision();
create trigger year_steps_revised after insert or update or delete on year_steps
    for each statement execute function renew_reference_revision();
create trigger years_revised after insert or update or delete on years
    for each statement execute function renew_reference_revision();
-- Signing in writes to persons too; only what others see of a person is reference data.
create trigger persons_revised after insert or delete or update of login, full_name, gender, disabled_at on persons
    for each statement execute function renew_reference_revision();
