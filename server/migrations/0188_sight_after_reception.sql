-- Rows keep the code of their time, and until somebody is received that is the code of the county, or of the office that
-- enrolled him. The office that supervises a person now sees the whole file, the one that did so before what a duty of its
-- own still needs. (Between counties this was so already: 0094.)

-- Offices a person was with before. Kept by the database, whatever changes the office of somebody.
create table person_left (
  org_code text not null,
  person_id uuid not null references person (id),
  left_at timestamptz not null,
  primary key (org_code, person_id)
);
alter table person_left enable row level security;
create policy person_left_system on person_left for all to zj_system using (true) with check (true);
grant select, insert, update, delete on person_left to zj_system;
-- Of those who changed before: where their papers, businesses and terms say they were.
insert into person_left (org_code, person_id, left_at)
  select r.org_code, r.person_id, now()
  from (select org_code, person_id from document
        union select org_code, person_id from matter where kind <> 'assessment'
        union select org_code, person_id from activation) r
  join person p on p.id = r.person_id
  where length(r.org_code) = 9 and r.org_code <> p.org_code;

create function zj_person_left() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into person_left values (old.org_code, old.id, new.updated_at)
    on conflict (org_code, person_id) do update set left_at = excluded.left_at;
  return null;
end $$;
alter function zj_person_left() owner to zj_system;
create trigger person_left after update of org_code on person for each row
  when (old.org_code is distinct from new.org_code and length(old.org_code) = 9) execute function zj_person_left();

create or replace function zj_moved_away() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select p.id from person_move v join person p on p.id = v.person_id
    where v.from_org ~>=~ zj_scope() and v.from_org ~<~ (zj_scope() || '~') and not starts_with(p.org_code, zj_scope())
    union
    select p.id from person_left v join person p on p.id = v.person_id
    where v.org_code = zj_scope() and p.org_code <> zj_scope();
  end;
-- Of an office everybody: anyone there may have been somewhere else, and an office is small.
create or replace function zj_moved_here() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select p.id from person_move v join person p on p.id = v.person_id
    where v.to_org ~>=~ zj_scope() and v.to_org ~<~ (zj_scope() || '~') and starts_with(p.org_code, zj_scope())
    union
    select p.id from person p where length(zj_scope()) = 9 and p.org_code = zj_scope();
  end;

-- As 0184 has it, but: whoever sees a whole unit is asked about those kept apart in one set instead of person by person, and
-- a duty that still runs with a post of the office stays in its list when the person has gone to another office.
alter policy task_seen on task
  using (case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart())
                and (person_id not in (select zj_moved_away())
                  or (state in ('open', 'claimed', 'submitted') and unit_code = (select zj_scope())))))
            when person_id is null then (select zj_reach()) = 'own' and starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or id in (select zj_my_tasks())
    or (kind = 'matter.relocation' and zj_sees_matter(subject_id))
    or (kind = 'leave.assist' and zj_sees_help(subject_id))
    or ((select zj_whole()) and person_id in (select zj_moved_here()) and person_id not in (select zj_kept_apart())));

-- Assessments (调查评估) that were taken into the file of somebody whom the office supervises now, made by whichever office
-- of the county. What they led to was written about nobody on file yet, and an issued paper stays as it was.
create function zj_taken_in() returns setof text language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select m.id::text from matter m join person p on p.id = m.person_id
    where length(zj_scope()) = 9 and m.kind = 'assessment'
      and m.org_code ~>=~ left(zj_scope(), 6) and m.org_code ~<~ (left(zj_scope(), 6) || '~') and p.org_code = zj_scope();
  end;
alter function zj_taken_in() owner to zj_system;
revoke execute on function zj_taken_in() from public;
grant execute on function zj_taken_in() to zj_api;

-- As 0167 has it, with both.
alter policy document_seen on document
  using (case when (select zj_reach()) = 'counts' then
                organ = (select current_setting('zj.unit', true)) or subject_id in (select zj_handed_matters())
              when person_id is null then (starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own'))
                or (subject_id in (select zj_taken_in()) and zj_sees_matter(subject_id::uuid))
              when (select zj_whole()) then
                (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
                  and person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away()))
                or (person_id in (select zj_moved_here()) and person_id not in (select zj_kept_apart()))
              else exists (select 1 from person p where p.id = person_id) end);
