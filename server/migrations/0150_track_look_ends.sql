-- A look at one track ends with the transaction it was opened in: policies ask `until > now()`, and now() stands still
-- within a transaction. A second longer and the whole file lay open to whoever asked at once.
create or replace function zj_track_look(p_id uuid, p_person uuid, p_reason text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if zj_reach() <> 'counts' or not zj_class('tracks') or length(trim(p_reason)) < 4 then return false; end if;
  insert into look (id, staff_id, person_id, org_code, reason, granted_at, until)
  select p_id, zj_staff(), p.id, p.org_code, trim(p_reason), now(), now() + interval '1 microsecond' from person p
  where p.id = p_person and starts_with(p.org_code, zj_scope());
  return found;
end $$;
