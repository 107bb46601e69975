-- Which version of the rules judged which stretch of a day. A day judged under several versions named them all for each of its
-- positions; versions change by time of receipt, so stretches of it say which was whose.
-- [[from, until, version], …], milliseconds UTC of receipt, both ends among them, as `server/positions/stretches.ts` writes it.
-- Null for a day that was compacted before.
alter table track_day add column judged jsonb;

-- The one door, now with what judged: of the compacted day its versions and stretches, of each segment in the inbox its version.
drop function zj_track_rules(uuid, date, text);
drop function zj_track(uuid, date, text);
create function zj_track(p_person uuid, p_day date, p_purpose text)
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
  return query select t.activation_no, 'day'::text, t.blob, t.rules, t.judged from track_day t where t.person_id = p_person and t.day = p_day;
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
alter function zj_track(uuid, date, text) owner to zj_tracks;
revoke execute on function zj_track(uuid, date, text) from public;
grant execute on function zj_track(uuid, date, text) to zj_api;
