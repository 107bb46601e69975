-- City and province see the files of what they have in hand and no other file of the same person, as they see its papers
-- (0167): a file is not got at round the stated reason. A duty opens the person it is about; it opened everything kept of him.

create function zj_sees_document(p_id uuid) returns boolean language sql stable parallel safe
  begin atomic select exists (select 1 from document d where d.id = p_id); end;

-- Persons whose file the caller has opened with a reason, now.
create function zj_looked_at() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic select l.person_id from look l where l.staff_id = zj_staff() and l.until > now(); end;
-- Proof of the leaves in the caller's hands, under whatever it was kept when it came.
create function zj_handed_proofs() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select unnest(l.proofs) from leave l where l.id in (select h.id::uuid from zj_handed_matters() as h(id));
  end;
alter function zj_looked_at() owner to zj_system;
alter function zj_handed_proofs() owner to zj_system;
revoke execute on function zj_looked_at(), zj_handed_proofs() from public;
grant execute on function zj_looked_at(), zj_handed_proofs() to zj_api;

alter policy file_seen on file
  using (case when (select zj_reach()) = 'counts' then
                starts_with(org_code, (select zj_scope()))
                and (uploaded_by = (select zj_staff())
                  or ((subject_id::text in (select zj_handed_matters()) or id in (select zj_handed_proofs())
                      or person_id in (select zj_looked_at()))
                    and (person_id is null or zj_sees_person(person_id)))
                  -- Signatures and proofs of service hang on the paper.
                  or zj_sees_document(subject_id))
              when person_id is null then starts_with(org_code, (select zj_scope()))
              else exists (select 1 from person p where p.id = person_id) end);
-- By the matter alone it was also theirs whose matter they do not have in hand.
alter policy file_of_matter on file
  using ((select zj_reach()) <> 'counts' and person_id is null and exists (select 1 from matter m where m.id = subject_id));

-- A matter of a kind kept apart (a psychological assessment) keeps its files apart with it. Asked of each file instead of
-- one set of all such matters: nobody lists more than the files of one person, and of those matters there are many.
create function zj_file_shut(p_subject uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select exists (select 1 from matter m where m.id = p_subject and m.class is not null and not zj_class(m.class));
  end;
alter function zj_file_shut(uuid) owner to zj_system;
revoke execute on function zj_file_shut(uuid) from public;
grant execute on function zj_file_shut(uuid) to zj_api;
create policy file_kept_apart on file as restrictive for select to zj_api using (subject_id is null or not zj_file_shut(subject_id));
