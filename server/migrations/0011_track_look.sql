-- A superior, who sees counts only, reads one track with a stated reason: a look that ends with the transaction it was
-- opened in, kept for the county, the procuratorate and the person to read.
create function zj_track_look(p_id uuid, p_person uuid, p_reason text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if zj_reach() <> 'counts' or not zj_class('tracks') or length(trim(p_reason)) < 4 then return false; end if;
  insert into look (id, staff_id, person_id, org_code, reason, granted_at, until)
  select p_id, zj_staff(), p.id, p.org_code, trim(p_reason), now(), now() + interval '1 second' from person p
  where p.id = p_person and starts_with(p.org_code, zj_scope());
  return found;
end $$;
alter function zj_track_look(uuid, uuid, text) owner to zj_system;
revoke execute on function zj_track_look(uuid, uuid, text) from public;
grant execute on function zj_track_look(uuid, uuid, text) to zj_api;
