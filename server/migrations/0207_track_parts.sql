-- A term's day that is more than one blob holds (131,072 positions: a flood that only knew the number beside a busy device,
-- uploads of several days dated the same) has several, each packed, sealed and proved on its own. One that could not be
-- packed made the folding of days fail for everybody, round after round.
alter table track_day add column part smallint not null default 0;
alter table track_day drop constraint track_day_pkey, add primary key (activation_no, day, part);

-- What could not be folded into its day, whatever the cause, while all others were: kept as it came, read with the day, tried
-- again. Empty as long as all is well; `zhijiao doctor` says when it is not.
create table track_aside (
  id bigint generated always as identity primary key,
  activation_no integer not null,
  day date not null,
  received_at timestamptz not null,
  fixes integer not null,
  -- Version of the rules that judged it.
  rules text not null,
  -- One segment (geo/segment.ts), of this day alone.
  segment bytea not null,
  since timestamptz not null,
  -- What kept it from being folded, for whoever looks after the installation; no place and no person.
  why text not null
);
create index track_aside_day on track_aside (activation_no, day);
grant select, insert, delete on track_aside to zj_system;
grant select on track_aside to zj_tracks;

-- As 0159 has it; besides, all parts of a day in their order, and what was set aside as if it still lay in the inbox.
create or replace function zj_track(p_person uuid, p_day date, p_purpose text)
  returns table (activation_no integer, kind text, blob bytea, rules text, judged jsonb)
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
  return query select t.activation_no, 'day'::text, t.blob, t.rules, t.judged from track_day t
    where t.person_id = p_person and t.day = p_day order by t.activation_no, t.part;
  return query select s.activation_no, 'inbox'::text, s.segment, s.rules, null::jsonb
    from activation x join track_aside s on s.activation_no = x.no and s.day = p_day where x.person_id = p_person order by s.id;
  -- What terms that touch the day sent since the last compaction; the reader sorts out other days of the same person.
  select array_agg(x.no) into nos from activation x
    where x.person_id = p_person and x.state in ('running', 'ended')
      and x.starts_at < ((p_day + 1)::timestamp at time zone 'Asia/Shanghai') and x.ends_at > (p_day::timestamp at time zone 'Asia/Shanghai');
  if nos is null then return; end if;
  foreach a in array nos loop
    needle := int4send(a);
    return query
      select a, 'inbox'::text, s.segment, s.version, null::jsonb
      from position_compacted c
      join position_inbox i on i.shard = c.shard and i.no > c.no
      cross join lateral zj_inbox_judged(i.blob, a, i.rules, i.ruled) as s(version, segment)
      where position(needle in i.blob) > 0;
  end loop;
end $$;
