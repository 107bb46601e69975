-- Posts that one account may hold for every office below its seat: those to which the permission matrix gives no act of their
-- own, so that nothing is decided, proposed or carried out from the wrong unit. A community police officer seated at the
-- county is invited to what an office holds where the office has none of its own. `law/competence.ts` says which (holdsBelow).
create function zj_posts_below() returns text[] language sql immutable parallel safe return array['communityPolice'];

-- Who holds a post for a unit: those seated in it; of a post that is held from above, else the nearest above, up to the county.
create or replace function zj_post(p_role text, p_unit text) returns table (staff_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select h.id, h.name from (
      select s.id, s.name, s.created_at, length(s.org_code) as depth, max(length(s.org_code)) over () as nearest
      from staff s join staff_role sr on sr.staff_id = s.id
      where s.active and sr.role = p_role
        and (s.org_code = p_unit
          or (p_role = any (zj_posts_below()) and length(s.org_code) >= 6 and starts_with(p_unit, s.org_code)))) h
    where h.depth = h.nearest order by h.created_at, h.id;
  end;

-- Running duties that nobody has yet, of a post which the caller holds for the units below his seat. Nothing is looked for
-- where he holds none.
create function zj_tasks_below() returns table (id uuid, person_id uuid)
  language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.id, t.person_id from task t
    where (select exists (select 1 from staff_role r where r.staff_id = zj_staff() and r.role = any (zj_posts_below()))
        and length(current_setting('zj.unit', true)) >= 6)
      and t.owner_id is null and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code ~>=~ current_setting('zj.unit', true) and t.unit_code ~<~ (current_setting('zj.unit', true) || '~')
      and t.owner_role = any (zj_posts_below())
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff());
  end;
alter function zj_tasks_below() owner to zj_system;
revoke execute on function zj_tasks_below() from public;
grant execute on function zj_tasks_below() to zj_api, zj_system, zj_tracks;

create or replace function zj_my_tasks() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.id from task t where t.owner_id = zj_staff()
    union
    select c.task_id from task_called c where c.staff_id = zj_staff()
    union
    select t.id from task t
    where t.owner_id is null and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code = current_setting('zj.unit', true)
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff())
    union
    select b.id from zj_tasks_below() b;
  end;
create or replace function zj_tasked() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
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
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff())
    union
    select b.person_id from zj_tasks_below() b where b.person_id is not null;
  end;
