-- What every room stands on: organisations, staff, sessions, audit, ledger, tasks, files, settings.
-- Roles exist before the first migration runs (see core/migrate.ts):
--   zj_api     requests of people; row-level security always applies
--   zj_system  gateway, engine, worker, sign-in and sealing; sees all rows, never a superuser
--   zj_tracks  owns the one door to positions; nobody signs in as it
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

grant usage on schema public to zj_api, zj_system, zj_tracks;

-- The caller, as the server set it for this transaction ------------------------------------------------------------
create function zj_staff() returns uuid language sql stable parallel safe
  return nullif(current_setting('zj.staff', true), '')::uuid;
create function zj_scope() returns text language sql stable parallel safe
  return case when coalesce(current_setting('zj.reach', true), '') in ('', 'none') then 'no scope' else current_setting('zj.scope', true) end;
create function zj_reach() returns text language sql stable parallel safe
  return coalesce(nullif(current_setting('zj.reach', true), ''), 'none');
create function zj_class(class text) returns boolean language sql stable parallel safe
  return class = any (string_to_array(coalesce(current_setting('zj.classes', true), ''), ','));

-- Organisations ----------------------------------------------------------------------------------------------------
create table org (
  code text primary key check (code ~ '^([0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3})?)?)?)?$'),
  level text not null check (level in ('ministry', 'province', 'city', 'county', 'office')),
  parent text references org (code),
  name text not null,
  name_en text,
  phone text,
  address text,
  -- A district of the urban area of its prefecture-level city: crossing between such districts is not leaving (实施办法 26).
  urban boolean not null default false,
  -- Drawn for a demonstration; every screen says so.
  synthetic boolean not null default false,
  active boolean not null default true,
  revision integer not null default 1
);
create index org_parent on org (parent);

-- Staff ------------------------------------------------------------------------------------------------------------
create table staff (
  id uuid primary key,
  login text not null unique check (login = lower(login)),
  number text not null,
  name text not null,
  org_code text not null references org (code),
  phone text,
  -- Enforcement certificate (执法证): number and last day.
  certificate text,
  certificate_until date,
  -- Data classes this one was named for (专人): minors, sealed.
  designations text[] not null default '{}',
  active boolean not null default true,
  password_hash text not null,
  password_changed_at timestamptz not null,
  password_history text[] not null default '{}',
  must_change_password boolean not null default true,
  totp_secret bytea,
  -- Shown once and not yet confirmed with a code.
  totp_pending bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  failed_count integer not null default 0,
  locked_until timestamptz,
  last_login_at timestamptz,
  last_login_ip text,
  language text not null default 'zh',
  signature_file uuid,
  -- 常用意见
  phrases text[] not null default '{}',
  created_at timestamptz not null,
  revision integer not null default 1
);
create index staff_org on staff (org_code text_pattern_ops);
create table staff_role (
  staff_id uuid not null references staff (id),
  role text not null,
  granted_by uuid,
  granted_at timestamptz not null,
  primary key (staff_id, role)
);
create table session (
  token_hash bytea primary key,
  id uuid not null unique,
  staff_id uuid not null references staff (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor boolean not null,
  ip text,
  agent text,
  -- When and from where the account was used before: shown after sign-in, so that a stranger's use is noticed.
  previous_at timestamptz,
  previous_ip text
);
create index session_staff on session (staff_id);
-- A lost second factor comes back only when two people agree (等保三级).
create table recovery (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  reason text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid check (approved_by is null or approved_by <> requested_by),
  approved_at timestamptz,
  refused_at timestamptz,
  used_at timestamptz
);

-- Audit: attempt before, result after; append only ------------------------------------------------------------------
create table audit (
  id uuid primary key,
  at timestamptz not null,
  request text not null,
  phase text not null check (phase in ('attempt', 'result')),
  act text not null,
  promise text not null,
  staff_id uuid,
  staff_name text,
  roles text,
  org_code text not null default '',
  person_id uuid,
  reason text,
  detail jsonb not null default '{}',
  outcome text,
  rows integer,
  ip text
);
create index audit_at on audit (at desc);
create index audit_staff on audit (staff_id, at desc);
create index audit_person on audit (person_id, at desc) where person_id is not null;

-- Ledger: sealed record of facts and decisions ----------------------------------------------------------------------
create table ledger_entry (
  id uuid primary key,
  org_code text not null,
  person_id uuid,
  kind text not null,
  subject text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_id uuid,
  actor text not null,
  cites text[] not null default '{}',
  law_revision text not null default '',
  imported boolean not null default false,
  payload_hash bytea not null
);
create index ledger_person on ledger_entry (person_id, occurred_at desc, id desc) where person_id is not null;
create index ledger_org on ledger_entry (org_code text_pattern_ops, recorded_at desc);
create index ledger_subject on ledger_entry (subject) where subject is not null;
-- The payload may be purged by law; its salted hash in the entry stays and the proof with it.
create table ledger_payload (
  entry_id uuid primary key references ledger_entry (id),
  salt bytea not null,
  payload jsonb not null
);
create table ledger_unsealed (entry_id uuid primary key references ledger_entry (id), recorded_at timestamptz not null);
create table ledger_leaf (
  seq bigint primary key,
  entry_id uuid not null unique references ledger_entry (id),
  leaf_hash bytea not null
);
-- Roots of complete subtrees only (RFC 6962); never rewritten.
create table ledger_node (
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index)
);
create table tree_head (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null,
  previous bytea,
  key_id text not null,
  signature bytea not null
);

-- Tasks -------------------------------------------------------------------------------------------------------------
create table task (
  id uuid primary key,
  kind text not null,
  org_code text not null,
  person_id uuid,
  subject_id uuid not null,
  title_zh text not null,
  title_en text not null,
  level smallint not null default 3,
  owner_role text not null,
  owner_id uuid,
  claimed_at timestamptz,
  delivered_at timestamptz,
  due_at timestamptz,
  rule text,
  state text not null check (state in ('open', 'claimed', 'submitted', 'done', 'cancelled')),
  climbed smallint not null default 0,
  next_climb_at timestamptz,
  ended_at timestamptz,
  outcome text,
  created_at timestamptz not null,
  revision integer not null default 1
);
create unique index task_open_subject on task (kind, subject_id) where state in ('open', 'claimed', 'submitted');
create index task_org on task (org_code text_pattern_ops, state, due_at);
create index task_owner on task (owner_id, state, due_at);
create index task_person on task (person_id) where person_id is not null;
create index task_climb on task (next_climb_at) where state in ('open', 'claimed');

-- Files: content hashed on arrival, kept beside everything else so that one backup holds all -------------------------
create table file (
  id uuid primary key,
  org_code text not null,
  person_id uuid,
  subject_id uuid,
  name text not null,
  mime text not null,
  size integer not null,
  sha256 bytea not null,
  note text,
  taken_at timestamptz,
  uploaded_by uuid,
  uploaded_at timestamptz not null
);
create index file_subject on file (subject_id);
create index file_person on file (person_id);
create table file_content (file_id uuid primary key references file (id) on delete cascade, content bytea not null);
alter table file_content alter column content set storage external;

-- Settings and the law's revisions -----------------------------------------------------------------------------------
create table setting (
  key text not null,
  org_code text not null default '',
  value jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (key, org_code)
);
create table law_revision (
  id uuid primary key,
  org_code text not null default '',
  -- The ids it touches, for reading.
  rule text not null,
  -- Local parameters by id, and recalled rules that somebody read in the official text.
  change jsonb not null,
  source text not null,
  effective_from date not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  published_by uuid check (published_by is null or published_by <> drafted_by),
  published_at timestamptz
);

-- Permissions --------------------------------------------------------------------------------------------------------
grant select, insert, update on org, staff_role, setting, law_revision, recovery to zj_api;
grant delete on staff_role to zj_api;
grant select (id, login, number, name, org_code, phone, certificate, certificate_until, designations, active, must_change_password, totp_confirmed_at, locked_until, last_login_at, last_login_ip, language, signature_file, created_at, revision, password_changed_at) on staff to zj_api;
grant insert on staff to zj_api;
grant update (number, name, org_code, phone, certificate, certificate_until, designations, active, language, signature_file, revision) on staff to zj_api;
grant select, insert on audit, ledger_entry, ledger_payload, ledger_unsealed to zj_api;
grant select on ledger_leaf, ledger_node, tree_head to zj_api;
grant select, insert, update on task, file to zj_api;
grant select, insert on file_content to zj_api;
grant select, insert, update, delete on all tables in schema public to zj_system;
revoke update, delete on audit, ledger_entry, ledger_leaf, ledger_node, tree_head from zj_system;
