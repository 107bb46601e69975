-- How far an install of the phone app has been received (positioning.md §1.3): everything up to `ack` is durable, what came
-- beyond it stands in `ranges`. A hole that stays is evidence: numbers missing were deleted, time missing was switched off.
create table app_sequence (
  device_id uuid primary key references device (id),
  ack bigint not null,
  ranges jsonb not null default '[]',
  holes jsonb not null default '[]',
  boot_id text not null default '',
  last_t bigint,
  last_elapsed bigint,
  updated_at timestamptz not null
);
alter table app_sequence enable row level security;
create policy sequence_seen on app_sequence for select to zj_api using (exists (select 1 from device d where d.id = device_id));
create policy sequence_system on app_sequence for all to zj_system using (true) with check (true);
grant select on app_sequence to zj_api;
grant select, insert, update, delete on app_sequence to zj_system;

-- Where the table of cell towers came from and when.
create table cell_import (
  id uuid primary key,
  at timestamptz not null,
  source text not null,
  towers integer not null,
  by_id uuid
);
grant select, insert on cell_import to zj_api;
grant select, insert, update, delete on cell_import to zj_system;
