-- Time comes in from outside, in the policies too: they asked the clock of the database server, everything else that of the
-- program. Where the two differ (a database on another machine, a day that is lived again) a file opened with a reason was
-- shut at once or stood open, and a city lost what it had just decided. Who asks brings his instant along; the jobs of the
-- program, which look through nobody's eyes, keep the server's.
create function zj_now() returns timestamptz language sql stable parallel safe
  return coalesce(nullif(current_setting('zj.now', true), '')::timestamptz, now());

-- As 0084 has it, but for the clock.
create or replace function zj_deciding() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.person_id from task t
    where zj_reach() = 'counts' and t.kind like '%.decide' and t.person_id is not null
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > zj_now() - interval '1 hour')
      and (t.owner_id = zj_staff() or (t.owner_id is null and t.unit_code = current_setting('zj.unit', true)
        and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff())));
  end;

-- As 0115 has it, but for the clock.
create or replace function zj_called_to() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select l.person_id from look l where zj_reach() = 'counts' and l.staff_id = zj_staff() and l.until > zj_now()
    union
    select t.id from zj_tasked() as t(id) where zj_reach() in ('own', 'counts');
  end;

-- As 0134 has it, but for the clock.
create or replace function zj_tasked() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    -- One branch for each index: this runs with every question an officer asks about a person.
    select t.person_id from task t
    where t.owner_id = zj_staff() and t.person_id is not null
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > zj_now() - interval '1 day')
    union
    select t.person_id from task_called c join task t on t.id = c.task_id
    where c.staff_id = zj_staff() and t.person_id is not null
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > zj_now() - interval '1 day')
    union
    select t.person_id from task t
    where t.owner_id is null and t.person_id is not null and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code = current_setting('zj.unit', true)
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff())
    union
    select b.person_id from zj_tasks_below() b where b.person_id is not null;
  end;

-- As 0150 has it, but for the clock. The look ends with its transaction: no two of one staff bring the same instant.
create or replace function zj_track_look(p_id uuid, p_person uuid, p_reason text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if zj_reach() <> 'counts' or not zj_class('tracks') or length(trim(p_reason)) < 4 then return false; end if;
  insert into look (id, staff_id, person_id, org_code, reason, granted_at, until)
  select p_id, zj_staff(), p.id, p.org_code, trim(p_reason), zj_now(), zj_now() + interval '1 microsecond' from person p
  where p.id = p_person and starts_with(p.org_code, zj_scope());
  return found;
end $$;

-- As 0184 has it, but for the clock.
create or replace function zj_handed_matters() returns setof text language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.subject_id::text from task t
    where t.owner_id = zj_staff() and (t.kind like 'matter.%' or t.kind = 'leave.decide')
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > zj_now() - interval '1 day')
    union
    select c.subject_id::text from task_called d join task c on c.id = d.task_id
    where d.staff_id = zj_staff() and (c.kind like 'matter.%' or c.kind = 'leave.decide')
      and c.state in ('open', 'claimed', 'submitted')
    union
    select t.subject_id::text from task t
    where t.owner_id is null and (t.kind like 'matter.%' or t.kind = 'leave.decide') and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code = current_setting('zj.unit', true)
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff());
  end;

-- As 0186 has it, but for the clock.
create or replace function zj_looked_at() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic select l.person_id from look l where l.staff_id = zj_staff() and l.until > zj_now(); end;

-- As 0188 has it, but for the clock.
create or replace function zj_fence_elsewhere(p_fence uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select exists (select 1 from fence_person a join person p on p.id = a.person_id
      where zj_whole() and a.fence_id = p_fence and not starts_with(p.org_code, zj_scope())
        and p.state in ('awaiting', 'inCorrection', 'missing', 'detained')
        and (a.until_day is null or a.until_day >= (zj_now() at time zone 'Asia/Shanghai')::date));
  end;

-- As 0030 has it, but for the clock.
create or replace function zj_sees(p_org text, p_officer uuid, p_minor boolean, p_sealed boolean, p_id uuid) returns boolean
  language sql stable parallel safe
  return starts_with(p_org, (select zj_scope()))
    and (not p_minor or (select zj_class('minors')))
    and (not p_sealed or (select zj_class('sealed')))
    and case (select zj_reach())
      when 'unit' then true
      when 'office' then true
      when 'own' then p_officer = (select zj_staff()) or p_id in (select zj_tasked())
      when 'counts' then exists (select 1 from look where look.staff_id = (select zj_staff()) and look.person_id = p_id and look.until > zj_now()) or p_id in (select zj_tasked())
      else false end;
