-- The cluster's consolidated registration. `content` is what was sent to VUSTA last, frozen.

create table consolidations (
    id              uuid        constraint consolidations_pkey primary key,
    year_id         uuid        not null constraint consolidations_year_fkey references years
                                constraint consolidations_year_unique unique,
    state           text        not null constraint consolidations_state_known check (state in ('draft', 'sent', 'returned', 'acknowledged')),
    version         integer     not null default 1,
    note            text        not null default '' constraint consolidations_note_bounded check (char_length(note) <= 4000),
    content         jsonb,
    sent_at         timestamptz,
    acknowledged_at timestamptz,
    constraint consolidations_sent_has_content check (state = 'draft' or content is not null)
);
create trigger consolidations_locked before update or delete on consolidations for each row execute function keep_accepted_content();
