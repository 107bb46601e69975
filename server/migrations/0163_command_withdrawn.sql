-- What waits for a device is meant for whoever wears it under the term that runs. When either changes, it is withdrawn, with why.
alter table device_command
  add column withdrawn text check (withdrawn in ('holder', 'term')),
  add column withdrawn_at timestamptz;

-- Withdraws what waits for a device and holds no more, and answers how many that were. One rule for whoever changes a holder or
-- a term, and for the gateway just before it sends:
--   "stop" ends a term: not once somebody else holds the device, nor once another lawful term runs on it;
--   positions are asked for under a running term of that person only;
--   words and self-checks are for who held the device when they were asked for.
-- What was said to the person by it is noted as not said.
create function zj_withdraw_stale(p_device uuid, p_now timestamptz) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  with waiting as (
    select c.id, c.person_id, c.subject_id, c.asked_at, c.command ->> 'kind' as kind, d.holder_id
    from device_command c join device d on d.id = c.device_id
    where c.device_id = p_device and c.sent_at is null and c.result is null and c.expires_at > p_now
    for update of c
  ), running as (
    select a.person_id, greatest(a.starts_at, a.approved_at) as since from activation a
    where a.device_id = p_device and a.state = 'running' and a.starts_at <= p_now + interval '1 minute' and a.ends_at > p_now
  ), judged as (
    select w.id, w.kind, w.person_id, w.subject_id, case
      when w.kind = 'stop' then case
        when w.holder_id is not null and w.holder_id is distinct from w.person_id then 'holder'
        -- Asked for by hand under the very term that runs, it stands.
        when exists (select 1 from running r where w.subject_id is not null or r.since > w.asked_at) then 'term' end
      when exists (select 1 from running r where r.person_id = w.person_id) then null
      when w.holder_id is distinct from w.person_id then 'holder'
      when w.kind in ('locate', 'burst', 'interval') then 'term'
    end as why
    from waiting w
  ), done as (
    update device_command c set result = 'withdrawn', withdrawn = j.why, withdrawn_at = p_now
    from judged j where c.id = j.id and j.why is not null
    returning j.kind, j.person_id, j.subject_id
  ), unsaid as (
    update message m set failed = 'withdrawn' from done
    where done.kind = 'text' and m.subject_id = done.subject_id and m.person_id = done.person_id
      and m.delivered_at is null and m.failed is null and m.channel in ('device', 'app')
  )
  select count(*) into n from done;
  return n;
end $$;
alter function zj_withdraw_stale(uuid, timestamptz) owner to zj_system;
revoke execute on function zj_withdraw_stale(uuid, timestamptz) from public;
grant execute on function zj_withdraw_stale(uuid, timestamptz) to zj_api, zj_system;
