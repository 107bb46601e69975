-- Before a unit is closed or an account leaves: how many people hang on it. Numbers only, for administrators who see nobody.
create function zj_unit_use(p_code text) returns table (units bigint, staff bigint, people bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select (select count(*) from org o where o.parent = p_code and o.active),
      (select count(*) from staff s where s.org_code = p_code and s.active),
      (select count(*) from person p where p.org_code = p_code and p.merged_into is null and p.state in ('awaiting', 'inCorrection', 'missing', 'detained'))
    where starts_with(p_code, current_setting('zj.unit', true));
  end;
alter function zj_unit_use(text) owner to zj_system;
revoke execute on function zj_unit_use(text) from public;
grant execute on function zj_unit_use(text) to zj_api;

create function zj_caseload(p_staff uuid) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select count(*) from person p join staff s on s.id = p.officer_id
    where p.officer_id = p_staff and p.merged_into is null and p.state in ('awaiting', 'inCorrection', 'missing', 'detained')
      and starts_with(s.org_code, current_setting('zj.unit', true));
  end;
alter function zj_caseload(uuid) owner to zj_system;
revoke execute on function zj_caseload(uuid) from public;
grant execute on function zj_caseload(uuid) to zj_api;

create index staff_name on staff using gin (name gin_trgm_ops);
