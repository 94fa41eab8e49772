-- Certificates: what is written on them, where it stands on the paper, how far each printer is off, and the golden book in
-- which every award gets its number.

-- The words on the certificates and flags of a decision; a new version each time.
create table certificate_wordings (
    decision_id uuid        not null constraint certificate_wordings_decision_fkey references decisions,
    version     integer     not null constraint certificate_wordings_version_positive check (version > 0),
    wording     jsonb       not null constraint certificate_wordings_bounded check (octet_length(wording::text) <= 20000),
    saved_at    timestamptz not null,
    saved_by    uuid        not null constraint certificate_wordings_person_fkey references persons,
    constraint certificate_wordings_pkey primary key (decision_id, version)
);
create trigger certificate_wordings_append_only before update or delete on certificate_wordings for each row execute function refuse_change();

-- Where each field stands on blank and on pre-printed paper, in millimetres; the newest holds.
create table certificate_layouts (
    id         uuid        constraint certificate_layouts_pkey primary key,
    stationery text        not null constraint certificate_layouts_stationery_known check (stationery in ('blank', 'preprinted')),
    version    integer     not null constraint certificate_layouts_version_positive check (version > 0),
    layout     jsonb       not null constraint certificate_layouts_bounded check (octet_length(layout::text) <= 20000),
    saved_at   timestamptz not null,
    saved_by   uuid        not null constraint certificate_layouts_person_fkey references persons,
    constraint certificate_layouts_version_unique unique (stationery, version)
);
create trigger certificate_layouts_append_only before update or delete on certificate_layouts for each row execute function refuse_change();

-- A printer, and by how much what it prints has to be moved; the newest offset holds.
create table printers (
    id       uuid        constraint printers_pkey primary key,
    name     text        not null constraint printers_name_unique unique
                         constraint printers_name_bounded check (char_length(name) between 1 and 100),
    added_at timestamptz not null,
    added_by uuid        not null constraint printers_person_fkey references persons
);
create trigger printers_append_only before update or delete on printers for each row execute function refuse_change();

create table print_offsets (
    id         uuid         constraint print_offsets_pkey primary key,
    printer_id uuid         not null constraint print_offsets_printer_fkey references printers,
    across     numeric(5,2) not null constraint print_offsets_across_range check (across between -30 and 30),
    down       numeric(5,2) not null constraint print_offsets_down_range check (down between -30 and 30),
    set_at     timestamptz  not null,
    set_by     uuid         not null constraint print_offsets_person_fkey references persons
);
create index print_offsets_printer_idx on print_offsets (printer_id, set_at);
create trigger print_offsets_append_only before update or delete on print_offsets for each row execute function refuse_change();

-- The golden book: each award of a decision has one number in the year of the decision, given once and never again.
create table golden_book (
    nomination_id uuid        constraint golden_book_pkey primary key constraint golden_book_line_fkey references decision_lines,
    series_year   integer     not null,
    number        integer     not null constraint golden_book_number_positive check (number > 0),
    entered_at    timestamptz not null,
    entered_by    uuid        not null constraint golden_book_person_fkey references persons,
    constraint golden_book_number_unique unique (series_year, number)
);
create trigger golden_book_append_only before update or delete on golden_book for each row execute function refuse_change();
