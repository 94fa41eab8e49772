-- A world to measure in: `psql -v scale=1` fills an empty, migrated database with 9 clusters of 8 units over 5 years,
-- `scale=100` with 900. The newest year is this one and open, the others are closed. Everything follows from numbers:
-- cluster c is `cum-c`, its units are 8c-7 to 8c (`don-vi-n`), and unit n's officer is signed in with the token `can-bo-n`.
\set ON_ERROR_STOP on
\set QUIET on
begin;

create function pg_temp.id(what text) returns uuid language sql immutable as $$ select md5(what)::uuid $$;

-- Each unit's place in its cluster is `seat`, 1 to 8; each year's `age` is 0 for the open one, up to 4.
create temporary table seats as
select n, (n - 1) / 8 + 1 as c, (n - 1) % 8 + 1 as seat from generate_series(1, 9 * 8 * :scale) as n;
create temporary table ages as
select extract(year from now() at time zone 'Asia/Ho_Chi_Minh')::int - age as year, age from generate_series(0, 4) as age;

insert into clusters (id, slug, number, name)
select pg_temp.id('cluster ' || c), 'cum-' || c, c, 'Cụm thi đua số ' || c from generate_series(1, 9 * :scale) as c;

insert into units (id, slug, place, name, short_name, kind, address, phone, email, search_key)
select pg_temp.id('unit ' || n), 'don-vi-' || n, 'Tỉnh số ' || n, 'Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh số ' || n,
       'Liên hiệp Hội tỉnh số ' || n, 'provincial_union', 'Số ' || n || ' đường Hòa Bình', '0212 000 ' || lpad((n % 10000)::text, 4, '0'),
       'don-vi-' || n || '@example.vn', 'lien hiep cac hoi khoa hoc va ky thuat tinh so ' || n
from seats;

insert into unit_facts (unit_id, year, departments, staff, leader_is_civil_servant)
select pg_temp.id('unit ' || n), year, 2 + n % 4, 3 + (n + age) % 18, n % 3 > 0 from seats, ages;

-- People: an officer and a leader for each unit, a patron for each cluster, and those of VUSTA.
create temporary table people as
select 'can-bo-' || n as login, 'Nguyễn Thị Cán Bộ ' || n as full_name, 'unit_officer' as role, n as unit, null::int as cluster from seats
union all select 'lanh-dao-' || n, 'Trần Văn Lãnh Đạo ' || n, 'unit_leader', n, null from seats
union all select 'phu-trach-' || c, 'Lê Văn Phụ Trách ' || c, 'cluster_patron', null, c from generate_series(1, 9 * :scale) as c
union all select 'uy-vien-' || i, 'Phạm Thị Ủy Viên ' || i, 'council_member', null, null from generate_series(1, 9) as i
union all values ('thuong-truc', 'Hoàng Văn Thường Trực', 'standing_office', null::int, null::int),
                 ('quan-tri', 'Vũ Thị Quản Trị', 'administrator', null, null);

insert into persons (id, login, full_name, gender, email, password_hash, created_at)
select pg_temp.id('person ' || login), login, full_name, 'female', login || '@example.vn', 'none', now() - interval '5 years' from people;

insert into posts (id, person_id, role, unit_id, cluster_id, starts_on)
select pg_temp.id('post ' || login), pg_temp.id('person ' || login), role, pg_temp.id('unit ' || unit), pg_temp.id('cluster ' || cluster),
       (select make_date(min(year), 1, 1) from ages)
from people;

insert into sessions (id, token_hash, person_id, created_at, last_seen_at, expires_at, user_agent, address)
select pg_temp.id('session ' || login), sha256(convert_to(login, 'UTF8')), pg_temp.id('person ' || login), now(), now(), now() + interval '12 hours',
       'Mozilla/5.0', '127.0.0.1'
from people;

-- Years with members, lead and deputy (another unit each year), calendar, rules.
insert into years (id, cluster_id, year, state, opened_at, closed_at)
select pg_temp.id('year ' || c || ' ' || year), pg_temp.id('cluster ' || c), year, case age when 0 then 'open' else 'closed' end,
       make_date(year, 1, 2), case when age > 0 then make_date(year + 1, 4, 1) end
from ages, generate_series(1, 9 * :scale) as c;

insert into memberships (year_id, unit_id) select pg_temp.id('year ' || c || ' ' || year), pg_temp.id('unit ' || n) from seats, ages;

insert into leaderships (id, cluster_id, year_id, office, unit_id, starts_on, ends_on)
select pg_temp.id(office || ' ' || c || ' ' || year), pg_temp.id('cluster ' || c), pg_temp.id('year ' || c || ' ' || year), office,
       pg_temp.id('unit ' || n), make_date(year, 1, 1), make_date(year, 12, 31)
from seats, ages, (values ('lead', 0), ('deputy', 1)) as offices (office, ahead)
where seat = (year + ahead) % 8 + 1;

insert into year_steps (year_id, step, position, opens_on, due_on)
select pg_temp.id('year ' || c || ' ' || year), step, position, to_date((year + next_year::int) || '-' || opens, 'YYYY-MM-DD'),
       to_date((year + next_year::int) || '-' || due, 'YYYY-MM-DD')
from step_catalogue, ages, generate_series(1, 9 * :scale) as c;

insert into year_rules (year_id, flag_quota, merit_quota, quorum_percent, threshold_percent, threshold_base, frozen_at)
select pg_temp.id('year ' || c || ' ' || year), 2, 3, 66.67, 50, 'all_units', case when age > 0 then make_date(year, 12, 20) end
from ages, generate_series(1, 9 * :scale) as c;

-- A registration as people fill it in: 9 targets, 3 titles, 5 persons, 2 initiatives. `typed` is the form, else the checked content.
create function pg_temp.registration(n int, year int, typed boolean) returns jsonb language sql immutable as $$
    select jsonb_build_object(
        'contact_name', 'Nguyễn Thị Cán Bộ', 'contact_phone', '0212 000 0001', 'contact_email', 'can-bo@example.vn',
        'note', 'Đơn vị đăng ký thi đua trên cơ sở kết quả năm trước và chương trình công tác năm nay.',
        'targets', (select jsonb_agg(jsonb_build_object('id', pg_temp.id(format('target %s %s %s', n, year, i)),
            'indicator', (array['Nhiệm vụ tư vấn, phản biện và giám định xã hội', 'Lớp tập huấn, bồi dưỡng kiến thức', 'Hội thảo khoa học',
                'Bài viết, tin trên bản tin và trang thông tin điện tử', 'Đề tài, dự án khoa học và công nghệ', 'Hội viên mới kết nạp',
                'Giải pháp dự thi hội thi sáng tạo kỹ thuật', 'Mô hình ứng dụng tiến bộ kỹ thuật', 'Hoạt động nhân đạo, từ thiện'])[i],
            'unit_of_measure', (array['nhiệm vụ', 'lớp', 'cuộc', 'bài', 'đề tài', 'người', 'giải pháp', 'mô hình', 'hoạt động'])[i],
            'last_result', (i * 2 + n % 5)::text,
            'target', (i * 2 + 1 + n % 7)::text, 'note', case when i % 3 = 0 then 'phối hợp với các sở, ngành của tỉnh' else '' end) order by i)
            from generate_series(1, 9) as i),
        'titles', (select jsonb_agg(jsonb_build_object('id', pg_temp.id(format('title %s %s %s', n, year, award)), 'award', award, 'note', '') order by award)
            from unnest(array['vusta_flag', 'vusta_merit', 'excellent_collective']) as award),
        'individuals', (select jsonb_agg(jsonb_build_object('id', pg_temp.id(format('individual %s %s %s', n, year, i)), 'full_name', 'Trần Thị Cá Nhân',
            'birth_year', case when typed then to_jsonb((1969 + i)::text) else to_jsonb(1969 + i) end, 'gender', case when i % 2 = 0 then 'male' else 'female' end,
            'position', 'Chuyên viên Văn phòng Liên hiệp Hội', 'award', (array['vusta_fighter', 'grassroots_fighter', 'vusta_merit', 'medal', 'advanced_worker'])[i],
            'note', '') order by i) from generate_series(1, 5) as i),
        'initiatives', (select jsonb_agg(jsonb_build_object('id', pg_temp.id(format('initiative %s %s %s', n, year, i)),
            'name', 'Giải pháp nâng cao chất lượng hoạt động tư vấn, phản biện của Liên hiệp Hội', 'recognised_by', 'Hội đồng Sáng kiến tỉnh',
            'recognised_on', case when typed then '15/06/' || year else year || '-06-15' end) order by i) from generate_series(1, 2) as i))
$$;

-- A report on it: a figure for each target, one more, six sections of text. (Numbers are text in both forms.)
create function pg_temp.report(n int, year int, typed boolean) returns jsonb language sql immutable as $$
    select jsonb_build_object(
        'figures', (select jsonb_agg(jsonb_build_object('id', target -> 'id', 'reached', (i + n % 9)::text, 'certainty', 'final', 'note', '')
                || case when typed then '{}' else jsonb_build_object('indicator', target -> 'indicator', 'unit_of_measure', target -> 'unit_of_measure',
                       'registered', target -> 'target') end order by i)
            from jsonb_array_elements(pg_temp.registration(n, year, typed) -> 'targets') with ordinality as targets (target, i)),
        'additions', jsonb_build_array(jsonb_build_object('id', pg_temp.id(format('addition %s %s', n, year)), 'indicator', 'Sách đã xuất bản',
            'unit_of_measure', 'cuốn', 'reached', '2', 'certainty', 'final', 'note', '') || case when typed then '{}' else '{"registered": null}' end))
    || (select jsonb_object_agg(section, repeat('Liên hiệp Hội đã triển khai nhiệm vụ theo chương trình công tác năm, kết quả cụ thể như bảng trên. ', 6))
        from unnest(array['situation', 'results', 'emulation', 'limitations', 'directions', 'proposals']) as section)
$$;

-- This year seats 1 and 2 still write (their saves are measured), 3 waits, 4 was sent back, the others are taken in.
create temporary table papers as
select n, c, seat, year, age, pg_temp.id('unit ' || n) as unit_id, pg_temp.id('year ' || c || ' ' || year) as year_id,
       pg_temp.id('person can-bo-' || n) as officer, pg_temp.id('person lanh-dao-' || n) as leader,
       case when age > 0 then 'forwarded' else (array['draft', 'draft', 'submitted', 'returned'])[seat] end as open_state,
       least(make_date(year, 2, 1 + seat) + time '02:30', now()) as registered_at, least(make_date(year, 11, 1 + seat) + time '02:30', now()) as reported_at
from seats, ages;
analyze papers;

insert into registrations (id, year_id, unit_id, state, version, draft, draft_saved_at, draft_saved_by, content, submitted_at, late_days, accepted_at)
select pg_temp.id(format('registration %s %s', n, year)), year_id, unit_id, coalesce(open_state, 'accepted'), 3, pg_temp.registration(n, year, true),
       registered_at, officer, case when handed_in then pg_temp.registration(n, year, false) end, case when handed_in then registered_at end,
       case when handed_in then (seat = 8)::int * 3 end, case when coalesce(open_state, 'forwarded') = 'forwarded' then registered_at + interval '3 days' end
from papers, lateral (select open_state is distinct from 'draft' as handed_in) as h;

insert into reports (id, year_id, unit_id, period, state, version, draft, draft_saved_at, draft_saved_by, content, submitted_at, late_days, accepted_at, finalised_at)
select pg_temp.id(format('report %s %s', n, year)), year_id, unit_id, 'annual', state, 3, pg_temp.report(n, year, true), reported_at, officer,
       case when state <> 'draft' then pg_temp.report(n, year, false) end, case when state <> 'draft' then reported_at end,
       case when state <> 'draft' then 0 end, case when state in ('accepted', 'final') then reported_at end, case when state = 'final' then reported_at end
from papers, lateral (select case open_state when 'forwarded' then 'final' else coalesce(open_state, 'accepted') end as state) as s;

-- What stands beside them: receipts, the returns, files.
insert into receipts (id, record_kind, record_id, number, submitted_at, submitted_by, late_days, content, content_hash)
select pg_temp.id('receipt ' || p.id), kind, p.id, 1, submitted_at, leader, late_days, frozen, sha256(convert_to(frozen::text, 'UTF8'))
from (select 'registrations' as kind, id, year_id, unit_id, submitted_at, late_days, content from registrations
      union all select 'reports', id, year_id, unit_id, submitted_at, late_days, content from reports) as p
join papers using (year_id, unit_id), lateral (select jsonb_build_object('content', content, 'attachments', '[]'::jsonb) as frozen) as f
where content is not null;

insert into returns (id, record_kind, record_id, returned_at, returned_by, reason, items)
select pg_temp.id('return ' || r.id), 'registrations', r.id, registered_at + interval '1 day', leader, 'Số liệu năm trước chưa khớp với báo cáo đã chốt.',
       jsonb_build_array(jsonb_build_object('section', 'targets', 'row', r.draft #> '{targets,0,id}', 'label', r.draft #> '{targets,0,indicator}',
           'note', 'Ghi lại kết quả năm trước.'), jsonb_build_object('section', 'initiatives', 'row', null, 'label', 'Sáng kiến, đề tài', 'note', ''))
from registrations r join papers using (year_id, unit_id) where seat = 4;

insert into attachments (id, record_kind, record_id, part, file_name, media_type, size, sha256, uploaded_at, uploaded_by)
select pg_temp.id(format('file %s %s', p.id, i)), kind, p.id, '', 'Phụ lục ' || i || '.pdf', 'application/pdf', 100000, sha256(convert_to(format('%s %s', p.id, i), 'UTF8')), registered_at, officer
from (select 'registrations' as kind, id, year_id, unit_id from registrations union all select 'reports', id, year_id, unit_id from reports) as p
join papers using (year_id, unit_id), generate_series(1, 2) as i;

insert into consolidations (id, year_id, state, version, content, sent_at, acknowledged_at)
select pg_temp.id('consolidation ' || year_id), year_id, 'acknowledged', 3, jsonb_build_object('missing', '[]'::jsonb, 'note', '', 'lines', jsonb_agg(
           jsonb_build_object('unit_id', unit_id, 'slug', 'don-vi-' || n, 'unit', 'Liên hiệp Hội tỉnh số ' || n, 'late_days', 0, 'targets', 9,
               'titles', '["vusta_flag", "vusta_merit", "excellent_collective"]'::jsonb, 'initiatives', 2,
               'individuals', '[{"award": "vusta_fighter", "number": 1}, {"award": "medal", "number": 1}]'::jsonb) order by n)),
       max(registered_at) + interval '20 days', max(registered_at) + interval '30 days'
from papers where age > 0 group by year_id;

-- Three nominations a year: this year's are with VUSTA, those of closed years have been awarded.
select to_regclass('nominations') is not null as has_nominations \gset
\if :has_nominations
insert into nominations (id, year_id, unit_id, award, state, version, votes_for, votes_of, working)
select pg_temp.id(format('nomination %s %s', n, year)), year_id, unit_id, case when seat < 7 then 'vusta_flag' else 'vusta_merit' end,
       case when age > 0 then 'awarded' else 'submitted' end, 2, 7, 8, '7 trên 8 đơn vị, quá 50%'
from papers where seat >= 5 and seat < 8;
insert into nomination_events (id, nomination_id, happened_at, happened_by, action, state_after)
select pg_temp.id(format('%s %s', action, o.id)), o.id, reported_at, leader, action, o.state
from nominations o join papers using (year_id, unit_id), unnest(array['acclaim', 'submit']) as action;
\endif

\ir scores.sql

commit;
vacuum (analyze);
