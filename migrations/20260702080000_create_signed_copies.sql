-- Signed copies of issued papers, what checking them found, and the certificate authorities that are trusted for it
-- (rules on electronic signatures: what can't be checked is told apart from what is wrong).

-- A certificate of an authority. Taking it off the list is a fact of its own; the certificate itself stays for the journal.
create table ca_certificates (
    id          uuid        constraint ca_certificates_pkey primary key,
    name        text        not null constraint ca_certificates_name_bounded check (char_length(name) between 1 and 200),
    der         bytea       not null constraint ca_certificates_der_bounded check (octet_length(der) between 1 and 20000),
    fingerprint bytea       not null constraint ca_certificates_fingerprint_is_of_der check (fingerprint = sha256(der)),
    subject     text        not null,
    issuer      text        not null,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    added_at    timestamptz not null,
    added_by    uuid        not null constraint ca_certificates_person_fkey references persons
);
create trigger ca_certificates_append_only before update or delete on ca_certificates for each row execute function refuse_change();

create table ca_removals (
    certificate_id uuid        constraint ca_removals_pkey primary key constraint ca_removals_certificate_fkey references ca_certificates,
    reason         text        not null constraint ca_removals_reason_given check (char_length(reason) between 1 and 1000),
    removed_at     timestamptz not null,
    removed_by     uuid        not null constraint ca_removals_person_fkey references persons
);
create trigger ca_removals_append_only before update or delete on ca_removals for each row execute function refuse_change();

-- What an authority says it has revoked; the newest of each authority counts.
create table revocation_lists (
    id             uuid        constraint revocation_lists_pkey primary key,
    certificate_id uuid        not null constraint revocation_lists_certificate_fkey references ca_certificates,
    der            bytea       not null constraint revocation_lists_der_bounded check (octet_length(der) between 1 and 8000000),
    issued_at      timestamptz not null,
    next_at        timestamptz,
    added_at       timestamptz not null,
    added_by       uuid        not null constraint revocation_lists_person_fkey references persons,
    constraint revocation_lists_issued_once unique (certificate_id, issued_at)
);
create trigger revocation_lists_append_only before update or delete on revocation_lists for each row execute function refuse_change();

-- A file that somebody brought as the signed copy, or the scan, of an issued paper; its bytes lie in the file store.
create table signed_copies (
    id          uuid        constraint signed_copies_pkey primary key,
    document_id uuid        not null constraint signed_copies_document_fkey references documents,
    number      integer     not null constraint signed_copies_number_positive check (number > 0),
    file_name   text        not null constraint signed_copies_name_bounded check (char_length(file_name) between 1 and 200),
    size        bigint      not null constraint signed_copies_size_positive check (size > 0),
    sha256      bytea       not null constraint signed_copies_sha256_length check (octet_length(sha256) = 32),
    added_at    timestamptz not null,
    added_by    uuid        not null constraint signed_copies_person_fkey references persons,
    constraint signed_copies_number_unique unique (document_id, number)
);
create index signed_copies_sha256_idx on signed_copies (sha256);
create trigger signed_copies_append_only before update or delete on signed_copies for each row execute function refuse_change();

-- That a copy is to be checked, and what came of it. A check without a result waits.
create table signature_checks (
    id       uuid        constraint signature_checks_pkey primary key,
    copy_id  uuid        not null constraint signature_checks_copy_fkey references signed_copies,
    asked_at timestamptz not null,
    asked_by uuid        not null constraint signature_checks_person_fkey references persons
);
create index signature_checks_copy_idx on signature_checks (copy_id, asked_at);
create trigger signature_checks_append_only before update or delete on signature_checks for each row execute function refuse_change();

create table signature_results (
    check_id   uuid        constraint signature_results_pkey primary key constraint signature_results_check_fkey references signature_checks,
    checked_at timestamptz not null,
    outcome    text        not null constraint signature_results_outcome_known check (outcome in ('valid', 'invalid', 'unknown')),
    report     jsonb       not null constraint signature_results_report_bounded check (octet_length(report::text) <= 400000),
    tool       text        not null
);
create trigger signature_results_append_only before update or delete on signature_results for each row execute function refuse_change();
