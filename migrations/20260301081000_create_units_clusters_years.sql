-- Member associations with their succession, clusters, and the emulation year of a cluster:
-- its members, lead and deputy, calendar and rules. All of it is dated.

create extension if not exists btree_gist;

create table units (
    id          uuid constraint units_pkey primary key,
    slug        text not null constraint units_slug_unique unique constraint units_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    place       text not null,
    name        text not null constraint units_name_nfc check (name is nfc normalized),
    short_name  text not null,
    kind        text not null constraint units_kind_known check (kind in ('provincial_union', 'national_association')),
    founded_on  date,
    ended_on    date,
    address     text not null default '',
    phone       text not null default '',
    email       text not null default '',
    search_key  text not null,
    made_up     text[] not null default '{}',
    version     integer not null default 1,
    constraint units_end_after_founding check (ended_on >= founded_on)
);

-- A province code is not a key: seven codes changed their owner on 1 July 2025.
create table unit_province_codes (
    unit_id   uuid    not null constraint unit_province_codes_unit_fkey references units,
    code      text    not null constraint unit_province_codes_form check (code ~ '^[0-9]{2}$'),
    valid     daterange not null,
    constraint unit_province_codes_pkey primary key (unit_id, code, valid),
    constraint unit_province_codes_one_owner exclude using gist (code with =, valid with &&)
);

create table unit_successions (
    predecessor_id uuid not null constraint unit_successions_predecessor_fkey references units,
    successor_id   uuid not null constraint unit_successions_successor_fkey references units,
    happened_on    date not null,
    kind           text not null constraint unit_successions_kind_known check (kind in ('merge', 'rename', 'split')),
    constraint unit_successions_pkey primary key (predecessor_id, successor_id)
);
create index unit_successions_successor_idx on unit_successions (successor_id);

create table unit_facts (
    unit_id                 uuid    not null constraint unit_facts_unit_fkey references units,
    year                    integer not null,
    departments             integer constraint unit_facts_departments_range check (departments between 0 and 50),
    staff                   integer constraint unit_facts_staff_range check (staff between 0 and 500),
    leader_is_civil_servant boolean,
    made_up                 text[]  not null default '{}',
    constraint unit_facts_pkey primary key (unit_id, year)
);

create table clusters (
    id     uuid    constraint clusters_pkey primary key,
    slug   text    not null constraint clusters_slug_unique unique,
    number integer not null constraint clusters_number_unique unique,
    name   text    not null,
    note   text    not null default ''
);
alter table posts add constraint posts_unit_fkey foreign key (unit_id) references units;
alter table posts add constraint posts_cluster_fkey foreign key (cluster_id) references clusters;

create table years (
    id          uuid        constraint years_pkey primary key,
    cluster_id  uuid        not null constraint years_cluster_fkey references clusters,
    year        integer     not null constraint years_year_range check (year between 2000 and 2100),
    state       text        not null constraint years_state_known check (state in ('open', 'closed')),
    opened_at   timestamptz not null,
    closed_at   timestamptz,
    version     integer     not null default 1,
    constraint years_cluster_year_unique unique (cluster_id, year),
    constraint years_closed_has_time check ((state = 'closed') = (closed_at is not null))
);

create table memberships (
    year_id   uuid not null constraint memberships_year_fkey references years,
    unit_id   uuid not null constraint memberships_unit_fkey references units,
    from_date date,
    to_date   date,
    constraint memberships_pkey primary key (year_id, unit_id)
);
create index memberships_unit_idx on memberships (unit_id);

-- Which unit leads, which stands in, and from when to when: the secretariat's rights follow these dates.
create table leaderships (
    id         uuid not null constraint leaderships_pkey primary key,
    cluster_id uuid not null constraint leaderships_cluster_fkey references clusters,
    year_id    uuid not null constraint leaderships_year_fkey references years,
    office     text not null constraint leaderships_office_known check (office in ('lead', 'deputy')),
    unit_id    uuid not null constraint leaderships_unit_fkey references units,
    starts_on  date not null,
    ends_on    date,
    constraint leaderships_end_after_start check (ends_on >= starts_on),
    constraint leaderships_one_at_a_time exclude using gist
        (cluster_id with =, office with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index leaderships_unit_idx on leaderships (unit_id);
create index leaderships_year_idx on leaderships (year_id);

-- The steps that a year can have, with the windows a new year starts from (month and day; a due day
-- before the opening day falls in the next year).
create table step_catalogue (
    step      text    constraint step_catalogue_pkey primary key,
    position  integer not null,
    name      text    not null,
    opens     text    not null,
    due       text    not null,
    next_year boolean not null default false
);
insert into step_catalogue (step, position, name, opens, due, next_year) values
    ('guidance',           1, 'Hướng dẫn của LHHVN',          '01-02', '01-31', false),
    ('plan',               2, 'Kế hoạch của cụm',             '01-10', '02-15', false),
    ('registration',       3, 'Đăng ký thi đua',              '01-15', '02-28', false),
    ('consolidation',      4, 'Tổng hợp đăng ký',             '03-01', '03-15', false),
    ('covenant',           5, 'Ký giao ước thi đua',          '03-01', '03-31', false),
    ('midyear_report',     6, 'Báo cáo 6 tháng',              '06-15', '07-10', false),
    ('midyear_conference', 7, 'Hội nghị sơ kết',              '07-10', '08-05', false),
    ('annual_report',      8, 'Báo cáo năm',                  '10-15', '11-15', false),
    ('appraisal',          9, 'Thẩm định',                    '11-16', '11-25', false),
    ('conference',        10, 'Hội nghị tổng kết, suy tôn',   '11-20', '12-25', false),
    ('dossiers',          11, 'Trình LHHVN',                  '11-27', '12-31', false),
    ('council',           12, 'Hội đồng xét',                 '01-05', '01-31', true),
    ('decision',          13, 'Quyết định khen thưởng',       '01-15', '03-26', true),
    ('handover',          14, 'Bàn giao cụm trưởng',          '12-15', '12-31', false);

create table year_steps (
    year_id  uuid    not null constraint year_steps_year_fkey references years,
    step     text    not null constraint year_steps_step_fkey references step_catalogue,
    position integer not null,
    opens_on date    not null,
    due_on   date    not null,
    late_is  text    not null default 'marked' constraint year_steps_late_known check (late_is in ('marked', 'refused')),
    constraint year_steps_pkey primary key (year_id, step),
    constraint year_steps_due_after_opening check (due_on >= opens_on)
);

-- More time for one unit (hardship, an outage): the deadline moves for it alone, and the reason stands.
create table deadline_extensions (
    year_id    uuid        not null,
    step       text        not null,
    unit_id    uuid        not null constraint deadline_extensions_unit_fkey references units,
    due_on     date        not null,
    reason     text        not null constraint deadline_extensions_reason_given check (char_length(reason) > 0),
    granted_at timestamptz not null,
    granted_by uuid        not null constraint deadline_extensions_person_fkey references persons,
    constraint deadline_extensions_pkey primary key (year_id, step, unit_id),
    constraint deadline_extensions_step_fkey foreign key (year_id, step) references year_steps
);

create table year_rules (
    year_id           uuid         constraint year_rules_pkey primary key constraint year_rules_year_fkey references years,
    flag_quota        integer      not null constraint year_rules_flag_quota_range check (flag_quota between 0 and 20),
    merit_quota       integer      not null constraint year_rules_merit_quota_range check (merit_quota between 0 and 50),
    quorum_percent    numeric(5,2) not null constraint year_rules_quorum_range check (quorum_percent between 0 and 100),
    threshold_percent numeric(5,2) not null constraint year_rules_threshold_range check (threshold_percent between 0 and 100),
    threshold_base    text         not null constraint year_rules_base_known check (threshold_base in ('all_units', 'present', 'valid_papers')),
    frozen_at         timestamptz,
    version           integer      not null default 1
);

create function keep_frozen_rules() returns trigger language plpgsql as $$
begin
    if old.frozen_at is not null then
        raise exception 'the rules of this year have been used' using errcode = 'integrity_constraint_violation', constraint = 'year_rules_frozen';
    end if;
    return new;
end $$;
create trigger year_rules_frozen before update or delete on year_rules for each row execute function keep_frozen_rules();

-- Titles and forms of commendation a unit can register or be nominated for (Law 06/2022/QH15, chapters II and III).
create table awards (
    code        text    constraint awards_pkey primary key,
    position    integer not null,
    name        text    not null,
    short_name  text    not null,
    for_units   boolean not null,
    for_persons boolean not null
);
insert into awards (code, position, name, short_name, for_units, for_persons) values
    ('government_flag',      1, 'Cờ thi đua của Chính phủ',                                    'Cờ Chính phủ',    true,  false),
    ('vusta_flag',           2, 'Cờ thi đua của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam', 'Cờ thi đua LHHVN', true,  false),
    ('labour_order_3',       3, 'Huân chương Lao động hạng Ba',                                'HCLĐ hạng Ba',    true,  true),
    ('pm_merit',             4, 'Bằng khen của Thủ tướng Chính phủ',                           'Bằng khen TTg',   true,  true),
    ('vusta_merit',          5, 'Bằng khen của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam',  'Bằng khen LHHVN', true,  true),
    ('excellent_collective', 6, 'Tập thể lao động xuất sắc',                                   'Tập thể LĐXS',    true,  false),
    ('national_fighter',     7, 'Chiến sĩ thi đua toàn quốc',                                  'CSTĐ toàn quốc',  false, true),
    ('vusta_fighter',        8, 'Chiến sĩ thi đua cấp Liên hiệp Hội Việt Nam',                 'CSTĐ LHHVN',      false, true),
    ('grassroots_fighter',   9, 'Chiến sĩ thi đua cơ sở',                                      'CSTĐ cơ sở',      false, true),
    ('advanced_worker',     10, 'Lao động tiên tiến',                                          'LĐ tiên tiến',    false, true),
    ('medal',               11, 'Kỷ niệm chương của Liên hiệp Hội Việt Nam',                   'Kỷ niệm chương',  false, true);
