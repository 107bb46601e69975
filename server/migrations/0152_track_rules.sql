-- Which version of the rules judged what of one person's day: of the compacted day, and of each segment that lies in the inbox
-- since. For whoever may read the day itself (zj_track), so that a pack of evidence quotes them.
create function zj_track_rules(p_person uuid, p_day date, p_purpose text)
  returns table (activation_no integer, rules text, segment bytea)
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
  return query select t.activation_no, t.rules, null::bytea from track_day t where t.person_id = p_person and t.day = p_day;
  select array_agg(x.no) into nos from activation x
    where x.person_id = p_person and x.state in ('running', 'ended')
      and x.starts_at < ((p_day + 1)::timestamp at time zone 'Asia/Shanghai') and x.ends_at > (p_day::timestamp at time zone 'Asia/Shanghai');
  if nos is null then return; end if;
  foreach a in array nos loop
    needle := int4send(a);
    return query
      select a, s.version, s.segment
      from position_compacted c
      join position_inbox i on i.shard = c.shard and i.no > c.no
      cross join lateral zj_inbox_judged(i.blob, a, i.rules, i.ruled) as s(version, segment)
      where position(needle in i.blob) > 0;
  end loop;
end $$;

-- One activation's segments out of an inbox blob (zj_inbox_segments), each with what judged it. As `server/positions/ruled.ts`
-- writes it: without `ruled` one version judged everything, else byte i says which of them judged entry i.
create function zj_inbox_judged(blob bytea, a integer, rules text, ruled bytea)
  returns table (version text, segment bytea) language plpgsql immutable as $$
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
    version := case when ruled is null then rules else split_part(rules, ',', get_byte(ruled, low) + 1) end;
    segment := substring(blob from zj_uint32(blob, 9 + low * 12) + 1 for zj_uint32(blob, 13 + low * 12));
    return next;
    low := low + 1;
  end loop;
end $$;

alter function zj_track_rules(uuid, date, text) owner to zj_tracks;
revoke execute on function zj_track_rules(uuid, date, text) from public;
grant execute on function zj_track_rules(uuid, date, text) to zj_api;
