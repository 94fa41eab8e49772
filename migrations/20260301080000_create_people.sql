-- Persons, their dated posts, sessions, one-time password links, queued mail and the journal.

create table persons (
    id               uuid        constraint persons_pkey primary key,
    login            text        not null constraint persons_login_unique unique
                                 constraint persons_login_form check (login ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
    full_name        text        not null constraint persons_full_name_form check (full_name is nfc normalized and char_length(full_name) between 1 and 100),
    gender           text        constraint persons_gender_known check (gender in ('female', 'male')),
    email            text        not null default '',
    password_hash    text,
    failed_sign_ins  integer     not null default 0,
    locked_until     timestamptz,
    disabled_at      timestamptz,
    created_at       timestamptz not null,
    version          integer     not null default 1
);

create table posts (
    id          uuid constraint posts_pkey primary key,
    person_id   uuid not null constraint posts_person_fkey references persons,
    role        text not null constraint posts_role_known check (role in
                ('unit_officer', 'unit_leader', 'cluster_patron', 'standing_office', 'council_member', 'administrator')),
    unit_id     uuid,
    cluster_id  uuid,
    starts_on   date not null,
    ends_on     date,
    constraint posts_end_after_start check (ends_on >= starts_on),
    constraint posts_scope_fits_role check (
        (unit_id is not null) = (role in ('unit_officer', 'unit_leader'))
        and (cluster_id is not null) = (role = 'cluster_patron'))
);
create index posts_person_idx on posts (person_id);
create index posts_unit_idx on posts (unit_id) where unit_id is not null;

create table sessions (
    id            uuid        constraint sessions_pkey primary key,
    token_hash    bytea       not null constraint sessions_token_unique unique,
    person_id     uuid        not null constraint sessions_person_fkey references persons,
    created_at    timestamptz not null,
    last_seen_at  timestamptz not null,
    expires_at    timestamptz not null,
    user_agent    text        not null,
    address       text        not null
);
create index sessions_person_idx on sessions (person_id);

create table password_links (
    token_hash  bytea       constraint password_links_pkey primary key,
    person_id   uuid        not null constraint password_links_person_fkey references persons,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
create index password_links_person_idx on password_links (person_id);

create table mails (
    id          uuid        constraint mails_pkey primary key,
    recipient   text        not null,
    subject     text        not null,
    body        text        not null,
    queued_at   timestamptz not null,
    next_try_at timestamptz not null,
    attempts    integer     not null default 0,
    sent_at     timestamptz,
    last_error  text
);
create index mails_waiting_idx on mails (next_try_at) where sent_at is null;

-- Who did what to which record. Each line carries the hash of the one before it, so that a line that
-- is changed, removed or slipped in later breaks the chain (`cumthidua journal verify`).
create table journal (
    number      bigint      constraint journal_pkey primary key,
    at          timestamptz not null,
    person_id   uuid,
    person_name text        not null,
    action      text        not null,
    record_kind text        not null,
    record_id   uuid        not null,
    cluster_id  uuid,
    unit_id     uuid,
    before      jsonb,
    after       jsonb,
    previous    bytea       not null,
    hash        bytea       not null constraint journal_hash_unique unique
);
create index journal_record_idx on journal (record_kind, record_id, number);
create index journal_cluster_idx on journal (cluster_id, number) where cluster_id is not null;

-- One row that writers lock, so that the chain has one order.
create table journal_head (
    only_one boolean constraint journal_head_pkey primary key default true constraint journal_head_single check (only_one),
    number   bigint  not null,
    hash     bytea   not null
);
insert into journal_head (number, hash) values (0, decode(repeat('00', 32), 'hex'));

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_append_only';
end $$;
create trigger journal_append_only before update or delete on journal for each row execute function refuse_change();

-- Facts about this installation: whether it shows the demonstration world.
create table installation (
    only_one boolean     constraint installation_pkey primary key default true constraint installation_single check (only_one),
    is_demo  boolean     not null,
    since    timestamptz not null
);
