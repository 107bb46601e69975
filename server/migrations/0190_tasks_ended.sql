-- What is done is put in order by when it ended: the index that serves a unit's lists alone carries that too.
drop index task_unit;
create index task_unit on task (unit_code text_pattern_ops, state, due_at)
  include (id, org_code, person_id, owner_id, owner_role, kind, subject_id, level, paused_at, delivered_at, ended_at);
