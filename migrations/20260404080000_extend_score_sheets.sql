-- Since when a score sheet is where it is, and who brought it there: whoever has to act is told both. Sheets from before have neither.
alter table score_sheets add column state_since timestamptz;
alter table score_sheets add column state_by uuid constraint score_sheets_bringer_fkey references persons;
alter table score_sheets add constraint score_sheets_brought_whole check ((state_since is null) = (state_by is null));

-- The same file under two criteria, with two units or in two years is found by its hash.
create index attachments_sha256_idx on attachments (sha256) where removed_at is null;
