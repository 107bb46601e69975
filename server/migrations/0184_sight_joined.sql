-- Two changes of one policy had been made side by side; this is both. A duty about nobody on file is kept from superiors'
-- lists (0180), and a duty to help with somebody on leave is seen by who sees the request (0172).
alter policy task_seen on task
  using (case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())))
            when person_id is null then (select zj_reach()) = 'own' and starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or id in (select zj_my_tasks())
    or (kind = 'matter.relocation' and zj_sees_matter(subject_id))
    or (kind = 'leave.assist' and zj_sees_help(subject_id))
    or (person_id in (select zj_moved_here()) and zj_sees_person(person_id)));

-- The papers of a leave that the city has to decide are in its hands as those of a matter are.
create or replace function zj_handed_matters() returns setof text language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.subject_id::text from task t
    where t.owner_id = zj_staff() and (t.kind like 'matter.%' or t.kind = 'leave.decide')
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > now() - interval '1 day')
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
