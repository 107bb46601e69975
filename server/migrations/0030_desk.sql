-- The alarm desk: whose duty a task is, who was called, what a duty lets its holder see; roster, outages, leave.

-- Tasks: the unit whose post holds the duty, how its clock was set, how it climbs -----------------------------------------
alter table task
  add column unit_code text not null,
  add column clock_min integer check (clock_min > 0),
  -- Minutes between two steps of the ladder once the clock has run out.
  add column climb_min integer not null default 30 check (climb_min > 0),
  add column nobody_on_duty boolean not null default false,
  -- Only duties called by the roster climb it; a duty of a post is only shown as overdue.
  add column climbs boolean not null default false,
  add column acknowledged_at timestamptz,
  add column opened_by uuid;
create index task_post on task (unit_code, owner_role) where owner_id is null and state in ('open', 'claimed', 'submitted');
create index task_subject on task (subject_id, kind, created_at desc);
create index task_unit on task (unit_code text_pattern_ops, state, due_at);

-- Everyone called for a task, in order: by the roster, by a climb, by a hand-over.
create table task_called (
  task_id uuid not null references task (id),
  staff_id uuid not null references staff (id),
  step smallint not null,
  why text not null check (why in ('duty', 'climb', 'handOver', 'transfer', 'claim')),
  at timestamptz not null,
  primary key (task_id, staff_id)
);
create index task_called_staff on task_called (staff_id);

-- Tasks of the caller: named, called, or unowned duties of a post he holds in that very unit.
create function zj_my_tasks() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.id from task t where t.owner_id = zj_staff()
    union
    select c.task_id from task_called c where c.staff_id = zj_staff()
    union
    select t.id from task t
    where t.owner_id is null and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code = current_setting('zj.unit', true)
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff());
  end;
alter function zj_my_tasks() owner to zj_system;
revoke execute on function zj_my_tasks() from public;
grant execute on function zj_my_tasks() to zj_api;

-- Persons a running duty is about. Who is on duty at night must see whom the alarm is about; with the duty the sight ends,
-- a day later, so that the morning's questions about the night can be answered.
create function zj_tasked() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    -- One branch for each index: this runs with every question an officer asks about a person.
    select t.person_id from task t
    where t.owner_id = zj_staff() and t.person_id is not null
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > now() - interval '1 day')
    union
    select t.person_id from task_called c join task t on t.id = c.task_id
    where c.staff_id = zj_staff() and t.person_id is not null
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > now() - interval '1 day')
    union
    select t.person_id from task t
    where t.owner_id is null and t.person_id is not null and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code = current_setting('zj.unit', true)
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff());
  end;
alter function zj_tasked() owner to zj_system;
revoke execute on function zj_tasked() from public;
grant execute on function zj_tasked() to zj_api, zj_tracks;

create or replace function zj_sees(p_org text, p_officer uuid, p_minor boolean, p_sealed boolean, p_id uuid) returns boolean
  language sql stable parallel safe
  return starts_with(p_org, (select zj_scope()))
    and (not p_minor or (select zj_class('minors')))
    and (not p_sealed or (select zj_class('sealed')))
    and case (select zj_reach())
      when 'unit' then true
      when 'office' then true
      when 'own' then p_officer = (select zj_staff()) or p_id in (select zj_tasked())
      when 'counts' then exists (select 1 from look where look.staff_id = (select zj_staff()) and look.person_id = p_id and look.until > now()) or p_id in (select zj_tasked())
      else false end;
alter policy person_seen on person
  using (starts_with(org_code, (select zj_scope()))
    and (not minor or (select zj_class('minors')))
    and (not sealed or (select zj_class('sealed')))
    and case (select zj_reach())
      when 'unit' then true
      when 'office' then true
      when 'own' then officer_id = (select zj_staff()) or id in (select zj_tasked())
      when 'counts' then id in (select person_id from look where look.staff_id = (select zj_staff()) and look.until > now()) or id in (select zj_tasked())
      else false end);

-- Staff below see the duties of their own post and those of the persons they see; a duty never widens past its holder.
alter policy task_seen on task
  using (id in (select zj_my_tasks())
    or case when person_id is null then starts_with(org_code, (select zj_scope())) else exists (select 1 from person p where p.id = person_id) end);
alter table task_called enable row level security;
create policy called_seen on task_called for select to zj_api using (exists (select 1 from task t where t.id = task_id));
create policy called_added on task_called for insert to zj_api with check (true);
create policy called_system on task_called for all to zj_system using (true) with check (true);
grant select, insert on task_called to zj_api;
grant select, insert, update, delete on task_called to zj_system;

-- A colleague's name, even of another unit: who owns this, who closed it. Nothing else of him.
create function zj_staff_name(p_id uuid) returns text language sql stable security definer set search_path = public, pg_temp
  return (select s.name from staff s where s.id = p_id);
alter function zj_staff_name(uuid) owner to zj_system;
revoke execute on function zj_staff_name(uuid) from public;
grant execute on function zj_staff_name(uuid) to zj_api, zj_system;

-- Who is called for a unit at an instant, in order: office duty, office head, county duty, county head.
-- The roster names them; where it names no head, the post does.
create function zj_duty(p_org text, p_at timestamptz)
  returns table (staff_id uuid, name text, org_code text, place text, named_by text, step integer)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    with named as (
      select r.staff_id, s.name, r.org_code, r.place, 'roster' as named_by, r.from_at, r.id::text as tie
      from roster r join staff s on s.id = r.staff_id and s.active
      where p_org <> '' and starts_with(p_org, r.org_code) and length(r.org_code) >= 4
        and r.from_at <= p_at and r.until_at > p_at and (r.ended_at is null or r.ended_at > p_at)
      union all
      select s.id, s.name, s.org_code, 'head', 'post', s.created_at, s.id::text
      from staff s join staff_role sr on sr.staff_id = s.id
      where s.active and sr.role in ('officeHead', 'countyHead') and length(s.org_code) in (6, 9) and starts_with(p_org, s.org_code)
        and not exists (select 1 from roster r where r.org_code = s.org_code and r.place = 'head' and r.from_at <= p_at and r.until_at > p_at and (r.ended_at is null or r.ended_at > p_at))
    ), placed as (
      select n.*, case
        when length(n.org_code) = 9 and n.place = 'duty' then 1
        when length(n.org_code) = 9 then 2
        when length(n.org_code) = 6 and n.place = 'duty' then 3
        when length(n.org_code) = 6 then 4
        else 5 end as step
      from named n
    )
    select distinct on (p.step) p.staff_id, p.name, p.org_code,
      case p.step when 1 then 'officeDuty' when 2 then 'officeHead' when 3 then 'countyDuty' else 'countyHead' end,
      p.named_by, p.step
    from placed p where p.step <= 4
    order by p.step, p.named_by desc, p.from_at, p.tie;
  end;
alter function zj_duty(text, timestamptz) owner to zj_system;
revoke execute on function zj_duty(text, timestamptz) from public;
grant execute on function zj_duty(text, timestamptz) to zj_api, zj_system;

-- Who holds a post in a unit: for duties that the law gives to a post, not to whoever is on duty.
create function zj_post(p_role text, p_unit text) returns table (staff_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.id, s.name from staff s join staff_role sr on sr.staff_id = s.id
    where s.active and sr.role = p_role and s.org_code = p_unit order by s.created_at, s.id;
  end;
alter function zj_post(text, text) owner to zj_system;
revoke execute on function zj_post(text, text) from public;
grant execute on function zj_post(text, text) to zj_api, zj_system;

-- Who of a unit (or above it, up to the county) may be given a duty on this person: his posts let him see the file at all.
create function zj_colleagues(p_unit text) returns table (staff_id uuid, name text, org_code text, roles text[])
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.id, s.name, s.org_code, array_agg(sr.role order by sr.role)
    from staff s join staff_role sr on sr.staff_id = s.id
    where s.active and length(p_unit) >= 6 and length(s.org_code) >= 6 and (starts_with(p_unit, s.org_code) or starts_with(s.org_code, p_unit))
      and starts_with(p_unit, left(current_setting('zj.unit', true), 6))
    group by s.id, s.name, s.org_code;
  end;
alter function zj_colleagues(text) owner to zj_system;
revoke execute on function zj_colleagues(text) from public;
grant execute on function zj_colleagues(text) to zj_api;

-- The alarm kinds table: everyone reads it, a unit writes its own row ------------------------------------------------------
alter table alarm_kind add column note text not null default '', add column revision integer not null default 1;
alter table alarm_kind enable row level security;
create policy kind_read on alarm_kind for select to zj_api using (true);
create policy kind_added on alarm_kind for insert to zj_api with check (length(org_code) >= 2 and org_code = current_setting('zj.unit', true));
create policy kind_changed on alarm_kind for update to zj_api using (length(org_code) >= 2 and org_code = current_setting('zj.unit', true)) with check (org_code = current_setting('zj.unit', true));
create policy kind_system on alarm_kind for all to zj_system using (true) with check (true);

-- A returned closure is written again: keep what was returned, too.
alter table closure add column round integer not null default 1;
create table closure_round (
  episode_id uuid not null references episode (id),
  round integer not null,
  closure jsonb not null,
  primary key (episode_id, round)
);
alter table closure_round enable row level security;
create policy round_seen on closure_round for all to zj_api using (exists (select 1 from episode e where e.id = episode_id)) with check (exists (select 1 from episode e where e.id = episode_id));
create policy round_system on closure_round for all to zj_system using (true) with check (true);
grant select, insert on closure_round to zj_api;
grant select, insert, update, delete on closure_round to zj_system;

-- Precision of each kind without a single person's row.
create function zj_alarm_precision(p_org text, p_from timestamptz, p_until timestamptz)
  returns table (kind text, raised boolean, state text, settled_as text, cause text, overdue boolean, claim_min double precision, close_min double precision)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select e.kind, e.raised_at is not null, e.state, e.settled_as, c.cause,
      coalesce(t.due_at < coalesce(t.ended_at, p_until), false),
      extract(epoch from t.claimed_at - t.delivered_at) / 60,
      extract(epoch from e.settled_at - e.raised_at) / 60
    from episode e
    left join closure c on c.episode_id = e.id and c.review = 'approved'
    left join lateral (select * from task t where t.subject_id = e.id and t.kind = 'alarm.handle' order by t.created_at desc limit 1) t on true
    where starts_with(e.org_code, p_org) and starts_with(p_org, current_setting('zj.unit', true)) and zj_reach() <> 'none'
      and e.detected_at >= p_from and e.detected_at < p_until;
  end;
alter function zj_alarm_precision(text, timestamptz, timestamptz) owner to zj_system;
revoke execute on function zj_alarm_precision(text, timestamptz, timestamptz) from public;
grant execute on function zj_alarm_precision(text, timestamptz, timestamptz) to zj_api;

-- Outages: seen by every unit they bear on and by those above; declared for one's own unit ---------------------------------
create function zj_outage_settled(p_org text, p_from timestamptz, p_until timestamptz) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) from episode e where starts_with(e.org_code, p_org) and e.settled_as = 'outage'
    and e.settled_at >= p_from and e.began_at < coalesce(p_until, 'infinity'::timestamptz));
alter function zj_outage_settled(text, timestamptz, timestamptz) owner to zj_system;
revoke execute on function zj_outage_settled(text, timestamptz, timestamptz) from public;
grant execute on function zj_outage_settled(text, timestamptz, timestamptz) to zj_api;
alter table outage enable row level security;
create policy outage_seen on outage for select to zj_api using (starts_with(org_code, current_setting('zj.unit', true)) or starts_with(current_setting('zj.unit', true), org_code));
create policy outage_added on outage for insert to zj_api with check (starts_with(org_code, current_setting('zj.unit', true)));
create policy outage_changed on outage for update to zj_api using (starts_with(org_code, current_setting('zj.unit', true))) with check (starts_with(org_code, current_setting('zj.unit', true)));
create policy outage_system on outage for all to zj_system using (true) with check (true);

-- Roster: nobody is on duty twice at once in one place ---------------------------------------------------------------------
alter table roster add constraint roster_once exclude using gist (org_code with =, place with =, tstzrange(from_at, until_at, '[)') with &&) where (ended_at is null);

-- Leave ---------------------------------------------------------------------------------------------------------------------
alter table leave
  drop column destination_area,
  add column area text,
  add column country text not null default 'CN',
  add column reason_text text not null default '',
  -- How the competence was counted when it was asked for (law/leave.ts).
  add column competence jsonb not null default '{}';
create index leave_org on leave (org_code text_pattern_ops, state, from_day);
