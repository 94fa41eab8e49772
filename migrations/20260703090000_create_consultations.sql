-- Before the council meets, those nominated are listed in public for some working days, and anybody may object; the standing
-- office answers each objection. What was listed and until when is kept as it was.

create table consultations (
    id        uuid        constraint consultations_pkey primary key,
    year      integer     not null,
    days      integer     not null constraint consultations_days_range check (days between 1 and 60),
    opens_on  date        not null,
    -- The last day, worked out with the days off known when it was opened.
    closes_on date        not null,
    opened_at timestamptz not null,
    opened_by uuid        not null constraint consultations_person_fkey references persons,
    constraint consultations_last_day_later check (closes_on > opens_on)
);
create index consultations_year_idx on consultations (year, opens_on);
create trigger consultations_append_only before update or delete on consultations for each row execute function refuse_change();

create table consultation_nominations (
    nomination_id   uuid constraint consultation_nominations_pkey primary key
                         constraint consultation_nominations_nomination_fkey references nominations,
    consultation_id uuid not null constraint consultation_nominations_consultation_fkey references consultations
);
create index consultation_nominations_consultation_idx on consultation_nominations (consultation_id);
create trigger consultation_nominations_append_only before update or delete on consultation_nominations
    for each row execute function refuse_change();

-- What somebody without an account objects. Name and contact are for the standing office alone.
create table consultation_comments (
    id            uuid        constraint consultation_comments_pkey primary key,
    nomination_id uuid        not null constraint consultation_comments_nomination_fkey references consultation_nominations,
    -- With it the answer is found.
    code          text        not null constraint consultation_comments_code_unique unique
                              constraint consultation_comments_code_form check (code ~ '^[2-9A-HJ-NP-Z]{10}$'),
    name          text        not null constraint consultation_comments_name_bounded check (char_length(name) between 1 and 100),
    email         text        not null default '',
    phone         text        not null default '',
    text          text        not null constraint consultation_comments_text_bounded check (char_length(text) between 1 and 4000),
    received_at   timestamptz not null,
    finding       text        constraint consultation_comments_finding_known check (finding in ('upheld', 'unfounded')),
    answer        text        not null default '',
    answered_at   timestamptz,
    answered_by   uuid        constraint consultation_comments_answerer_fkey references persons,
    constraint consultation_comments_can_be_answered check (email <> '' or phone <> ''),
    constraint consultation_comments_answered_is_whole
        check (num_nulls(finding, answered_at, answered_by) in (0, 3) and (finding is null) = (answer = ''))
);
create index consultation_comments_nomination_idx on consultation_comments (nomination_id, received_at);

create function keep_consultation_comment() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.finding is not null
       or (new.id, new.nomination_id, new.code, new.name, new.email, new.phone, new.text, new.received_at)
          is distinct from (old.id, old.nomination_id, old.code, old.name, old.email, old.phone, old.text, old.received_at) then
        raise exception 'an objection and its answer stay' using errcode = 'integrity_constraint_violation', constraint = 'consultation_comments_locked';
    end if;
    return new;
end $$;
create trigger consultation_comments_locked before update or delete on consultation_comments
    for each row execute function keep_consultation_comment();
