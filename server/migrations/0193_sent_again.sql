-- "Stop" and the interval are said again when nobody answers: the line may have been dead when they went out. When next, and how
-- often so far; null is never again. Twice does no harm; whatever else was sent is sent once.
alter table device_command
  add column again_at timestamptz,
  add column sends smallint not null default 0;
create index command_again on device_command (expires_at, device_id) where again_at is not null and result is null;

-- As in 0163; what was sent and is no longer meant for who wears the device now is not sent again, and stays what it is: sent.
create or replace function zj_withdraw_stale(p_device uuid, p_now timestamptz) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
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

-- The number that the last clocks of an install belong to; with the acknowledged number beside them, what lies between would look deleted.
alter table app_sequence add column last_seq bigint;
