-- Fences, presence, episodes, roster, closure, outages, leave.
create table fence (
  id uuid primary key,
  org_code text not null references org (code),
  name text not null,
  -- livingArea: the 市/县 a person lives in (实施办法 26); required: must be inside while active; forbidden: must stay out.
  kind text not null check (kind in ('livingArea', 'required', 'forbidden')),
  -- GeoJSON-compatible shape in WGS-84; what was imported, and its datum, beside it.
  area jsonb not null,
  -- minLat, minLon, maxLat, maxLon: lists and maps frame a fence without reading its outline.
  box jsonb not null,
  source_crs text not null default 'WGS84',
  source_note text not null default '',
  -- Windows in Asia/Shanghai (geo/calendar.ts); null: always.
  calendar jsonb,
  dwell_min integer not null default 0,
  basis text not null default '',
  synthetic boolean not null default false,
  active boolean not null default true,
  created_by uuid,
  created_at timestamptz not null,
  revision integer not null default 1
);
create index fence_org on fence (org_code text_pattern_ops) where active;
create table fence_person (
  fence_id uuid not null references fence (id),
  person_id uuid not null references person (id),
  from_day date not null,
  until_day date,
  basis text not null default '',
  added_by uuid,
  added_at timestamptz not null,
  primary key (fence_id, person_id, from_day)
);
create index fence_person_person on fence_person (person_id);

-- Presence of one activation against its fences, contact and battery; committed with what it caused.
create table presence (
  activation_no integer primary key,
  person_id uuid not null,
  org_code text not null,
  shard smallint not null,
  inbox_no bigint not null,
  state jsonb not null,
  updated_at timestamptz not null
) with (fillfactor = 80);
create index presence_person on presence (person_id);

create table alarm_kind (
  kind text not null,
  org_code text not null default '',
  level smallint not null check (level between 1 and 4),
  enabled boolean not null default true,
  -- Minutes an officer has, from delivery to the named duty officer.
  clock_min integer not null check (clock_min > 0),
  -- Seconds to wait for burst positions before an officer is disturbed; 0 skips the ladder.
  ladder_s integer not null default 60,
  to_person_zh text not null default '',
  to_officer_zh text not null default '',
  to_person_en text not null default '',
  to_officer_en text not null default '',
  parameters jsonb not null default '{}',
  changed_by uuid,
  changed_at timestamptz,
  primary key (kind, org_code)
);

create table episode (
  id uuid primary key,
  -- Short number people can say on the phone.
  number bigint generated always as identity,
  kind text not null,
  person_id uuid not null references person (id),
  org_code text not null,
  activation_no integer,
  fence_id uuid references fence (id),
  -- gathering: the ladder runs; raised: an officer has it; submitted: closure awaits review; settled: over.
  state text not null check (state in ('gathering', 'raised', 'submitted', 'settled')),
  level smallint not null,
  began_at timestamptz not null,
  detected_at timestamptz not null,
  raised_at timestamptz,
  settled_at timestamptz,
  -- closed | notHandled | cleared | leave | outage | termEnded | ranOut | merged
  settled_as text,
  sureness real not null,
  lat double precision,
  lon double precision,
  evidence jsonb not null default '[]',
  said_zh text not null,
  said_en text not null,
  rule_version text not null,
  ladder jsonb not null default '{}',
  next_step_at timestamptz,
  imported boolean not null default false,
  revision integer not null default 1
);
-- One open episode of a kind a person, except that each fence is its own matter, and what a device says of itself (silence,
-- strap, battery, damage, doubtful positions) is that device's matter.
create unique index episode_open on episode (person_id, kind, coalesce(fence_id, '00000000-0000-0000-0000-000000000000'),
  (case when kind in ('lostContact', 'noPosition', 'powerOff', 'strapOpen', 'deviceDamaged', 'lowBattery', 'spoof') then coalesce(activation_no, 0) else 0 end))
  where state <> 'settled';
create index episode_org on episode (org_code text_pattern_ops, state, detected_at desc);
create index episode_person on episode (person_id, detected_at desc);
create index episode_next on episode (next_step_at) where state = 'gathering';

create table episode_note (
  id uuid primary key,
  episode_id uuid not null references episode (id),
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  -- call, visit, note, acknowledge, claim, message, photo, review, return
  kind text not null,
  text text not null default '',
  data jsonb not null default '{}'
);
create index episode_note_episode on episode_note (episode_id, at);

create table closure (
  episode_id uuid primary key references episode (id),
  -- handled: 结案单; notHandled: 不予处理
  way text not null check (way in ('handled', 'notHandled')),
  cause text not null,
  finding text not null,
  measures text not null default '',
  follow_on text,
  files uuid[] not null default '{}',
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  reviewed_by uuid check (reviewed_by is null or reviewed_by <> submitted_by),
  reviewed_at timestamptz,
  review text check (review in ('approved', 'returned')),
  review_note text not null default '',
  revision integer not null default 1
);

-- 值班表: who is on duty for a unit, and who is next.
create table roster (
  id uuid primary key,
  org_code text not null references org (code),
  staff_id uuid not null references staff (id),
  -- duty: first to be called; head: when duty lets the clock run out
  place text not null check (place in ('duty', 'head')),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  handed_from uuid references roster (id),
  note text not null default '',
  ended_at timestamptz,
  added_by uuid,
  added_at timestamptz not null
);
create index roster_now on roster (org_code, place, from_at, until_at) where ended_at is null;

create table outage (
  id uuid primary key,
  org_code text not null default '',
  -- declared by a person, or detected (own gateway down, many devices of a cell silent at once)
  way text not null check (way in ('declared', 'detected')),
  reason text not null,
  scope jsonb not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz,
  declared_by uuid,
  recorded_at timestamptz not null
);
create index outage_time on outage (starts_at, ends_at);

create table leave (
  id uuid primary key,
  person_id uuid not null references person (id),
  org_code text not null,
  from_day date not null,
  until_day date not null check (until_day >= from_day),
  destination text not null,
  destination_area jsonb,
  reason text not null,
  state text not null check (state in ('asked', 'approved', 'refused', 'returned', 'cancelled')),
  competent text not null,
  rule text not null,
  asked_at timestamptz not null,
  asked_by uuid,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text not null default '',
  returned_on date,
  law_revision text not null default '',
  imported boolean not null default false,
  revision integer not null default 1
);
create index leave_person on leave (person_id, from_day);

-- What was sent to a supervised person, over which channel, and whether it arrived.
create table message (
  id uuid primary key,
  person_id uuid not null references person (id),
  org_code text not null,
  subject_id uuid,
  channel text not null check (channel in ('device', 'app', 'sms', 'voice')),
  text_zh text not null,
  text_en text not null default '',
  sent_at timestamptz,
  delivered_at timestamptz,
  failed text,
  created_at timestamptz not null
);
create index message_person on message (person_id, created_at desc);

do $$
declare t text;
begin
  foreach t in array array['presence', 'episode', 'leave', 'message', 'fence_person'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy %I on %I for all to zj_api using (exists (select 1 from person p where p.id = person_id)) with check (exists (select 1 from person p where p.id = person_id))', t || '_seen', t);
    execute format('create policy %I on %I for all to zj_system using (true) with check (true)', t || '_system', t);
  end loop;
  foreach t in array array['episode_note', 'closure'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy %I on %I for all to zj_api using (exists (select 1 from episode e where e.id = episode_id)) with check (exists (select 1 from episode e where e.id = episode_id))', t || '_seen', t);
    execute format('create policy %I on %I for all to zj_system using (true) with check (true)', t || '_system', t);
  end loop;
end $$;

-- A fence is seen by the unit it belongs to, by units above, and (living areas) by units below.
alter table fence enable row level security;
create policy fence_seen on fence for select to zj_api using (starts_with(org_code, (select current_setting('zj.unit', true))) or starts_with((select current_setting('zj.unit', true)), org_code));
create policy fence_added on fence for insert to zj_api with check (starts_with(org_code, (select zj_scope())));
create policy fence_changed on fence for update to zj_api using (starts_with(org_code, (select zj_scope()))) with check (starts_with(org_code, (select zj_scope())));
create policy fence_system on fence for all to zj_system using (true) with check (true);
alter table roster enable row level security;
create policy roster_seen on roster for all to zj_api using (starts_with(org_code, (select current_setting('zj.unit', true))) or starts_with((select current_setting('zj.unit', true)), org_code)) with check (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy roster_system on roster for all to zj_system using (true) with check (true);

grant select, insert, update on fence, fence_person, alarm_kind, episode, episode_note, closure, roster, outage, leave, message to zj_api;
grant select on presence to zj_api;
grant usage on all sequences in schema public to zj_api, zj_system;
grant select, insert, update, delete on fence, fence_person, presence, alarm_kind, episode, episode_note, closure, roster, outage, leave, message to zj_system;

create function zj_episode_counts(p_since timestamptz) returns table (org_code text, kind text, state text, settled_as text, episodes bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select e.org_code, e.kind, e.state, e.settled_as, count(*) from episode e
    where starts_with(e.org_code, current_setting('zj.unit', true)) and zj_reach() <> 'none' and (e.detected_at >= p_since or e.state <> 'settled')
    group by 1, 2, 3, 4;
  end;
alter function zj_episode_counts(timestamptz) owner to zj_system;
revoke execute on function zj_episode_counts(timestamptz) from public;
grant execute on function zj_episode_counts(timestamptz) to zj_api;
