-- Objections 异议: every adverse decision can be named, also one that no matter made.

-- What a matter comes of where that is no matter: a decision of a room's own (a leave, an article 29 term). Several tables,
-- so no foreign key, as of what a task or a document is about.
alter table matter
  add column origin_kind text,
  add column origin_id uuid,
  add check ((origin_kind is null) = (origin_id is null)),
  add check (cause_id is null or origin_id is null);
create index matter_origin on matter (origin_id) where origin_id is not null;

-- Who took a leave back; and of an application that is decided anew: the leave whose decision was set aside, and the
-- objection whose answer set it aside. The earlier decision stays as it was.
alter table leave
  add column cancelled_by uuid references staff (id),
  add column anew_of uuid references leave (id),
  add column objection_id uuid references matter (id);
create index leave_anew on leave (anew_of) where anew_of is not null;
