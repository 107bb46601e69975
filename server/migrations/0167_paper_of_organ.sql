-- A paper that another organ than the person's county issues (减刑建议书: the city, the province): its letterhead, its number,
-- its seal. Null: the county's own, as ever.
alter table document add column organ text references org (code);
create index document_of_organ on document (organ, drafted_at desc) where organ is not null;

-- Matters that whoever sees figures only has in hand, or had until a day ago, as with the persons they are about.
create function zj_handed_matters() returns setof text language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.subject_id::text from task t
    where t.owner_id = zj_staff() and t.kind like 'matter.%'
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > now() - interval '1 day')
    union
    select c.subject_id::text from task_called d join task c on c.id = d.task_id
    where d.staff_id = zj_staff() and c.kind like 'matter.%' and c.state in ('open', 'claimed', 'submitted')
    union
    select t.subject_id::text from task t
    where t.owner_id is null and t.kind like 'matter.%' and t.state in ('open', 'claimed', 'submitted')
      and t.unit_code = current_setting('zj.unit', true)
      and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff());
  end;
alter function zj_handed_matters() owner to zj_system;
revoke execute on function zj_handed_matters() from public;
grant execute on function zj_handed_matters() to zj_api;

-- City and province see their own papers and those of the matters in their hands, no other paper of the same person.
alter policy document_seen on document
  using (case when (select zj_reach()) = 'counts' then
                organ = (select current_setting('zj.unit', true)) or subject_id in (select zj_handed_matters())
              when person_id is null then starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own')
              when (select zj_whole()) then
                org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
                and person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
              else exists (select 1 from person p where p.id = person_id) end
    or ((select zj_reach()) <> 'counts' and person_id in (select zj_moved_here()) and zj_sees_person(person_id)));

-- The prints of its own papers, when the matter has left its hands.
create policy file_of_organ on file for select to zj_api
  using ((select zj_reach()) = 'counts'
    and id in (select unnest(array[d.file_id, d.sealed_file_id]) from document d where d.organ = (select current_setting('zj.unit', true))));
