-- What was open to whoever is signed in, and is not his.

-- Colleagues: whoever works with a unit's people chooses among its accounts. Another organ knows its own desk; whom single
-- duties are handed to knows himself. Neither is told who the county's officers and administrators are.
alter policy staff_seen on staff
  using (id = (select zj_staff()) or case (select zj_reach())
    when 'handed' then false
    when 'opened' then id in (select zj_organ_mates())
    else starts_with(org_code, (select current_setting('zj.unit', true))) end);

-- An export remembers how far whoever asked for it saw when it was made: it is not handed to less.
alter table download
  add column reach text,
  add column classes text[] not null default '{}';

-- Functions that step over row-level security ask themselves who calls; whom single duties are handed to and another organ
-- are no readers of a unit any more than the administrators are.
create function zj_reads_figures() returns boolean language sql stable parallel safe
  return zj_reach() in ('own', 'office', 'unit', 'counts');
create or replace function zj_person_counts() returns table (org_code text, state text, category text, level text, colour text, people bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.org_code, p.state, p.category, p.level, p.colour, count(*) from person p
    where p.merged_into is null and starts_with(p.org_code, current_setting('zj.unit', true)) and zj_reads_figures()
    group by 1, 2, 3, 4, 5;
  end;
create or replace function zj_episode_counts(p_since timestamptz) returns table (org_code text, kind text, state text, settled_as text, episodes bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select e.org_code, e.kind, e.state, e.settled_as, count(*) from episode e
    where starts_with(e.org_code, current_setting('zj.unit', true)) and zj_reads_figures() and (e.detected_at >= p_since or e.state <> 'settled')
    group by 1, 2, 3, 4;
  end;
create or replace function zj_alarm_precision(p_org text, p_from timestamptz, p_until timestamptz)
  returns table (kind text, raised boolean, state text, settled_as text, cause text, overdue boolean, claim_min double precision, close_min double precision)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select e.kind, e.raised_at is not null, e.state, e.settled_as, case when c.set_aside_at is null then c.cause end,
      coalesce(t.due_at < coalesce(t.ended_at, p_until), false),
      extract(epoch from t.claimed_at - t.delivered_at) / 60,
      extract(epoch from e.settled_at - e.raised_at) / 60
    from episode e
    left join closure c on c.episode_id = e.id and c.review = 'approved'
    left join lateral (select * from task t where t.subject_id = e.id and t.kind = 'alarm.handle' order by t.created_at desc limit 1) t on true
    where starts_with(e.org_code, p_org) and starts_with(p_org, current_setting('zj.unit', true)) and zj_reads_figures()
      and e.detected_at >= p_from and e.detected_at < p_until;
  end;
create or replace function zj_identities_known(blinds bytea[]) returns setof bytea
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.identity_blind from person p where p.merged_into is null and p.identity_blind = any (blinds)
      and zj_reach() in ('own', 'office', 'unit');
  end;
create or replace function zj_device_org(p_protocol text, p_identity text) returns text language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select org_code from device where protocol = p_protocol and identity = p_identity and zj_reach() in ('own', 'office', 'unit');
  end;

-- How many episodes an outage settled, as far as the caller's unit goes: of one that bears on a whole city a county is told
-- its own. Administrators, who declare outages, are told the number too.
create or replace function zj_outage_settled(p_org text, p_from timestamptz, p_until timestamptz) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) from episode e where starts_with(e.org_code, p_org) and e.settled_as = 'outage'
    and e.settled_at >= p_from and e.began_at < coalesce(p_until, 'infinity'::timestamptz)
    and starts_with(e.org_code, current_setting('zj.unit', true)) and zj_reach() not in ('opened', 'handed'));

-- Left out of 0044: what replaces a lost credential is asked for and decided by administrators and by heads of a county,
-- never by who asked or whose it is, also by hand-written SQL.
alter policy recovery_asked on recovery
  with check ((select zj_reach()) in ('none', 'unit') and requested_by = (select zj_staff()) and approved_at is null and refused_at is null
    and decided_by is null and exists (select 1 from staff s where s.id = staff_id));
alter policy recovery_decided on recovery
  using ((select zj_reach()) in ('none', 'unit') and exists (select 1 from staff s where s.id = staff_id))
  with check (decided_by = (select zj_staff()) and (approved_by is null or approved_by = (select zj_staff()))
    and requested_by <> (select zj_staff()) and staff_id <> (select zj_staff()));
