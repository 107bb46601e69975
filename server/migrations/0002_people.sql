-- The person file 一人一档: the header of 19 fields, and its groups as rows that are ended, not deleted.
create table person (
  id uuid primary key,
  number text not null unique,
  org_code text not null references org (code),
  officer_id uuid references staff (id),
  name text not null,
  sex text not null check (sex in ('male', 'female')),
  ethnicity text not null default '',
  birth_date date not null,
  -- Identity number: encrypted (AES-256-GCM); found again by a keyed hash.
  identity_cipher bytea not null,
  identity_blind bytea not null,
  identity_tail text not null,
  education text not null default '',
  registered_address text not null default '',
  residence text not null default '',
  residence_lat double precision,
  residence_lon double precision,
  phone_cipher bytea,
  phone_blind bytea,
  phone_tail text,
  crime text not null default '',
  sentence text not null default '',
  sentence_term text not null default '',
  additional_penalty text not null default '',
  category text not null,
  correction_term text not null default '',
  term_start date not null,
  term_end date not null,
  decision_organ text not null default '',
  decision_organ_kind text,
  document_number text not null default '',
  decided_on date,
  level text not null default '2',
  colour text not null default 'none' check (colour in ('none', 'red', 'yellow', 'blue', 'green')),
  state text not null default 'inCorrection' check (state in ('awaiting', 'inCorrection', 'missing', 'detained', 'released', 'terminated', 'transferred')),
  -- Frozen at entry; never derived from today's age (法 58).
  minor boolean not null default false,
  sealed boolean not null default false,
  injunction text not null default '',
  imported boolean not null default false,
  merged_into uuid references person (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  revision integer not null default 1
);
create unique index person_identity on person (identity_blind) where merged_into is null;
create index person_phone on person (phone_blind);
create index person_org on person (org_code text_pattern_ops, state, name);
create index person_officer on person (officer_id);
create index person_term on person (term_end);
create index person_name on person using gin (name gin_trgm_ops);

create table person_part (
  id uuid primary key,
  person_id uuid not null references person (id),
  org_code text not null,
  part text not null,
  data jsonb not null,
  added_by uuid,
  added_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  revision integer not null default 1
);
create index person_part_person on person_part (person_id, part) where ended_at is null;

-- A superior's look at one file, with a stated reason and an end.
create table look (
  id uuid primary key,
  staff_id uuid not null,
  person_id uuid not null references person (id),
  org_code text not null,
  reason text not null check (length(reason) >= 4),
  granted_at timestamptz not null,
  until timestamptz not null
);
create index look_staff on look (staff_id, person_id, until);

-- Who may see a person: one predicate, used by every policy and by the door to positions.
create function zj_sees(p_org text, p_officer uuid, p_minor boolean, p_sealed boolean, p_id uuid) returns boolean
  language sql stable parallel safe
  return starts_with(p_org, (select zj_scope()))
    and (not p_minor or (select zj_class('minors')))
    and (not p_sealed or (select zj_class('sealed')))
    and case (select zj_reach())
      when 'unit' then true
      when 'office' then true
      when 'own' then p_officer = (select zj_staff())
      when 'counts' then exists (select 1 from look where look.staff_id = (select zj_staff()) and look.person_id = p_id and look.until > now())
      else false end;

alter table person enable row level security;
create policy person_seen on person for all to zj_api
  using (starts_with(org_code, (select zj_scope()))
    and (not minor or (select zj_class('minors')))
    and (not sealed or (select zj_class('sealed')))
    and case (select zj_reach())
      when 'unit' then true
      when 'office' then true
      when 'own' then officer_id = (select zj_staff())
      when 'counts' then id in (select person_id from look where look.staff_id = (select zj_staff()) and look.until > now())
      else false end)
  with check (starts_with(org_code, (select zj_scope())));
create policy person_system on person for all to zj_system using (true) with check (true);

alter table person_part enable row level security;
create policy part_seen on person_part for all to zj_api using (exists (select 1 from person p where p.id = person_id)) with check (exists (select 1 from person p where p.id = person_id));
create policy part_system on person_part for all to zj_system using (true) with check (true);

alter table look enable row level security;
create policy look_own on look for all to zj_api using (staff_id = (select zj_staff())) with check (staff_id = (select zj_staff()) and starts_with(org_code, (select zj_scope())));
create policy look_system on look for all to zj_system using (true) with check (true);

-- Rows of a person follow the person; rows of no person follow the unit.
alter table ledger_entry enable row level security;
create policy ledger_seen on ledger_entry for select to zj_api
  using (case when person_id is null then starts_with(org_code, (select zj_scope())) else exists (select 1 from person p where p.id = person_id) end);
create policy ledger_added on ledger_entry for insert to zj_api with check (true);
create policy ledger_system on ledger_entry for all to zj_system using (true) with check (true);
alter table ledger_payload enable row level security;
create policy payload_seen on ledger_payload for select to zj_api using (exists (select 1 from ledger_entry e where e.id = entry_id));
create policy payload_added on ledger_payload for insert to zj_api with check (true);
create policy payload_system on ledger_payload for all to zj_system using (true) with check (true);

alter table task enable row level security;
create policy task_seen on task for all to zj_api
  using (owner_id = (select zj_staff()) or case when person_id is null then starts_with(org_code, (select zj_scope())) else exists (select 1 from person p where p.id = person_id) end)
  with check (true);
create policy task_system on task for all to zj_system using (true) with check (true);

alter table file enable row level security;
create policy file_seen on file for all to zj_api
  using (case when person_id is null then starts_with(org_code, (select zj_scope())) else exists (select 1 from person p where p.id = person_id) end)
  with check (case when person_id is null then starts_with(org_code, (select zj_scope())) else exists (select 1 from person p where p.id = person_id) end);
create policy file_system on file for all to zj_system using (true) with check (true);
alter table file_content enable row level security;
create policy content_seen on file_content for select to zj_api using (exists (select 1 from file f where f.id = file_id));
create policy content_added on file_content for insert to zj_api with check (exists (select 1 from file f where f.id = file_id));
create policy content_system on file_content for all to zj_system using (true) with check (true);

-- Staff and audit follow the unit; the audit is read by those who may, see core/audit.ts.
alter table staff enable row level security;
create policy staff_seen on staff for select to zj_api using (id = (select zj_staff()) or starts_with(org_code, (select current_setting('zj.unit', true))));
create policy staff_added on staff for insert to zj_api with check (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy staff_changed on staff for update to zj_api using (id = (select zj_staff()) or starts_with(org_code, (select current_setting('zj.unit', true)))) with check (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy staff_system on staff for all to zj_system using (true) with check (true);
alter table audit enable row level security;
create policy audit_seen on audit for select to zj_api using (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy audit_added on audit for insert to zj_api with check (true);
create policy audit_system on audit for all to zj_system using (true) with check (true);

-- Heads and counts without a single person's row, for those who see counts only.
create function zj_person_counts() returns table (org_code text, state text, category text, level text, colour text, people bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.org_code, p.state, p.category, p.level, p.colour, count(*) from person p
    where p.merged_into is null and starts_with(p.org_code, current_setting('zj.unit', true)) and zj_reach() <> 'none'
    group by 1, 2, 3, 4, 5;
  end;
alter function zj_person_counts() owner to zj_system;
revoke execute on function zj_person_counts() from public;
grant execute on function zj_person_counts() to zj_api;

grant select, insert, update on person, person_part, look to zj_api;
grant select on person, look to zj_tracks;
grant select, insert, update, delete on person, person_part, look to zj_system;
