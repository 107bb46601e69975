-- A fence that concerns persons (a home at night, the street an injunction names) tells where they live and what a court
-- decided: it is seen by who may see one of them, not by the whole unit. What binds nobody, and the outline of a territory,
-- the unit sees as before. Once of a person it stays so, also when the assignment has ended.
alter table fence add column of_persons boolean not null default false;
update fence f set of_persons = true where exists (select 1 from fence_person a where a.fence_id = f.id);

create function zj_fence_binds() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update fence f set of_persons = true where not f.of_persons and f.id in (select a.fence_id from assigned a);
  return null;
end $$;
alter function zj_fence_binds() owner to zj_system;
create trigger fence_binds after insert on fence_person referencing new table as assigned
  for each statement execute function zj_fence_binds();

-- For who sees all persons of a unit or office but those kept apart: in one pass, for asking fence by fence took seconds.
create function zj_fences_whole() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select a.fence_id from fence_person a join person p on p.id = a.person_id
    where zj_whole() and p.org_code ~>=~ zj_scope() and p.org_code ~<~ (zj_scope() || '~')
      and (not p.minor or zj_class('minors')) and (not p.sealed or zj_class('sealed'));
  end;
-- Candidates for who sees some persons only, so that a list does not ask about every fence of the unit; no sight by itself.
create function zj_fences_maybe() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select a.fence_id from person p join fence_person a on a.person_id = p.id where p.officer_id = zj_caseload_of()
    union
    select a.fence_id from fence_person a where a.person_id in (select zj_called_to());
  end;
alter function zj_fences_whole() owner to zj_system;
alter function zj_fences_maybe() owner to zj_system;
revoke execute on function zj_fences_whole(), zj_fences_maybe() from public;
grant execute on function zj_fences_whole(), zj_fences_maybe() to zj_api;

-- Through the caller's eyes: an assignment is seen with its person.
create function zj_sees_bound(p_id uuid) returns boolean language sql stable parallel safe
  begin atomic select exists (select 1 from fence_person a where a.fence_id = p_id); end;

alter policy fence_seen on fence
  using ((starts_with(org_code, (select current_setting('zj.unit', true))) or starts_with((select current_setting('zj.unit', true)), org_code))
    and case when kind = 'livingArea' and not personal then true
             -- Drawn for somebody and not yet assigned: whoever drew it, and who sees the whole unit.
             when not of_persons then not personal or created_by = (select zj_staff()) or (select zj_whole())
             when (select zj_whole()) then id in (select zj_fences_whole())
             else id in (select zj_fences_maybe()) and zj_sees_bound(id) end);

-- A duty about nobody on file (an assessment names somebody in its title) is for the office and unit whose it is and for
-- whoever has it in hand; those above see figures, those who help see what was handed to them.
alter policy task_seen on task
  using (case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())))
            when person_id is null then (select zj_reach()) = 'own' and starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or id in (select zj_my_tasks())
    or (kind = 'matter.relocation' and zj_sees_matter(subject_id))
    or (person_id in (select zj_moved_here()) and zj_sees_person(person_id)));
