-- A decree is cited with its day and its whole title. Where somebody has corrected it already, or added the whole one beside
-- it, nothing is changed.
update legal_bases set words = 'Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng'
    where words = 'Nghị định số 152/2025/NĐ-CP của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng'
    and not exists (select from legal_bases where words like 'Nghị định số 152/2025/NĐ-CP ngày%');
