-- Matters 事项: a business of the county under way or done. Every passage through a hand is a row that is never changed.
create table matter (
  id uuid primary key,
  kind text not null,
  room text not null,
  org_code text not null,
  -- The other county of a change of place, the one whose answer is awaited.
  other_org text,
  person_id uuid references person (id),
  -- Name of the person, or of somebody who is not supervised.
  who text not null,
  -- Kind of data kept apart from the ordinary file.
  class text check (class in ('psychology', 'complaints')),
  once boolean not null default false,
  step text,
  end_id text,
  holder_role text,
  holder_unit text,
  holder_id uuid references staff (id),
  due_at timestamptz,
  rule text,
  on_day date not null,
  register jsonb not null,
  draft jsonb not null default '{}',
  shown jsonb not null default '{}',
  cause_id uuid references matter (id),
  opened_at timestamptz not null,
  opened_by uuid references staff (id),
  opened_name text not null,
  entered_at timestamptz not null,
  ended_at timestamptz,
  imported boolean not null default false,
  law_revision text not null,
  revision integer not null default 1,
  check ((step is null) <> (end_id is null))
);
create unique index matter_once on matter (person_id, kind) where once and end_id is null;
create index matter_person on matter (person_id, kind, opened_at desc);
create index matter_list on matter (kind, opened_at desc, id);
create index matter_room on matter (room, opened_at desc, id);
create index matter_org on matter (org_code text_pattern_ops, opened_at desc);
create index matter_other on matter (other_org text_pattern_ops) where other_org is not null;
create index matter_holder on matter (holder_unit, holder_role) where end_id is null;
create index matter_cause on matter (cause_id) where cause_id is not null;
create index matter_who on matter using gin (who gin_trgm_ops);

create table matter_passage (
  id uuid primary key,
  matter_id uuid not null references matter (id),
  n integer not null,
  step text not null,
  way text not null,
  to_step text not null,
  by_id uuid references staff (id),
  by_name text not null,
  at timestamptz not null,
  note text not null default '',
  form jsonb not null default '{}',
  cites text[] not null default '{}',
  law_revision text not null,
  unique (matter_id, n)
);
create index matter_passage_by on matter_passage (by_id, at desc);

-- A matter follows its person; one about an outsider follows its unit; the other county of a move sees the matter itself.
alter table matter enable row level security;
create policy matter_seen on matter for all to zj_api
  using ((class is null or (select zj_class(class)))
    and ((org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
        and case when person_id is null then (select zj_reach()) in ('unit', 'office', 'own')
                 else exists (select 1 from person p where p.id = person_id) end)
      or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope())))))
  with check (starts_with(org_code, (select zj_scope())) or starts_with(coalesce(other_org, '~'), (select zj_scope())));
create policy matter_system on matter for all to zj_system using (true) with check (true);
alter table matter_passage enable row level security;
create policy passage_seen on matter_passage for select to zj_api using (exists (select 1 from matter m where m.id = matter_id));
create policy passage_added on matter_passage for insert to zj_api with check (exists (select 1 from matter m where m.id = matter_id));
create policy passage_system on matter_passage for all to zj_system using (true) with check (true);

grant select, insert, update on matter to zj_api;
grant select, insert on matter_passage to zj_api;
grant select, insert, update, delete on matter, matter_passage to zj_system;
