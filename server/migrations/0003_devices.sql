-- Devices 终端, activations 定位启用 and what is sent to devices.
create table device (
  id uuid primary key,
  org_code text not null references org (code),
  kind text not null check (kind in ('phone', 'wristband', 'simulator')),
  protocol text not null,
  -- Identity as it travels in the protocol (phone number, IMEI, install id), leading zeros of a number taken off.
  identity text not null,
  model text not null default '',
  sim text,
  crs text not null default 'WGS84',
  -- Sealed secret where the protocol can carry one; without it the source is unauthenticated in every piece of evidence.
  secret bytea,
  -- When a terminal that registered was handed the secret as its code; handed once, never again without an officer.
  secret_handed_at timestamptz,
  state text not null default 'stock' check (state in ('stock', 'issued', 'repair', 'retired', 'lost')),
  holder_id uuid references person (id),
  last_seen_at timestamptz,
  battery_pct smallint,
  health jsonb not null default '{}',
  created_at timestamptz not null,
  revision integer not null default 1,
  unique (protocol, identity)
);
create index device_org on device (org_code text_pattern_ops, state);
create index device_holder on device (holder_id);

create table unknown_device (
  protocol text not null,
  identity text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  messages bigint not null,
  remote text,
  -- County a terminal says it was set up for, where its protocol tells.
  org_hint text not null default '',
  detail jsonb not null default '{}',
  primary key (protocol, identity)
);

create table activation (
  id uuid primary key,
  -- Small number used in packed positions.
  no integer generated always as identity unique,
  device_id uuid not null references device (id),
  person_id uuid not null references person (id),
  org_code text not null,
  -- check: information check 信息化核查 (法 26); device: electronic positioning device 电子定位装置 (法 29)
  regime text not null check (regime in ('check', 'device')),
  ground text not null,
  article text not null,
  rule text not null,
  -- [starts_at, ends_at): the end is 00:00 Asia/Shanghai of the day after the last lawful day.
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Shortest lawful distance between two positions, seconds; null where the regime sets none.
  ceiling_s integer,
  interval_s integer not null,
  state text not null check (state in ('proposed', 'running', 'refused', 'ended')),
  proposed_by uuid,
  proposer text not null default '',
  proposed_at timestamptz not null,
  approver_id uuid,
  approver text not null default '',
  approved_at timestamptz,
  document text not null default '',
  -- The facts behind the ground, and for an extension the fresh assessment and its day.
  facts text not null default '',
  assessed_on date,
  extends uuid references activation (id),
  ended_at timestamptz,
  end_reason text,
  law_revision text not null default '',
  imported boolean not null default false,
  revision integer not null default 1,
  exclude using gist (device_id with =, tstzrange(starts_at, coalesce(ended_at, ends_at), '[)') with &&) where (state in ('running', 'ended') and (ended_at is null or ended_at > starts_at))
);
create unique index activation_extends on activation (extends) where state in ('proposed', 'running');
create index activation_device on activation (device_id);
create index activation_org on activation (org_code text_pattern_ops, state, ends_at);
create index activation_person on activation (person_id, starts_at desc);
create index activation_ends on activation (ends_at) where state = 'running';

create table device_command (
  id uuid primary key,
  device_id uuid not null references device (id),
  person_id uuid,
  org_code text not null,
  command jsonb not null,
  why text not null,
  subject_id uuid,
  asked_by text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  serial integer,
  sent_at timestamptz,
  answered_at timestamptz,
  result text,
  detail jsonb not null default '{}'
);
create index command_waiting on device_command (device_id, asked_at) where sent_at is null and result is null;
create index command_device on device_command (device_id, asked_at desc);

alter table device enable row level security;
-- Stock belongs to the unit; a device that somebody holds is seen by whoever sees the person, wherever it was registered.
create policy device_seen on device for all to zj_api
  using (case when holder_id is null then starts_with(org_code, (select current_setting('zj.unit', true))) else exists (select 1 from person p where p.id = holder_id) end)
  with check (starts_with(org_code, (select current_setting('zj.unit', true))) or exists (select 1 from person p where p.id = holder_id));
create policy device_system on device for all to zj_system using (true) with check (true);
alter table activation enable row level security;
create policy activation_seen on activation for all to zj_api using (exists (select 1 from person p where p.id = person_id)) with check (exists (select 1 from person p where p.id = person_id));
create policy activation_system on activation for all to zj_system using (true) with check (true);
alter table device_command enable row level security;
create policy command_seen on device_command for all to zj_api
  using (exists (select 1 from device d where d.id = device_id)) with check (exists (select 1 from device d where d.id = device_id));
create policy command_system on device_command for all to zj_system using (true) with check (true);

alter table unknown_device enable row level security;
create policy unknown_seen on unknown_device for all to zj_api
  using (starts_with(org_hint, (select current_setting('zj.unit', true))) or starts_with((select current_setting('zj.unit', true)), org_hint));
create policy unknown_system on unknown_device for all to zj_system using (true) with check (true);

grant select, insert, update on device, activation, device_command to zj_api;
grant select, delete on unknown_device to zj_api;
grant select on activation to zj_tracks;
grant select, insert, update, delete on device, unknown_device, activation, device_command to zj_system;

-- Whether a number is taken, and by which unit: the one thing about a stranger's device that a registering clerk must know.
create function zj_device_org(p_protocol text, p_identity text) returns text language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select org_code from device where protocol = p_protocol and identity = p_identity;
  end;
alter function zj_device_org(text, text) owner to zj_system;
revoke execute on function zj_device_org(text, text) from public;
grant execute on function zj_device_org(text, text) to zj_api;
