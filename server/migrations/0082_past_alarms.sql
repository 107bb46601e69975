-- Closures of old files: who handled an alarm elsewhere has a name and perhaps no account here.
alter table closure
  alter column submitted_by drop not null,
  add column submitted_name text not null default '',
  add column reviewed_name text not null default '',
  add constraint closure_by_somebody check (submitted_by is not null or submitted_name <> '');

-- Lists of what old files brought, beside what this platform saw itself.
create index episode_imported on episode (org_code text_pattern_ops, detected_at desc) where imported;

-- What undoes a command after its time (a burst set by the interval) waits until then, whatever happens to the gateway.
alter table device_command add column not_before timestamptz;
create index command_later on device_command (not_before) where not_before is not null and sent_at is null and result is null;
