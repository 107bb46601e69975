-- Village committee, community police and volunteers reach what was handed to them, by name or to their post, and nothing
-- of the unit besides: not the titles of its other duties, no person, no file (handbook §6: they see tasks, not files).
create or replace function zj_scope() returns text language sql stable parallel safe
  return case when coalesce(current_setting('zj.reach', true), '') in ('', 'none', 'opened', 'handed') then 'no scope'
    else current_setting('zj.scope', true) end;

-- What they attach to a duty of theirs.
create policy file_handed on file for all to zj_api
  using ((select zj_reach()) = 'handed' and uploaded_by = (select zj_staff()))
  with check ((select zj_reach()) = 'handed' and uploaded_by = (select zj_staff())
    and (person_id is null or person_id in (select zj_tasked())));
