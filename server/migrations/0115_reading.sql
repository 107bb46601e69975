-- Who sees what stays exactly as it was; what is said here is how the database gets there.
--
-- A policy is planned anew with every question about its table, nested policies with it: five milliseconds for a task before
-- a row was read. What is rarely needed is therefore asked through functions that are planned only when they are called, and
-- what stands in many policies is one set instead of three.

create function zj_caseload_of() returns uuid language sql stable parallel safe
  return case when zj_reach() = 'own' then zj_staff() end;

-- Persons who are seen for the sake of a task or a stated reason, not of the unit.
create function zj_called_to() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select l.person_id from look l where zj_reach() = 'counts' and l.staff_id = zj_staff() and l.until > now()
    union
    select t.id from zj_tasked() as t(id) where zj_reach() in ('own', 'counts');
  end;
alter function zj_called_to() owner to zj_system;
revoke execute on function zj_called_to() from public;
grant execute on function zj_called_to() to zj_api, zj_tracks;

alter policy person_seen on person
  using (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
    and ((select zj_whole()) or officer_id = (select zj_caseload_of()) or id in (select zj_called_to()))
    and ((not minor or (select zj_class('minors'))) and (not sealed or (select zj_class('sealed'))) or id in (select zj_deciding())));

-- Through the caller's eyes: these run as whoever asks, under his policies.
create function zj_sees_person(p_id uuid) returns boolean language sql stable parallel safe
  begin atomic select exists (select 1 from person p where p.id = p_id); end;
create function zj_sees_matter(p_id uuid) returns boolean language sql stable parallel safe
  begin atomic select exists (select 1 from matter m where m.id = p_id); end;

alter policy task_seen on task
  using (case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())))
            when person_id is null then starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or id in (select zj_my_tasks())
    or (kind = 'matter.relocation' and zj_sees_matter(subject_id))
    or (person_id in (select zj_moved_here()) and zj_sees_person(person_id)));

-- One case instead of conditions side by side: the planner took these for a handful of rows whatever the scope was, and
-- sorted a hundred thousand of them for a page of twenty.
alter policy matter_seen on matter
  using ((class is null or zj_class(class))
    and (case when not (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')) then false
              when person_id is null then (select zj_reach()) in ('unit', 'office', 'own')
              when kind = 'relocation' and end_id = 'moved' and (select zj_reach()) = 'unit' then true
              when (select zj_whole()) then person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
              else exists (select 1 from person p where p.id = person_id) end
      or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope())))
      or (person_id in (select zj_moved_here()) and zj_sees_person(person_id))));

alter policy document_seen on document
  using (case when person_id is null then starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own')
              when (select zj_whole()) then
                org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
                and person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
              else exists (select 1 from person p where p.id = person_id) end
    or (person_id in (select zj_moved_here()) and zj_sees_person(person_id)));

-- Counts and order from indexes alone: they carry what the policies and the usual conditions look at.
drop index task_unit;
create index task_unit on task (unit_code text_pattern_ops, state, due_at)
  include (id, org_code, person_id, owner_id, owner_role, kind, subject_id, level, paused_at, delivered_at);
drop index matter_list, matter_org;
create index matter_list on matter (kind, opened_at desc, id desc);
create index matter_org on matter (org_code text_pattern_ops, opened_at desc);
create index matter_of_kind on matter (kind, org_code text_pattern_ops, opened_at)
  include (id, person_id, class, other_org, step, end_id, holder_unit, holder_role, holder_id, due_at, ended_at, on_day);
