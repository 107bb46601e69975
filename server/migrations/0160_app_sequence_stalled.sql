-- Since when the first hole in an install's numbering has stood: what a phone's store no longer holds cannot come any more.
alter table app_sequence add column stalled_since timestamptz;
