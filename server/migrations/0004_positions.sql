-- Positions. One layout, one codec (geo/track.ts). Nothing here is granted to zj_api but `position_latest` and the one door.
create table position_inbox (
  shard smallint not null,
  no bigint not null,
  received_at timestamptz not null,
  fixes integer not null,
  -- Version of the rules that judged the fixes (geo/validate.ts).
  rules text not null,
  blob bytea not null
) partition by range (received_at);
alter table position_inbox alter column blob set storage external;

-- Up to where each shard's inbox has been folded into track_day.
create table position_compacted (shard smallint primary key, no bigint not null);

create table track_day (
  activation_no integer not null,
  day date not null,
  person_id uuid not null,
  org_code text not null,
  fixes integer not null,
  first_ts timestamptz not null,
  last_ts timestamptz not null,
  blob bytea not null,
  -- Merkle root over the day's fixes and the ledger entry that sealed it; late data adds a superseding root.
  root bytea,
  sealed_fixes integer not null default 0,
  -- Versions of the rules that judged the fixes.
  rules text not null,
  imported boolean not null default false,
  revision integer not null default 1,
  changed_at timestamptz not null,
  primary key (activation_no, day)
);
alter table track_day alter column blob set storage external;
create index track_day_person on track_day (person_id, day);
create index track_day_unsealed on track_day (day) where sealed_fixes < fixes;

create table position_latest (
  activation_no integer primary key,
  person_id uuid not null,
  org_code text not null,
  ts timestamptz not null,
  received_at timestamptz not null,
  lat double precision not null,
  lon double precision not null,
  accuracy_m real not null,
  source text not null,
  speed_kmh real,
  course real,
  battery_pct smallint,
  flags integer not null
) with (fillfactor = 70);
create index position_latest_person on position_latest (person_id);

-- What a device reported besides positions (strap, SOS, power …); written with the inbox row of the same flush.
create table device_event (
  shard smallint not null,
  no bigint not null,
  ordinal smallint not null,
  activation_no integer not null,
  device_id uuid not null,
  person_id uuid not null,
  org_code text not null,
  kind text not null,
  ts timestamptz not null,
  received_at timestamptz not null,
  blind boolean not null default false,
  primary key (shard, no, ordinal)
);
create index device_event_person on device_event (person_id, ts desc);

-- What was answered as received and not kept: never a coordinate.
create table position_refusal (
  day date not null,
  device_id uuid not null,
  activation_no integer not null default 0,
  reason text not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (day, device_id, activation_no, reason)
);

create table cell_tower (
  mcc smallint not null,
  mnc integer not null,
  lac integer not null,
  cell bigint not null,
  lat double precision not null,
  lon double precision not null,
  radius_m real not null,
  primary key (mcc, mnc, lac, cell)
);

-- Day partitions, made ahead by the gateway and the worker.
create function zj_inbox_partition(day date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := 'position_inbox_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(name) is null then
    perform pg_advisory_xact_lock(774201);
    begin
      execute format('create table %I partition of position_inbox for values from (%L) to (%L) with (autovacuum_enabled = false)', name, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
      execute format('create unique index on %I (shard, no)', name);
      execute format('grant select, insert on %I to zj_system; grant select on %I to zj_tracks', name, name);
    exception when duplicate_table then
      -- Somebody was quicker. Looking again under the lock would not tell: the session remembers that there was none.
      null;
    end;
  end if;
end $$;

-- Drops partitions before a day when every flush in them has been folded into day tracks. Returns how many.
create function zj_inbox_drop(before date) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part record;
  waiting boolean;
  dropped integer := 0;
begin
  for part in select c.relname::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'position_inbox'::regclass and c.relname ~ '^position_inbox_[0-9]{8}$' and to_date(right(c.relname, 8), 'YYYYMMDD') < before
  loop
    execute format('select exists (select 1 from %I p left join position_compacted c on c.shard = p.shard where p.no > coalesce(c.no, 0))', part.name) into waiting;
    if not waiting then
      execute format('drop table %I', part.name);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end $$;

-- The one door: segments of one person's day, for a caller whose scope sees the person and who may see tracks.
create function zj_track(p_person uuid, p_day date, p_purpose text)
  returns table (activation_no integer, kind text, blob bytea)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v person%rowtype;
  nos integer[];
  needle bytea;
  a integer;
begin
  select * into v from person where id = p_person;
  if not found or not zj_sees(v.org_code, v.officer_id, v.minor, v.sealed, v.id) or not zj_class('tracks') then
    return;
  end if;
  if length(coalesce(p_purpose, '')) < 2 then
    return;
  end if;
  return query select t.activation_no, 'day'::text, t.blob from track_day t where t.person_id = p_person and t.day = p_day;
  -- What terms that touch the day sent since the last compaction; the reader sorts out other days of the same person.
  select array_agg(x.no) into nos from activation x
    where x.person_id = p_person and x.state in ('running', 'ended')
      and x.starts_at < ((p_day + 1)::timestamp at time zone 'Asia/Shanghai') and x.ends_at > (p_day::timestamp at time zone 'Asia/Shanghai');
  if nos is null then return; end if;
  foreach a in array nos loop
    needle := int4send(a);
    return query
      select a, 'inbox'::text, s.segment
      from position_compacted c
      join position_inbox i on i.shard = c.shard and i.no > c.no
      cross join lateral zj_inbox_segments(i.blob, a) as s(segment)
      where position(needle in i.blob) > 0;
  end loop;
end $$;

-- One activation's segments out of an inbox blob. Layout (geo/inbox.ts): kind, count (4 bytes), then entries of 12 bytes
-- in ascending order of activation, arrival order within one: activation, offset from the start of the blob, length; big-endian.
create function zj_inbox_segments(blob bytea, a integer) returns setof bytea language plpgsql immutable as $$
declare
  n integer := zj_uint32(blob, 1);
  low integer := 0;
  high integer := n;
  mid integer;
begin
  while low < high loop
    mid := (low + high) / 2;
    if zj_uint32(blob, 5 + mid * 12) < a then low := mid + 1; else high := mid; end if;
  end loop;
  while low < n and zj_uint32(blob, 5 + low * 12) = a loop
    return next substring(blob from zj_uint32(blob, 9 + low * 12) + 1 for zj_uint32(blob, 13 + low * 12));
    low := low + 1;
  end loop;
end $$;
create function zj_uint32(blob bytea, at integer) returns integer language sql immutable parallel safe
  return (get_byte(blob, at) << 24) | (get_byte(blob, at + 1) << 16) | (get_byte(blob, at + 2) << 8) | get_byte(blob, at + 3);

-- Which days of a person hold a track, without a single place.
create function zj_track_days(p_person uuid, p_from date, p_until date)
  returns table (activation_no integer, day date, fixes integer, root bytea, rules text, imported boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v person%rowtype;
begin
  select * into v from person where id = p_person;
  if not found or not zj_sees(v.org_code, v.officer_id, v.minor, v.sealed, v.id) or not zj_class('tracks') then
    return;
  end if;
  return query select t.activation_no, t.day, t.fixes, case when t.sealed_fixes = t.fixes then t.root end, t.rules, t.imported
    from track_day t where t.person_id = p_person and t.day between p_from and p_until order by t.day desc, t.activation_no;
end $$;
alter function zj_track_days(uuid, date, date) owner to zj_tracks;
revoke execute on function zj_track_days(uuid, date, date) from public;
grant execute on function zj_track_days(uuid, date, date) to zj_api;

alter function zj_track(uuid, date, text) owner to zj_tracks;
revoke execute on function zj_track(uuid, date, text) from public;
grant execute on function zj_track(uuid, date, text) to zj_api;
revoke execute on function zj_inbox_partition(date) from public;
grant execute on function zj_inbox_partition(date) to zj_system;
revoke execute on function zj_inbox_drop(date) from public;
grant execute on function zj_inbox_drop(date) to zj_system;

alter table position_latest enable row level security;
create policy latest_seen on position_latest for select to zj_api using ((select zj_class('tracks')) and exists (select 1 from person p where p.id = person_id));
create policy latest_system on position_latest for all to zj_system using (true) with check (true);
alter table device_event enable row level security;
create policy event_seen on device_event for select to zj_api using (exists (select 1 from person p where p.id = person_id));
create policy event_system on device_event for all to zj_system using (true) with check (true);
alter table position_refusal enable row level security;
create policy refusal_seen on position_refusal for select to zj_api using (exists (select 1 from device d where d.id = device_id));
create policy refusal_system on position_refusal for all to zj_system using (true) with check (true);

create policy person_tracks on person for select to zj_tracks using (true);
create policy look_tracks on look for select to zj_tracks using (true);
create policy activation_tracks on activation for select to zj_tracks using (true);

grant select on position_inbox, position_compacted, track_day to zj_tracks;
grant select on position_latest, position_refusal, cell_tower, device_event to zj_api;
grant insert, delete on cell_tower to zj_api;
grant select, insert, update, delete on position_inbox, position_compacted, track_day, position_latest, position_refusal, cell_tower, device_event to zj_system;
