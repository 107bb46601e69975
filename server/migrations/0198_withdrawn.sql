-- As 0163 has it, but: whoever asks for a person's sake does so for a device of his unit, or of somebody his unit supervises;
-- and what was sent and is no longer meant for who wears the device now is not sent again (0193), and stays what it is: sent.
create or replace function zj_withdraw_stale(p_device uuid, p_now timestamptz) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  if session_user = 'zj_api' and not exists (
    select 1 from device d where d.id = p_device and zj_reach() in ('own', 'office', 'unit')
      and (starts_with(d.org_code, zj_scope()) or starts_with(zj_scope(), d.org_code)
        or exists (select 1 from person p where p.id = d.holder_id and starts_with(p.org_code, zj_scope()))
        or exists (select 1 from activation a join person p on p.id = a.person_id
          where a.device_id = d.id and starts_with(p.org_code, zj_scope())))) then
    return 0;
  end if;
  with waiting as (
    select c.id, c.person_id, c.subject_id, c.asked_at, c.sent_at, c.command ->> 'kind' as kind, d.holder_id
    from device_command c join device d on d.id = c.device_id
    where c.device_id = p_device and (c.sent_at is null or c.again_at is not null) and c.result is null and c.expires_at > p_now
    for update of c
  ), running as (
    select a.person_id, greatest(a.starts_at, a.approved_at) as since from activation a
    where a.device_id = p_device and a.state = 'running' and a.starts_at <= p_now + interval '1 minute' and a.ends_at > p_now
  ), judged as (
    select w.id, w.kind, w.person_id, w.subject_id, w.sent_at, case
      when w.kind = 'stop' then case
        when w.holder_id is not null and w.holder_id is distinct from w.person_id then 'holder'
        -- Asked for by hand under the very term that runs, it stands.
        when exists (select 1 from running r where w.subject_id is not null or r.since > w.asked_at) then 'term' end
      when exists (select 1 from running r where r.person_id = w.person_id) then null
      when w.holder_id is distinct from w.person_id then 'holder'
      when w.kind in ('locate', 'burst', 'interval') then 'term'
    end as why
    from waiting w
  ), dropped as (
    update device_command c set again_at = null
    from judged j where c.id = j.id and j.why is not null and j.sent_at is not null
  ), done as (
    update device_command c set result = 'withdrawn', withdrawn = j.why, withdrawn_at = p_now
    from judged j where c.id = j.id and j.why is not null and j.sent_at is null
    returning j.kind, j.person_id, j.subject_id
  ), unsaid as (
    update message m set failed = 'withdrawn' from done
    where done.kind = 'text' and m.subject_id = done.subject_id and m.person_id = done.person_id
      and m.delivered_at is null and m.failed is null and m.channel in ('device', 'app')
  )
  select count(*) into n from done;
  return n;
end $$;
