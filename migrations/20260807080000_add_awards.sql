-- Forms and titles that VUSTA sends up or gives beside those there are. The old positions make room for them.
update awards set position = position * 10;
insert into awards (code, position, name, short_name, for_units, for_persons) values
    ('labour_order_2',      25,  'Huân chương Lao động hạng Nhì',                  'HCLĐ hạng Nhì',      true,  true),
    ('advanced_collective', 65,  'Tập thể lao động tiên tiến',                     'Tập thể LĐTT',       true,  false),
    ('notable_intellectual', 105, 'Trí thức khoa học và công nghệ tiêu biểu',      'Trí thức tiêu biểu', false, true);

-- What is asked of them is known from practice only: all of it is marked.
insert into award_versions (award, version, in_force_from, level, source, to_check, unit_multiple, person_multiple, dossier, conditions) values
('labour_order_2', 1, '2024-01-01', 'state', 'Luật Thi đua, khen thưởng 06/2022/QH15', true, null, null,
 '["Tờ trình", "Báo cáo thành tích", "Biên bản bình xét kèm kết quả bỏ phiếu", "Ý kiến của cơ quan liên quan", "Tệp điện tử của toàn bộ hồ sơ"]', '[
 {"kind": "held", "needs": [{"award": "labour_order_3", "times": 1}], "years": 25, "on_end": false, "article": "Luật 06/2022/QH15, cần đối chiếu ngưỡng", "waivable": true, "to_check": true},
 {"kind": "class", "grade": "excellent", "years": 5, "of": "units", "article": "Luật 06/2022/QH15, cần đối chiếu ngưỡng", "waivable": true, "to_check": true},
 {"kind": "held", "needs": [{"award": "vusta_flag", "times": 1}, {"award": "pm_merit", "times": 1}], "years": 5, "on_end": false, "article": "Luật 06/2022/QH15, cần đối chiếu ngưỡng", "waivable": true, "to_check": true},
 {"kind": "stated", "text": "Đã công khai danh sách đề nghị ít nhất 10 ngày làm việc trước phiên họp Hội đồng", "article": "Điều 84 khoản 5 Luật 06/2022/QH15"},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('advanced_collective', 1, '2024-01-01', 'grassroots', 'Luật Thi đua, khen thưởng 06/2022/QH15', true, 0.8, null,
 '["Báo cáo thành tích của tập thể", "Biên bản bình xét"]', '[
 {"kind": "registered", "article": "Thông lệ xét thi đua", "waivable": true, "to_check": true},
 {"kind": "class", "grade": "good", "years": 1, "of": "units", "article": "Luật 06/2022/QH15", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Luật 06/2022/QH15", "to_check": true}]'),
('notable_intellectual', 1, '2024-01-01', 'vusta', 'Thông lệ tôn vinh của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam', true, null, null,
 '["Danh sách trích ngang", "Báo cáo thành tích của cá nhân", "Biên bản bình xét kèm kết quả bỏ phiếu"]', '[
 {"kind": "stated", "text": "Có công trình, đóng góp khoa học và công nghệ nổi bật, được đơn vị bình chọn", "of": "persons", "article": "Thông lệ tôn vinh của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam", "waivable": true, "to_check": true},
 {"kind": "not_disciplined", "article": "Thông lệ tôn vinh của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam", "to_check": true}]');
