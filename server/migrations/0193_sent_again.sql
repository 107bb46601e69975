-- "Stop" and the interval are said again when nobody answers: the line may have been dead when they went out. When next, and how
-- often so far; null is never again. Twice does no harm; whatever else was sent is sent once.
alter table device_command
  add column again_at timestamptz,
  add column sends smallint not null default 0;
create index command_again on device_command (expires_at, device_id) where again_at is not null and result is null;

-- The number that the last clocks of an install belong to; with the acknowledged number beside them, what lies between would look deleted.
alter table app_sequence add column last_seq bigint;
