-- Permits 许可: what an approval allows for a time, what becomes of a leave on the way, and how a file changes county.

-- What an approved recurrent travel (经常性跨市县活动) or entry into a restricted place (进入特定区域) excuses, in [from, until).
create table permit_pass (
  id uuid primary key,
  person_id uuid not null references person (id),
  org_code text not null,
  matter_id uuid not null references matter (id),
  what text not null check (what in ('travel', 'place')),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  -- In words; of travel the cities and counties, of a place its name.
  places text not null,
  -- Area codes (GB/T 2260) of the cities and counties.
  areas text[] not null default '{}',
  -- The forbidden fence that the place is; null: it has none, and nothing is excused.
  fence_id uuid references fence (id),
  unique (matter_id)
);
create index permit_pass_person on permit_pass (person_id, until_at);
create index permit_pass_until on permit_pass (until_at) where what = 'travel';
alter table permit_pass enable row level security;
create policy permit_pass_seen on permit_pass for all to zj_api
  using (exists (select 1 from person p where p.id = person_id)) with check (exists (select 1 from person p where p.id = person_id));
create policy permit_pass_system on permit_pass for all to zj_system using (true) with check (true);
grant select, insert, update on permit_pass to zj_api;
grant select, insert, update, delete on permit_pass to zj_system;

-- When somebody may be outside the city or county of residence, by days: approved leave, and approved recurrent travel.
create view away with (security_invoker = true) as
  select id, person_id, from_day, until_day, destination, state, returned_on from leave
  union all
  select id, person_id, (from_at at time zone 'Asia/Shanghai')::date, ((until_at - interval '1 second') at time zone 'Asia/Shanghai')::date,
    places, 'approved', null from permit_pass where what = 'travel';
grant select on away to zj_api, zj_system;

-- Opinions of the office and the county under an application that a higher level decides, by level; and the word of
-- somebody on leave that he cannot be back in time (LVE-09).
alter table leave
  add column opinions jsonb not null default '{}',
  add column delayed_at timestamptz,
  add column delayed_until date,
  add column delay_reason text;

-- An article 29 approval that a matter asked for.
alter table activation add column matter_id uuid references matter (id);
create index activation_matter on activation (matter_id) where matter_id is not null;

-- Files that changed county: what each side keeps of it.
create table person_move (
  id uuid primary key,
  person_id uuid not null references person (id),
  matter_id uuid not null unique references matter (id),
  who text not null,
  from_org text not null,
  to_org text not null,
  moved_on date not null,
  moved_at timestamptz not null
);
create index person_move_person on person_move (person_id);
alter table person_move enable row level security;
create policy person_move_seen on person_move for select to zj_api
  using ((select zj_reach()) = 'unit' and (starts_with(from_org, (select zj_scope())) or starts_with(to_org, (select zj_scope()))));
create policy person_move_system on person_move for all to zj_system using (true) with check (true);
grant select on person_move to zj_api;
grant select, insert, update, delete on person_move to zj_system;

-- Rows keep the code of their time: of somebody who moved, the old county sees them no more, the new one sees them all.
create function zj_moved_away() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select p.id from person_move v join person p on p.id = v.person_id
    where v.from_org ~>=~ zj_scope() and v.from_org ~<~ (zj_scope() || '~') and not starts_with(p.org_code, zj_scope());
  end;
create function zj_moved_here() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select p.id from person_move v join person p on p.id = v.person_id
    where v.to_org ~>=~ zj_scope() and v.to_org ~<~ (zj_scope() || '~') and starts_with(p.org_code, zj_scope());
  end;
alter function zj_moved_away() owner to zj_system;
alter function zj_moved_here() owner to zj_system;
revoke execute on function zj_moved_away(), zj_moved_here() from public;
grant execute on function zj_moved_away(), zj_moved_here() to zj_api;
create index person_move_from on person_move (from_org text_pattern_ops);
create index person_move_to on person_move (to_org text_pattern_ops);

-- Duties between the two counties are seen by both, as the matter itself is.
alter policy task_seen on task
  using (id in (select zj_my_tasks())
    or case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())))
            when person_id is null then starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or (kind = 'matter.relocation' and exists (select 1 from matter m where m.id = subject_id))
    or (person_id in (select zj_moved_here()) and exists (select 1 from person p where p.id = person_id)));
-- A finished change of place stays with the county that sent the file: what a remaining duty needs of it.
alter policy matter_seen on matter
  using ((class is null or (select zj_class(class)))
    and ((org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
        and case when person_id is null then (select zj_reach()) in ('unit', 'office', 'own')
                 when kind = 'relocation' and end_id = 'moved' and (select zj_reach()) = 'unit' then true
                 when (select zj_whole()) then person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
                 else exists (select 1 from person p where p.id = person_id) end)
      or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope())))
      or (person_id in (select zj_moved_here()) and exists (select 1 from person p where p.id = person_id))));

-- The one way in which a person changes county. Called by the county that receives him, in the passage that ends the
-- change of place there: the file moves, fences of the old county end, what is still to be done goes with the person.
-- Rows of the past keep the code of their time. Answers what it ended.
create function zj_receive_person(p_matter uuid, p_move uuid, p_office text, p_day date, p_now timestamptz)
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
  insert into person_move values (p_move, p.id, m.id, p.name, p.org_code, p_office, p_day, p_now);
  return query select p.id, p.org_code, ended;
end $$;
alter function zj_receive_person(uuid, uuid, text, date, timestamptz) owner to zj_system;
revoke execute on function zj_receive_person(uuid, uuid, text, date, timestamptz) from public;
grant execute on function zj_receive_person(uuid, uuid, text, date, timestamptz) to zj_api;
