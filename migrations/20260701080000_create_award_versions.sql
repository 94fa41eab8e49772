-- The catalogue of awards as dated data: what is asked of whom by which article, the dossier, the bonus; and the base salary.

-- What holds of an award from a day on, until the next version begins or its own last day is over. Added, never changed.
create table award_versions (
    award           text        not null constraint award_versions_award_fkey references awards,
    version         integer     not null constraint award_versions_version_positive check (version > 0),
    in_force_from   date        not null,
    in_force_until  date,
    level           text        not null constraint award_versions_level_known check (level in ('grassroots', 'vusta', 'state')),
    source          text        not null constraint award_versions_source_bounded check (char_length(source) between 1 and 500),
    to_check        boolean     not null,
    conditions      jsonb       not null constraint award_versions_conditions_list check (jsonb_typeof(conditions) = 'array')
                                constraint award_versions_conditions_bounded check (octet_length(conditions::text) <= 100000),
    dossier         jsonb       not null constraint award_versions_dossier_list check (jsonb_typeof(dossier) = 'array')
                                constraint award_versions_dossier_bounded check (octet_length(dossier::text) <= 20000),
    unit_multiple   numeric(6,2) constraint award_versions_unit_multiple_range check (unit_multiple between 0 and 1000),
    person_multiple numeric(6,2) constraint award_versions_person_multiple_range check (person_multiple between 0 and 1000),
    reason          text        not null default '' constraint award_versions_reason_bounded check (char_length(reason) <= 2000),
    added_at        timestamptz,
    added_by        uuid        constraint award_versions_person_fkey references persons,
    constraint award_versions_pkey primary key (award, version),
    constraint award_versions_from_unique unique (award, in_force_from),
    constraint award_versions_until_after_from check (in_force_until >= in_force_from),
    -- Those that come with the program were added by nobody.
    constraint award_versions_added_whole check ((added_at is null) = (added_by is null))
);
create trigger award_versions_append_only before update or delete on award_versions for each row execute function refuse_change();

-- The base salary (lương cơ sở) that bonuses are multiples of.
create table base_salaries (
    in_force_from date          constraint base_salaries_pkey primary key,
    amount        numeric(12,0) not null constraint base_salaries_amount_range check (amount between 1 and 1000000000),
    source        text          not null constraint base_salaries_source_bounded check (char_length(source) between 1 and 500),
    to_check      boolean       not null,
    added_at      timestamptz,
    added_by      uuid          constraint base_salaries_person_fkey references persons,
    constraint base_salaries_added_whole check ((added_at is null) = (added_by is null))
);
create trigger base_salaries_append_only before update or delete on base_salaries for each row execute function refuse_change();

insert into base_salaries (in_force_from, amount, source, to_check) values
    ('2019-07-01', 1490000, 'Nghị định 38/2019/NĐ-CP', true),
    ('2023-07-01', 1800000, 'Nghị định 24/2023/NĐ-CP', true),
    ('2024-07-01', 2340000, 'Nghị định 73/2024/NĐ-CP', true);

-- Law 06/2022/QH15, in force from 01/01/2024. What is known from practice only is marked: to_check.
insert into award_versions (award, version, in_force_from, level, source, to_check, unit_multiple, person_multiple, dossier, conditions) values
('government_flag', 2, '2024-01-01', 'state', 'Luật Thi đua, khen thưởng 06/2022/QH15, Điều 25', false, 12.0, null,
 '["Tờ trình", "Báo cáo thành tích của tập thể", "Biên bản bình xét kèm kết quả bỏ phiếu", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "acclaimed", "of": "units", "article": "Điều 25 Luật 06/2022/QH15"},
 {"kind": "share", "percent": 20, "award": "vusta_flag", "of": "units", "article": "Điều 25 Luật 06/2022/QH15", "waivable": true},
 {"kind": "registered", "article": "Thông lệ xét thi đua", "waivable": true, "to_check": true},
 {"kind": "class", "grade": "excellent", "years": 1, "of": "units", "article": "Điều 25 Luật 06/2022/QH15", "waivable": true},
 {"kind": "stated", "text": "Nội bộ đoàn kết; tổ chức đảng, đoàn thể trong sạch, vững mạnh", "article": "Điều 25 Luật 06/2022/QH15", "waivable": true},
 {"kind": "not_disciplined", "article": "Điều 25 Luật 06/2022/QH15", "to_check": true}]'),
('vusta_flag', 2, '2024-01-01', 'vusta', 'Luật Thi đua, khen thưởng 06/2022/QH15, Điều 26', false, 8.0, null,
 '["Tờ trình", "Báo cáo thành tích của tập thể", "Biên bản bình xét kèm kết quả bỏ phiếu", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "registered", "article": "Thông lệ xét thi đua", "waivable": true, "to_check": true},
 {"kind": "acclaimed", "of": "units", "article": "Điều 26 khoản 1 Luật 06/2022/QH15"},
 {"kind": "within_quota", "of": "units", "article": "Quy định của năm thi đua"},
 {"kind": "class", "grade": "excellent", "years": 1, "of": "units", "article": "Điều 26 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "stated", "text": "Có nhân tố mới, mô hình mới để các đơn vị khác học tập", "article": "Điều 26 Luật 06/2022/QH15", "waivable": true},
 {"kind": "stated", "text": "Nội bộ đoàn kết; thực hành tiết kiệm, chống lãng phí, tham nhũng, tiêu cực", "article": "Điều 26 Luật 06/2022/QH15", "waivable": true},
 {"kind": "not_rewarded_twice", "article": "Nguyên tắc khen thưởng, Luật 06/2022/QH15", "waivable": true},
 {"kind": "not_disciplined", "article": "Điều 26 Luật 06/2022/QH15", "to_check": true}]'),
('labour_order_3', 2, '2024-01-01', 'state', 'Luật Thi đua, khen thưởng 06/2022/QH15', true, null, null,
 '["Tờ trình", "Báo cáo thành tích", "Biên bản bình xét kèm kết quả bỏ phiếu", "Ý kiến của cơ quan liên quan", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "class", "grade": "excellent", "years": 5, "of": "units", "article": "Điều kiện của luật cũ, cần đối chiếu ngưỡng mới", "waivable": true, "to_check": true},
 {"kind": "held", "needs": [{"award": "vusta_flag", "times": 1}, {"award": "pm_merit", "times": 1}], "years": 5, "on_end": false, "article": "Điều kiện của luật cũ, cần đối chiếu ngưỡng mới", "waivable": true, "to_check": true},
 {"kind": "stated", "text": "Đã công khai danh sách đề nghị ít nhất 10 ngày làm việc trước phiên họp Hội đồng", "article": "Điều 84 khoản 5 Luật 06/2022/QH15"},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('pm_merit', 2, '2024-01-01', 'state', 'Luật Thi đua, khen thưởng 06/2022/QH15, Điều 73', true, 7.0, 3.5,
 '["Tờ trình", "Báo cáo thành tích", "Biên bản bình xét kèm kết quả bỏ phiếu", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "held", "needs": [{"award": "vusta_merit", "times": 1}], "years": 10, "on_end": false, "article": "Điều 73 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "class", "grade": "excellent", "years": 5, "of": "units", "article": "Điều 73 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "held", "needs": [{"award": "vusta_flag", "times": 1}, {"award": "vusta_merit", "times": 2}], "years": 5, "on_end": false, "of": "units", "article": "Điều 73 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Điều 73 Luật 06/2022/QH15", "to_check": true}]'),
('vusta_merit', 2, '2024-01-01', 'vusta', 'Luật Thi đua, khen thưởng 06/2022/QH15, Điều 74', true, 3.0, 1.5,
 '["Tờ trình", "Báo cáo thành tích", "Biên bản bình xét kèm kết quả bỏ phiếu", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "registered", "article": "Thông lệ xét thi đua; thành tích đột xuất được miễn", "waivable": true, "to_check": true},
 {"kind": "acclaimed", "of": "units", "article": "Quy định của năm thi đua"},
 {"kind": "within_quota", "of": "units", "article": "Quy định của năm thi đua"},
 {"kind": "class", "grade": "excellent", "years": 2, "of": "units", "article": "Điều 74 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "held", "needs": [{"award": "grassroots_fighter", "times": 2}], "years": 2, "on_end": true, "of": "persons", "article": "Điều 74 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "not_rewarded_twice", "article": "Nguyên tắc khen thưởng, Luật 06/2022/QH15", "waivable": true},
 {"kind": "not_disciplined", "article": "Điều 74 Luật 06/2022/QH15", "to_check": true}]'),
('excellent_collective', 2, '2024-01-01', 'grassroots', 'Luật Thi đua, khen thưởng 06/2022/QH15, Điều 27', true, 1.5, null,
 '["Báo cáo thành tích của tập thể", "Biên bản bình xét"]', '[
 {"kind": "registered", "article": "Thông lệ xét thi đua", "waivable": true, "to_check": true},
 {"kind": "class", "grade": "excellent", "years": 1, "of": "units", "article": "Điều 27 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "stated", "text": "100% cá nhân hoàn thành nhiệm vụ, ít nhất 70% đạt Lao động tiên tiến, có Chiến sĩ thi đua cơ sở", "article": "Điều 27 Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Điều 27 Luật 06/2022/QH15", "to_check": true}]'),
('national_fighter', 2, '2024-01-01', 'state', 'Luật Thi đua, khen thưởng 06/2022/QH15', false, null, 4.5,
 '["Tờ trình", "Báo cáo thành tích của cá nhân", "Biên bản bình xét kèm kết quả bỏ phiếu", "Chứng nhận sáng kiến, đề tài", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "held", "needs": [{"award": "vusta_fighter", "times": 2}], "years": 6, "on_end": false, "of": "persons", "article": "Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "stated", "text": "Có sáng kiến, đề tài có hiệu quả, phạm vi ảnh hưởng toàn quốc", "of": "persons", "article": "Luật 06/2022/QH15"},
 {"kind": "stated", "text": "Đã công khai danh sách đề nghị ít nhất 10 ngày làm việc trước phiên họp Hội đồng", "article": "Điều 84 khoản 5 Luật 06/2022/QH15"},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('vusta_fighter', 2, '2024-01-01', 'vusta', 'Luật Thi đua, khen thưởng 06/2022/QH15', false, null, 3.0,
 '["Tờ trình", "Báo cáo thành tích của cá nhân", "Biên bản bình xét kèm kết quả bỏ phiếu", "Chứng nhận sáng kiến, đề tài"]', '[
 {"kind": "registered", "article": "Thông lệ xét thi đua", "waivable": true, "to_check": true},
 {"kind": "held", "needs": [{"award": "grassroots_fighter", "times": 3}], "years": 3, "on_end": true, "of": "persons", "article": "Luật 06/2022/QH15", "waivable": true},
 {"kind": "stated", "text": "Có sáng kiến, đề tài có hiệu quả trong Liên hiệp Hội Việt Nam", "of": "persons", "article": "Luật 06/2022/QH15"},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('grassroots_fighter', 2, '2024-01-01', 'grassroots', 'Luật Thi đua, khen thưởng 06/2022/QH15', true, null, 1.0,
 '["Báo cáo thành tích của cá nhân", "Biên bản bình xét", "Chứng nhận sáng kiến, đề tài"]', '[
 {"kind": "registered", "article": "Thông lệ xét thi đua", "waivable": true, "to_check": true},
 {"kind": "stated", "text": "Đạt Lao động tiên tiến; có sáng kiến, đề tài được công nhận", "of": "persons", "article": "Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('advanced_worker', 2, '2024-01-01', 'grassroots', 'Luật Thi đua, khen thưởng 06/2022/QH15', true, null, 0.3,
 '["Danh sách kèm biên bản bình xét"]', '[
 {"kind": "stated", "text": "Hoàn thành tốt nhiệm vụ trở lên; chấp hành chủ trương, chính sách; tích cực tham gia phong trào thi đua", "of": "persons", "article": "Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('medal', 2, '2024-01-01', 'vusta', 'Quy chế của Liên hiệp Hội Việt Nam về Kỷ niệm chương', true, null, null,
 '["Danh sách trích ngang", "Bản khai quá trình tham gia hội"]', '[
 {"kind": "stated", "text": "Là hội viên ít nhất 10 năm liên tục (15 năm nếu không liên tục), hoặc cán bộ chủ chốt của hội ít nhất 5 năm", "of": "persons", "article": "Quy chế 682/LHH cũ, cần đối chiếu quy chế hiện hành", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Quy chế của Liên hiệp Hội Việt Nam", "to_check": true}]');

-- Before: VUSTA's regulation of 2021 under the law of 2003. Its text has to be had from VUSTA, so all of it is marked,
-- and it names no bonus.
insert into award_versions (award, version, in_force_from, level, source, to_check, dossier, conditions)
select award, 1, '2021-12-03', level, 'Quy chế Thi đua, khen thưởng kèm Quyết định 1039/QĐ-LHHVN ngày 03/12/2021', true, dossier,
    (select jsonb_agg(c || '{"to_check": true, "article": "Quy chế kèm Quyết định 1039/QĐ-LHHVN"}' order by place)
     from jsonb_array_elements(conditions) with ordinality e (c, place))
from award_versions;
