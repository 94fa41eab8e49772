-- When an item of the agenda began: the hall's screen shows a result until the conference goes on to something else.

alter table agenda_items add column begun_at timestamptz;
