-- A leave under way goes with the person who changes county, as his duties and his matters do: who decides on it, is told of
-- it and orders him back is the unit he is in now. Leaves of the past keep the code of their time.
create or replace function zj_receive_person(p_matter uuid, p_move uuid, p_office text, p_day date, p_now timestamptz)
  returns table (person_id uuid, from_org text, fences uuid[])
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  m matter%rowtype;
  p person%rowtype;
  ended uuid[];
begin
  select * into m from matter where id = p_matter for update;
  if m.kind is distinct from 'relocation' or m.end_id is distinct from 'moved' or m.other_org is null
    or zj_reach() <> 'unit' or not starts_with(m.other_org, zj_scope()) or not starts_with(p_office, m.other_org)
    or not exists (select 1 from org where code = p_office and active) then
    return;
  end if;
  select * into p from person where id = m.person_id and starts_with(person.org_code, left(m.org_code, 6))
    and state in ('inCorrection', 'missing') for update;
  if not found then
    return;
  end if;
  update person set org_code = p_office, officer_id = null, updated_at = p_now, revision = person.revision + 1 where person.id = p.id;
  with gone as (
    update fence_person f set until_day = greatest(f.from_day, p_day)
    from fence where fence.id = f.fence_id and f.person_id = p.id and fence.kind <> 'forbidden'
      and (f.until_day is null or f.until_day > p_day) returning f.fence_id)
  select coalesce(array_agg(distinct gone.fence_id), '{}') into ended from gone;
  update task t set org_code = p_office, owner_id = null, nobody_on_duty = true,
    unit_code = left(p_office, case when t.owner_role in ('officer', 'officeHead', 'socialWorker') then 9 when t.owner_role = 'city' then 4 when t.owner_role = 'province' then 2 else 6 end)
    where t.person_id = p.id and t.state in ('open', 'claimed', 'submitted');
  update matter w set org_code = p_office, holder_id = null, holder_unit = left(p_office, length(w.holder_unit))
    where w.person_id = p.id and w.end_id is null and w.id <> m.id;
  update leave l set org_code = p_office, revision = l.revision + 1 where l.person_id = p.id and zj_leave_open(l);
  insert into person_move values (p_move, p.id, m.id, p.name, p.org_code, p_office, p_day, p_now);
  return query select p.id, p.org_code, ended;
end $$;

-- Not decided, not returned from, or not yet taken note of by the county.
create function zj_leave_open(l leave) returns boolean language sql immutable parallel safe
  begin atomic
    select l.state in ('asked', 'approved')
      or (l.state = 'returned' and not l.imported and l.filed_at is null and coalesce((l.competence ->> 'filedWithCounty')::boolean, false));
  end;

-- Whoever moved before this: his open leaves, and the duties that were opened for them in the unit he had left.
update task t set org_code = p.org_code, owner_id = null, nobody_on_duty = true,
  unit_code = left(p.org_code, case when t.owner_role in ('officer', 'officeHead', 'socialWorker') then 9 when t.owner_role = 'city' then 4 when t.owner_role = 'province' then 2 else 6 end)
  from leave l join person p on p.id = l.person_id
  where t.subject_id = l.id and t.kind like 'leave.%' and t.person_id = p.id and t.state in ('open', 'claimed', 'submitted')
    and t.org_code <> p.org_code and zj_leave_open(l);
update leave l set org_code = p.org_code from person p where p.id = l.person_id and l.org_code <> p.org_code and zj_leave_open(l);
-- A person whom the county holds itself has no office whose head could decide.
update task set owner_role = 'county', unit_code = left(unit_code, 6)
  where kind = 'leave.decide' and owner_role = 'officeHead' and length(org_code) = 6 and state in ('open', 'claimed', 'submitted');
