-- Minors and sealed records are kept apart in the other county as at home (Law 54; CPL 286): a change of place, and a request
-- to help with somebody on leave, are seen there by whoever is named for them and by the head of the agency.
alter policy matter_seen on matter
  using ((class is null or zj_class(class))
    and (case when not (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')) then false
              when person_id is null then (select zj_reach()) in ('unit', 'office', 'own')
              when kind = 'relocation' and end_id = 'moved' and (select zj_reach()) = 'unit'
                then person_id not in (select zj_kept_apart())
              when (select zj_whole()) then person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())
              else exists (select 1 from person p where p.id = person_id) end
      or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope()))
        and (person_id is null or person_id not in (select zj_kept_apart())))
      or (person_id in (select zj_moved_here()) and zj_sees_person(person_id))));
alter policy leave_help_seen on leave_help
  using (exists (select 1 from person p where p.id = person_id)
    or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope()))
      and person_id not in (select zj_kept_apart())))
  with check (exists (select 1 from person p where p.id = person_id)
    or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope()))
      and person_id not in (select zj_kept_apart())));

-- What each side keeps of a move bears the name.
alter policy person_move_seen on person_move
  using ((select zj_reach()) = 'unit' and (starts_with(from_org, (select zj_scope())) or starts_with(to_org, (select zj_scope())))
    and person_id not in (select zj_kept_apart()));

-- What the other county attaches to such a matter bears no person there: it is kept apart by its matter (0186).
create or replace function zj_file_shut(p_subject uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select exists (select 1 from matter m left join person p on p.id = m.person_id
      where m.id = p_subject
        and ((m.class is not null and not zj_class(m.class))
          or (zj_reach() = 'unit' and ((p.minor and not zj_class('minors')) or (p.sealed and not zj_class('sealed'))))));
  end;

-- Whether the person of a matter, or of a request to help, is kept apart. The other county sees no person to ask; it is told
-- by the row that it has in hand, and so is the program's own work.
create function zj_apart_of(p_subject uuid) returns table (minor boolean, sealed boolean)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.minor, p.sealed
    from (select m.person_id, m.org_code, m.other_org from matter m where m.id = p_subject
      union all select h.person_id, h.org_code, h.other_org from leave_help h where h.id = p_subject) w
    join person p on p.id = w.person_id
    where session_user = 'zj_system' or starts_with(w.org_code, zj_scope()) or starts_with(coalesce(w.other_org, '~'), zj_scope());
  end;
-- Posts of a county and its offices, with what each account is named for: who of them may be sent such a matter. Asked by
-- whoever has persons in hand; it names nobody.
create function zj_hands_of(p_county text) returns table (staff_id uuid, org_code text, roles text[], designations text[])
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.id, s.org_code, array_agg(r.role order by r.role), s.designations
    from staff s join staff_role r on r.staff_id = s.id
    where s.active and length(p_county) = 6 and starts_with(s.org_code, p_county)
      and (session_user = 'zj_system' or zj_reach() in ('own', 'office', 'unit', 'counts'))
    group by s.id;
  end;
alter function zj_apart_of(uuid) owner to zj_system;
alter function zj_hands_of(text) owner to zj_system;
revoke execute on function zj_apart_of(uuid), zj_hands_of(text) from public;
grant execute on function zj_apart_of(uuid), zj_hands_of(text) to zj_api, zj_system;

-- Duties of the other county bear no person, so their title must not name one: those that are there already.
update task t
  set title_zh = '须由专人办理的社区矫正对象' || substr(t.title_zh, strpos(t.title_zh, '：')),
    title_en = 'Somebody for the named staff' || substr(t.title_en, strpos(t.title_en, ': '))
  from matter m join person p on p.id = m.person_id
  where t.kind = 'matter.relocation' and t.person_id is null and m.id = t.subject_id and (p.minor or p.sealed)
    and strpos(t.title_zh, '：') > 0 and strpos(t.title_en, ': ') > 0;
update task t
  set title_zh = '协助监管：须由专人办理的社区矫正对象', title_en = 'Help with somebody on leave, for the named staff'
  from leave_help h join person p on p.id = h.person_id
  where t.kind = 'leave.assist' and h.id = t.subject_id and (p.minor or p.sealed);
