-- Whoever sees a whole unit sees the rows about its people by their codes, but for the few people who are kept apart: no
-- person has to be looked up for each task or matter that a list counts. Everybody else sees exactly what he saw.
create index person_apart on person (id) where minor or sealed;
create function zj_kept_apart() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select id from person where (minor or sealed)
      and ((minor and not zj_class('minors')) or (sealed and not zj_class('sealed')));
  end;
alter function zj_kept_apart() owner to zj_system;
revoke execute on function zj_kept_apart() from public;
grant execute on function zj_kept_apart() to zj_api;

alter policy task_seen on task
  using (id in (select zj_my_tasks())
    or case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or person_id not in (select zj_kept_apart()))
            when person_id is null then starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end);
alter policy matter_seen on matter
  using ((class is null or (select zj_class(class)))
    and ((org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
        and case when person_id is null then (select zj_reach()) in ('unit', 'office', 'own')
                 when (select zj_whole()) then person_id not in (select zj_kept_apart())
                 else exists (select 1 from person p where p.id = person_id) end)
      or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope())))));
