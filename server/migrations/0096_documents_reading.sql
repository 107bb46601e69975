-- Papers of a whole unit by their codes, as with tasks: no person has to be looked up for each paper that a list counts. Who
-- sees what stays as it was: kept apart, moved away, moved here.
alter policy document_seen on document
  using (case when person_id is null then starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own')
              when (select zj_whole()) then
                org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
                and person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
              else exists (select 1 from person p where p.id = person_id) end
    or (person_id in (select zj_moved_here()) and exists (select 1 from person p where p.id = person_id)));
create index document_drafted on document (drafted_at desc, id);
