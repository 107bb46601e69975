-- Rows keep the code of their time, and until somebody is received that is the code of the county, or of the office that
-- enrolled him. The office that supervises a person now sees the whole file, the one that did so before what a duty of its
-- own still needs. (Between counties this was so already: 0094.)

-- Offices a person was with before. Kept by the database, whatever changes the office of somebody.
create table person_left (
  org_code text not null,
  person_id uuid not null references person (id),
  left_at timestamptz not null,
  primary key (org_code, person_id)
);
alter table person_left enable row level security;
create policy person_left_system on person_left for all to zj_system using (true) with check (true);
grant select, insert, update, delete on person_left to zj_system;
-- Of those who changed before: where their papers, businesses and terms say they were.
insert into person_left (org_code, person_id, left_at)
  select r.org_code, r.person_id, now()
  from (select org_code, person_id from document
        union select org_code, person_id from matter where kind <> 'assessment'
        union select org_code, person_id from activation) r
  join person p on p.id = r.person_id
  where length(r.org_code) = 9 and r.org_code <> p.org_code;

create function zj_person_left() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into person_left values (old.org_code, old.id, new.updated_at)
    on conflict (org_code, person_id) do update set left_at = excluded.left_at;
  return null;
end $$;
alter function zj_person_left() owner to zj_system;
create trigger person_left after update of org_code on person for each row
  when (old.org_code is distinct from new.org_code and length(old.org_code) = 9) execute function zj_person_left();

create or replace function zj_moved_away() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select p.id from person_move v join person p on p.id = v.person_id
    where v.from_org ~>=~ zj_scope() and v.from_org ~<~ (zj_scope() || '~') and not starts_with(p.org_code, zj_scope())
    union
    select p.id from person_left v join person p on p.id = v.person_id
    where v.org_code = zj_scope() and p.org_code <> zj_scope();
  end;
-- Of an office everybody: anyone there may have been somewhere else, and an office is small. Of an officer's those he sees.
create or replace function zj_moved_here() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select p.id from person_move v join person p on p.id = v.person_id
    where v.to_org ~>=~ zj_scope() and v.to_org ~<~ (zj_scope() || '~') and starts_with(p.org_code, zj_scope())
    union
    select p.id from person p where length(zj_scope()) = 9 and p.org_code = zj_scope()
      and (zj_reach() <> 'own' or p.officer_id = zj_staff() or p.id in (select zj_called_to()));
  end;

-- As 0184 has it, but: whoever sees a whole unit is asked about those kept apart in one set instead of person by person, and
-- a duty that still runs with a post of the office stays in its list when the person has gone to another office.
alter policy task_seen on task
  using (case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart())
                and (person_id not in (select zj_moved_away())
                  or (state in ('open', 'claimed', 'submitted') and unit_code = (select zj_scope())))))
            when person_id is null then (select zj_reach()) = 'own' and starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or id in (select zj_my_tasks())
    or (kind = 'matter.relocation' and zj_sees_matter(subject_id))
    or (kind = 'leave.assist' and zj_sees_help(subject_id))
    or ((select zj_whole()) and person_id in (select zj_moved_here()) and person_id not in (select zj_kept_apart())));

-- As 0187 has it, with that set too: asked person by person, a list of thirty thousand took ten times as long.
alter policy matter_seen on matter
  using ((class is null or zj_class(class))
    and (case when not (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')) then false
              when person_id is null then (select zj_reach()) in ('unit', 'office', 'own')
              when kind = 'relocation' and end_id = 'moved' and (select zj_reach()) = 'unit'
                then person_id not in (select zj_kept_apart())
              when (select zj_whole()) then person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
              else exists (select 1 from person p where p.id = person_id) end
      or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope()))
        and (person_id is null or person_id not in (select zj_kept_apart())))
      or (person_id in (select zj_moved_here())
        and case when (select zj_whole()) then person_id not in (select zj_kept_apart()) else zj_sees_person(person_id) end)));

-- Assessments (调查评估) that were taken into the file of somebody whom the office supervises now, made by whichever office
-- of the county. What they led to was written about nobody on file yet, and an issued paper stays as it was.
create function zj_taken_in() returns setof text language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select m.id::text from matter m join person p on p.id = m.person_id
    where length(zj_scope()) = 9 and m.kind = 'assessment'
      and m.org_code ~>=~ left(zj_scope(), 6) and m.org_code ~<~ (left(zj_scope(), 6) || '~') and p.org_code = zj_scope();
  end;
alter function zj_taken_in() owner to zj_system;
revoke execute on function zj_taken_in() from public;
grant execute on function zj_taken_in() to zj_api;

-- As 0167 has it, with both.
alter policy document_seen on document
  using (case when (select zj_reach()) = 'counts' then
                organ = (select current_setting('zj.unit', true)) or subject_id in (select zj_handed_matters())
              when person_id is null then (starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own'))
                or (subject_id in (select zj_taken_in()) and zj_sees_matter(subject_id::uuid))
              when (select zj_whole()) then
                (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
                  and person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away()))
                or (person_id in (select zj_moved_here()) and person_id not in (select zj_kept_apart()))
              else exists (select 1 from person p where p.id = person_id) end);

-- Fences ------------------------------------------------------------------------------------------------------------------
-- A fence that binds persons is seen by who sees one of them, whichever unit drew it: after a change of county, and between
-- the offices of one. The outline of a territory is seen in its whole city, because the districts of a city are one living
-- area (实施办法 26). What binds nobody the unit sees as before.
alter policy fence_seen on fence
  using (case when kind = 'livingArea' and not personal
                and (starts_with(org_code, (select left(current_setting('zj.unit', true), 4)))
                  or starts_with((select current_setting('zj.unit', true)), org_code)) then true
              when of_persons and (select zj_whole()) then id in (select zj_fences_whole())
              when of_persons then id in (select zj_fences_maybe()) and zj_sees_bound(id)
              when not (starts_with(org_code, (select current_setting('zj.unit', true)))
                or starts_with((select current_setting('zj.unit', true)), org_code)) then false
              -- Drawn for somebody and not yet assigned: whoever drew it, and who sees the whole unit.
              else not personal or created_by = (select zj_staff()) or (select zj_whole()) end);

-- Whether it binds, today or later, anybody beyond the caller's unit: yes or no, never whom.
create function zj_fence_elsewhere(p_fence uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select exists (select 1 from fence_person a join person p on p.id = a.person_id
      where zj_whole() and a.fence_id = p_fence and not starts_with(p.org_code, zj_scope())
        and p.state in ('awaiting', 'inCorrection', 'missing', 'detained')
        and (a.until_day is null or a.until_day >= (now() at time zone 'Asia/Shanghai')::date));
  end;
alter function zj_fence_elsewhere(uuid) owner to zj_system;
revoke execute on function zj_fence_elsewhere(uuid) from public;
grant execute on function zj_fence_elsewhere(uuid) to zj_api;

-- Who drew it changes it; and of a fence that another county drew (the place an injunction forbids comes with the person)
-- whoever supervises everybody it still binds. The code of the row stays.
create function zj_fence_taken_over(p_fence uuid, p_org text) returns boolean language sql stable parallel safe
  begin atomic
    select zj_whole() and left(p_org, 6) <> left(zj_scope(), 6) and zj_sees_bound(p_fence) and not zj_fence_elsewhere(p_fence);
  end;
alter policy fence_changed on fence
  using (starts_with(org_code, (select zj_scope())) or (of_persons and zj_fence_taken_over(id, org_code)))
  with check (starts_with(org_code, (select zj_scope())) or (of_persons and zj_fence_taken_over(id, org_code)));
