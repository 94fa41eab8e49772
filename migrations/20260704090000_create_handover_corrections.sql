-- A day or place of handing over that was noted wrongly: the line stays, the newest correction holds.
create table handover_corrections (
    id            uuid        constraint handover_corrections_pkey primary key,
    nomination_id uuid        not null constraint handover_corrections_line_fkey references decision_lines,
    awarded_on    date        not null,
    awarded_place text        not null,
    reason        text        not null constraint handover_corrections_reason_given check (char_length(reason) between 1 and 1000),
    corrected_at  timestamptz not null,
    corrected_by  uuid        not null constraint handover_corrections_person_fkey references persons
);
create index handover_corrections_line_idx on handover_corrections (nomination_id, corrected_at);
create trigger handover_corrections_append_only before update or delete on handover_corrections for each row execute function refuse_change();
