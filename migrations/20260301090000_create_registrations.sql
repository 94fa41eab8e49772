-- What every paper handed in shares: receipts, returns with their items, attached files.
-- `record_kind` names the table, `record_id` the row; each feature's queries are the only way in.

create table receipts (
    id           uuid        constraint receipts_pkey primary key,
    record_kind  text        not null,
    record_id    uuid        not null,
    number       integer     not null,
    submitted_at timestamptz not null,
    submitted_by uuid        not null constraint receipts_person_fkey references persons,
    late_days    integer     not null constraint receipts_late_days_range check (late_days >= 0),
    content      jsonb       not null,
    content_hash bytea       not null,
    constraint receipts_number_unique unique (record_kind, record_id, number)
);
create trigger receipts_append_only before update or delete on receipts for each row execute function refuse_change();

create table returns (
    id           uuid        constraint returns_pkey primary key,
    record_kind  text        not null,
    record_id    uuid        not null,
    returned_at  timestamptz not null,
    returned_by  uuid        not null constraint returns_person_fkey references persons,
    reason       text        not null constraint returns_reason_given check (char_length(reason) > 0),
    due_on       date,
    items        jsonb       not null,
    constraint returns_items_are_a_list check (jsonb_typeof(items) = 'array')
);
create index returns_record_idx on returns (record_kind, record_id, returned_at desc);
create trigger returns_append_only before update or delete on returns for each row execute function refuse_change();

create table attachments (
    id          uuid        constraint attachments_pkey primary key,
    record_kind text        not null,
    record_id   uuid        not null,
    part        text        not null default '',
    file_name   text        not null,
    media_type  text        not null,
    size        bigint      not null constraint attachments_size_range check (size between 1 and 20971520),
    sha256      bytea       not null,
    uploaded_at timestamptz not null,
    uploaded_by uuid        not null constraint attachments_person_fkey references persons,
    removed_at  timestamptz
);
create index attachments_record_idx on attachments (record_kind, record_id) where removed_at is null;

-- A unit's yearly registration. `draft` is the form as typed, `content` what was last handed in, checked.
create table registrations (
    id             uuid        constraint registrations_pkey primary key,
    year_id        uuid        not null constraint registrations_year_fkey references years,
    unit_id        uuid        not null constraint registrations_unit_fkey references units,
    state          text        not null constraint registrations_state_known check (state in
                               ('draft', 'submitted', 'returned', 'accepted', 'forwarded')),
    version        integer     not null default 1,
    draft          jsonb       not null constraint registrations_draft_bounded check (octet_length(draft::text) <= 400000),
    draft_saved_at timestamptz not null,
    draft_saved_by uuid        not null constraint registrations_drafter_fkey references persons,
    content        jsonb,
    submitted_at   timestamptz,
    late_days      integer,
    accepted_at    timestamptz,
    constraint registrations_unit_once_a_year unique (year_id, unit_id),
    constraint registrations_membership_fkey foreign key (year_id, unit_id) references memberships (year_id, unit_id),
    constraint registrations_submitted_has_content check (state = 'draft' or content is not null)
);
create index registrations_unit_idx on registrations (unit_id);

create function keep_accepted_content() returns trigger language plpgsql as $$
begin
    if old.state in ('accepted', 'forwarded', 'final', 'sent', 'acknowledged') and
       (tg_op = 'DELETE' or new.content is distinct from old.content) then
        raise exception '% is locked', tg_table_name using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger registrations_locked before update or delete on registrations for each row execute function keep_accepted_content();
