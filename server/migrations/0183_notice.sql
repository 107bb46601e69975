-- Short messages (短信) to a person's phone: what was asked to be sent, and what the county's gateway made of it. The number
-- itself is read from the file when it is sent and kept nowhere else.
create table notice (
  id uuid primary key,
  org_code text not null,
  person_id uuid not null references person (id),
  subject_id uuid not null,
  text text not null,
  -- Last four digits of the number it went to.
  phone_tail text not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  tries integer not null default 0,
  next_at timestamptz not null,
  -- Status or short word of the gateway at the last try.
  fault text,
  sent_at timestamptz,
  asked_by uuid,
  asked_name text not null,
  asked_at timestamptz not null
);
create index notice_subject on notice (subject_id, asked_at desc);
create index notice_due on notice (next_at) where state = 'queued';
alter table notice enable row level security;
create policy notice_seen on notice for all to zj_api
  using (exists (select 1 from person p where p.id = person_id)) with check (exists (select 1 from person p where p.id = person_id));
create policy notice_system on notice for all to zj_system using (true) with check (true);
grant select, insert on notice to zj_api;
grant select, insert, update, delete on notice to zj_system;
