-- A row of a person's file that a business filed (一人一档) names what it came of, so that it leads there and is filed once;
-- an answer to an objection that sets the decision aside is marked on it.
alter table person_part
  add column source_kind text check (source_kind in ('matter', 'leave')),
  add column source_id uuid,
  add column set_aside_by uuid references matter (id),
  add column set_aside_at timestamptz,
  add check ((source_kind is null) = (source_id is null)),
  add check ((set_aside_by is null) = (set_aside_at is null));
create unique index person_part_source on person_part (source_id, part) where source_id is not null;
