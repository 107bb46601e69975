-- Leaves of old files: who asked and who decided has no account here, so they stand by name.
alter table leave add column asked_name text, add column decided_name text, add column source text;
