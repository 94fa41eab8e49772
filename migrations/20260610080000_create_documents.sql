-- Official papers: drafts with their versions, what was issued with its number and bytes, to whom it went, and the
-- registers of outgoing and incoming papers (Decree 30/2020/NĐ-CP, articles 15, 18 and 22).

-- What papers are based on, as long as it is in force.
create table legal_bases (
    id        uuid    constraint legal_bases_pkey primary key default gen_random_uuid(),
    words     text    not null constraint legal_bases_words_unique unique
                      constraint legal_bases_words_bounded check (char_length(words) between 10 and 500),
    kinds     text[]  not null,
    starts_on date    not null,
    ends_on   date,
    position  integer not null,
    constraint legal_bases_span check (ends_on is null or ends_on >= starts_on)
);

-- A draft is saved as a new version each time; the text is what it said then, so that versions can be compared.
create table document_drafts (
    kind     text        not null,
    about    text        not null,
    version  integer     not null constraint document_drafts_version_positive check (version > 0),
    wording  jsonb       not null constraint document_drafts_wording_bounded check (octet_length(wording::text) <= 400000),
    text     text        not null,
    saved_at timestamptz not null,
    saved_by uuid        not null constraint document_drafts_person_fkey references persons,
    constraint document_drafts_pkey primary key (kind, about, version)
);
create trigger document_drafts_append_only before update or delete on document_drafts for each row execute function refuse_change();

-- What was issued. A number is given once in the series of its issuer and year, and never again.
create table documents (
    id          uuid        constraint documents_pkey primary key,
    kind        text        not null,
    about       text        not null,
    issuer      text        not null constraint documents_issuer_known check (issuer in ('unit', 'cluster', 'office', 'council')),
    unit_id     uuid        constraint documents_unit_fkey references units,
    cluster_id  uuid        constraint documents_cluster_fkey references clusters,
    -- The unit that leads the cluster then, and signs for it.
    lead_id     uuid        constraint documents_lead_fkey references units,
    series      text        not null,
    series_year integer     not null,
    number      integer     not null constraint documents_number_range check (number between 1 and 99999),
    symbol      text        not null,
    issued_on   date        not null,
    title       text        not null,
    signer      text        not null,
    wording     jsonb       not null,
    figures     jsonb       not null,
    text        text        not null,
    code        text        not null constraint documents_code_unique unique constraint documents_code_form check (code ~ '^[2-9A-HJ-NP-Z]{10}$'),
    replaces_id uuid        constraint documents_replaced_fkey references documents constraint documents_replaced_once unique,
    issued_at   timestamptz not null,
    issued_by   uuid        not null constraint documents_person_fkey references persons,
    constraint documents_number_unique unique nulls not distinct (issuer, unit_id, cluster_id, series, series_year, number),
    constraint documents_issuer_named check ((issuer = 'unit') = (unit_id is not null) and (issuer <> 'cluster' or cluster_id is not null)),
    constraint documents_number_of_its_year check (series_year = extract(year from issued_on))
);
create index documents_about_idx on documents (kind, about);
create index documents_issued_idx on documents (issued_on desc, number desc);
create trigger documents_append_only before update or delete on documents for each row execute function refuse_change();

-- The bytes as issued.
create table document_files (
    document_id uuid  not null constraint document_files_document_fkey references documents,
    format      text  not null constraint document_files_format_known check (format in ('pdf', 'docx')),
    sha256      bytea not null constraint document_files_sha256_length check (octet_length(sha256) = 32),
    bytes       bytea not null,
    constraint document_files_pkey primary key (document_id, format)
);
create trigger document_files_append_only before update or delete on document_files for each row execute function refuse_change();

-- To whom it went: a unit, or VUSTA's standing office where there is none.
create table document_recipients (
    id          uuid    constraint document_recipients_pkey primary key default gen_random_uuid(),
    document_id uuid    not null constraint document_recipients_document_fkey references documents,
    unit_id     uuid    constraint document_recipients_unit_fkey references units,
    constraint document_recipients_unique unique nulls not distinct (document_id, unit_id)
);
create index document_recipients_unit_idx on document_recipients (unit_id);
create trigger document_recipients_append_only before update or delete on document_recipients for each row execute function refuse_change();

-- That a recipient has it, with the number in the recipient's register of incoming papers.
create table document_receipts (
    recipient_id uuid        constraint document_receipts_pkey primary key
                             constraint document_receipts_recipient_fkey references document_recipients,
    unit_id      uuid        constraint document_receipts_unit_fkey references units,
    series_year  integer     not null,
    number       integer     not null constraint document_receipts_number_positive check (number > 0),
    received_at  timestamptz not null,
    received_by  uuid        not null constraint document_receipts_person_fkey references persons,
    constraint document_receipts_number_unique unique nulls not distinct (unit_id, series_year, number)
);
create trigger document_receipts_append_only before update or delete on document_receipts for each row execute function refuse_change();

-- A paper that was taken back: only by a further paper, with the reason.
create table document_recalls (
    document_id uuid        constraint document_recalls_pkey primary key constraint document_recalls_document_fkey references documents,
    by_id       uuid        not null constraint document_recalls_by_fkey references documents,
    reason      text        not null constraint document_recalls_reason_given check (char_length(reason) between 1 and 1000),
    recalled_at timestamptz not null,
    recalled_by uuid        not null constraint document_recalls_person_fkey references persons,
    constraint document_recalls_by_another check (by_id <> document_id)
);
create trigger document_recalls_append_only before update or delete on document_recalls for each row execute function refuse_change();

-- An empty list of kinds means every kind.
insert into legal_bases (words, kinds, starts_on, ends_on, position) values
    ('Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003, được sửa đổi, bổ sung năm 2005 và năm 2013', '{}', date '2004-07-01', date '2023-12-31', 1),
    ('Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022', '{}', date '2024-01-01', null, 2),
    ('Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng', '{}', date '2017-10-01', date '2023-12-31', 3),
    ('Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng', '{}', date '2024-01-01', date '2025-06-30', 4),
    ('Nghị định số 152/2025/NĐ-CP của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng', '{}', date '2025-07-01', null, 5),
    ('Quy chế Thi đua, khen thưởng của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam ban hành kèm theo Quyết định số 1039/QĐ-LHHVN ngày 03 tháng 12 năm 2021', '{}', date '2021-12-03', null, 6),
    ('Quyết định số 586/QĐ-LHHVN ngày 13 tháng 7 năm 2022 của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam về tổ chức hoạt động Cụm, Khối thi đua', '{plan,regulation,consolidated_registration,covenant,summary_report,submission}', date '2022-07-13', null, 7);
