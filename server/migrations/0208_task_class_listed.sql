-- As 0190 has it, with the class that 0203 gave a duty: a list that must ask for it reads it where it reads all else, and
-- fetches no row to count it.
drop index task_unit;
create index task_unit on task (unit_code text_pattern_ops, state, due_at)
  include (id, org_code, person_id, owner_id, owner_role, kind, subject_id, level, paused_at, delivered_at, ended_at, class);
