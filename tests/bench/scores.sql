-- Scores for world.sql, which includes this: last year was scored on 40 criteria, the year before on 120, and both were
-- confirmed at the conference; this year units have scored themselves on 40. Points follow from the unit's seat.
create temporary table tables_of_years as
select year, age, case age when 2 then 12 else 4 end as each, pg_temp.id('criteria ' || year) as set_id from ages where age <= 2;

insert into criteria_sets (id, year, cluster_id, number, state, title, note, rules, saved_at, saved_by)
select set_id, year, null, 1, 'draft', 'Bảng tiêu chí chấm điểm thi đua', '', jsonb_build_object('total', (10 * each * 2.5)::text, 'decimals', 2,
           'rescaling', 'rescale_group', 'bonus_ceiling', '5', 'deduction_floor', '10', 'ties', '[{"step": "more_bonus"}, {"step": "vote"}]'::jsonb,
           'classes', '[{"from": "80", "label": "Hoàn thành xuất sắc nhiệm vụ"}, {"from": "0", "label": "Hoàn thành nhiệm vụ"}]'::jsonb),
       make_date(year, 1, 10), pg_temp.id('person thuong-truc')
from tables_of_years;

-- Ten groups; in each, lines of all kinds: judged, yes or no, by a ratio, in steps.
create temporary table lines_of_tables as
select year, age, set_id, g, i, pg_temp.id(format('line %s %s %s', year, g, i)) as id, format('%s.%s', to_char(g, 'FMRN'), i) as code,
       (array['{"kind": "judged"}', '{"kind": "yes_no"}', '{"kind": "target_ratio", "full_at_percent": "100", "points_at_target": "2.5", "nothing_below_percent": "0"}',
              '{"of": "value", "kind": "steps", "bands": [{"from": "1", "points": "1"}, {"from": "5", "points": "2.5"}]}'])[1 + i % 4]::jsonb as kind
from tables_of_years, generate_series(1, 10) as g, lateral generate_series(1, each) as i;

insert into criteria (id, set_id, parent_id, position, code, name, kind, maximum, needs_evidence, note)
select pg_temp.id(format('group %s %s', year, g)), set_id, null, (g - 1) * (each + 1) + 1, to_char(g, 'FMRN'), 'Nhóm tiêu chí số ' || g, '{"kind": "group"}', each * 2.5, false, ''
from tables_of_years, generate_series(1, 10) as g;
insert into criteria (id, set_id, parent_id, position, code, name, kind, maximum, needs_evidence, note)
select id, set_id, pg_temp.id(format('group %s %s', year, g)), (g - 1) * (each + 1) + 1 + i, code, 'Số nhiệm vụ hoàn thành so với chỉ tiêu đã đăng ký, việc thứ ' || i, kind, 2.5, i % 2 = 0, ''
from lines_of_tables join tables_of_years using (year, age, set_id);
update criteria_sets set state = 'issued', issued_at = saved_at, issued_by = saved_by, content_hash = sha256(convert_to(id::text, 'UTF8'));

insert into scorings (year_id, set_id, opened_at, opened_by)
select distinct year_id, set_id, make_date(year, 11, 1)::timestamptz, pg_temp.id('person thuong-truc') from papers join tables_of_years using (year, age);

-- Each unit is appraised by the next of its cluster.
insert into appraisers (id, year_id, unit_id, appraiser_unit_id, named_at, named_by)
select pg_temp.id(format('appraiser %s %s', n, year)), year_id, unit_id, pg_temp.id('unit ' || (c - 1) * 8 + 1 + seat % 8), reported_at, leader
from papers where age <= 2;

create function pg_temp.points(seat int, g int, i int) returns numeric language sql immutable as $$ select round(2.5 - (seat * 7 + g * 3 + i) % 20 * 0.03, 2) $$;

insert into score_sheets (id, year_id, unit_id, state, version, draft, draft_saved_at, draft_saved_by, lines, submitted_at, late_days, appraised_at, appraised_by, locked_at, result)
select pg_temp.id(format('scores %s %s', n, p.year)), year_id, unit_id, case p.age when 0 then 'self_scored' else 'locked' end, 5,
       jsonb_build_object('rows', typed), reported_at, officer, lines, reported_at, 0, appraised_at, case when p.age > 0 then leader end, appraised_at,
       case when p.age > 0 then jsonb_build_object('base', total::text, 'main', jsonb_build_object('base', total::text, 'bonus', '0', 'total', total::text,
           'rescaled', '0', 'deduction', '0'), 'bonus', '0', 'class', 'Hoàn thành xuất sắc nhiệm vụ', 'total', total::text, 'missing', '[]'::jsonb,
           'by_group', by_group, 'rescaled', '0', 'deduction', '0', 'supplement', null, 'not_applicable', '[]'::jsonb, 'rescaled_groups', '[]'::jsonb) end
from papers as p,
lateral (select jsonb_agg(jsonb_build_object('id', l.id, 'points', replace(own::text, '.', ','), 'links', link, 'note', '') order by g, i) as typed,
        jsonb_agg(jsonb_build_object('criterion_id', l.id, 'own', own::text, 'computed', null, 'working', '8/7 nhiệm vụ = 114,29%', 'note', '',
            'links', jsonb_build_array(link), 'basis', jsonb_build_object('actual', (5 + i)::text, 'target', '7', 'measure', 'nhiệm vụ', 'count', null,
                'best_ratio', null, 'fact_holds', null, 'fact_times', null, 'best_actual', null),
            'appraised', case when p.age > 0 then own::text end, 'reason', '', 'question', '', 'explanation', '') order by g, i) as lines,
        sum(own) as total
    from lines_of_tables as l, lateral (select pg_temp.points(p.seat, g, i) as own, 'https://minh-chung.example/' || p.n || '/' || code as link) as o
    where l.year = p.year) as s,
lateral (select jsonb_agg(jsonb_build_object('id', pg_temp.id(format('group %s %s', p.year, g)), 'code', to_char(g, 'FMRN'), 'side', 'base', 'is_top', true,
            'points', points::text, 'maximum', maximum::text, 'is_not_applicable', false) order by g) as by_group
    from (select g, sum(pg_temp.points(p.seat, g, i)) as points, count(*) * 2.5 as maximum from lines_of_tables where year = p.year group by g) as sums) as b,
lateral (select case when p.age > 0 then reported_at + interval '10 days' end as appraised_at) as a
where p.age <= 2;

-- Who gave which points, and a file for each sheet.
insert into score_changes (id, sheet_id, criterion_id, stage, from_points, to_points, reason, changed_at, changed_by)
select pg_temp.id(format('change %s %s %s', n, l.id, stage)), pg_temp.id(format('scores %s %s', n, p.year)), l.id, stage, null, pg_temp.points(seat, g, i), '',
       reported_at, leader
from papers as p join lines_of_tables as l on l.year = p.year, unnest(array['self', 'appraisal']) as stage
where p.age in (1, 2) and (stage = 'self' or i % 4 = 0);
insert into attachments (id, record_kind, record_id, part, file_name, media_type, size, sha256, uploaded_at, uploaded_by)
select pg_temp.id('proof ' || s.id), 'score_sheets', s.id, 'I.1', 'Minh chứng.pdf', 'application/pdf', 100000, sha256(convert_to(s.id::text, 'UTF8')), s.submitted_at, s.draft_saved_by
from score_sheets as s;
