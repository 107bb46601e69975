-- Partner organs (协作机关): a court, procuratorate, police bureau or prison with a desk here. Its accounts are many and its
-- requests are its own: whoever of it signs in sees them all, and nobody of another organ sees one.
create table organ (
  id uuid primary key,
  -- Where it sits: it entrusts counties under this code.
  org_code text not null references org (code),
  name text not null,
  created_at timestamptz not null,
  created_by uuid,
  unique (org_code, name)
);
alter table staff add column organ_id uuid references organ (id);
create index staff_organ on staff (organ_id) where organ_id is not null;
grant select (organ_id), update (organ_id) on staff to zj_api;

-- Until now an account was its organ. Each keeps what it has; whose accounts belong together an administrator says.
insert into organ (id, org_code, name, created_at)
  select s.id, s.org_code,
    s.name || case when row_number() over (partition by s.org_code, s.name order by s.created_at, s.id) > 1 then '（' || s.login || '）' else '' end,
    s.created_at
  from staff s where exists (select 1 from staff_role r where r.staff_id = s.id and r.role = 'partnerOrgan');
update staff set organ_id = id where id in (select id from organ);

-- The caller's organ; nobody else has one.
create function zj_organ() returns uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  return (select s.organ_id from staff s where s.id = zj_staff());
alter function zj_organ() owner to zj_system;
revoke execute on function zj_organ() from public;
grant execute on function zj_organ() to zj_api, zj_system;

-- Everybody of the caller's organ, those who left it included: what they attached stays with the organ.
create function zj_organ_mates() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select s.id from staff s where s.organ_id = zj_organ();
  end;
alter function zj_organ_mates() owner to zj_system;
revoke execute on function zj_organ_mates() from public;
grant execute on function zj_organ_mates() to zj_api, zj_system;

-- Its desk: the name, and the accounts that are told. Without an account that may act it has none and is written to on paper.
create function zj_organ_desk(p_organ uuid) returns table (name text, staff_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select o.name, s.id from organ o join staff s on s.organ_id = o.id
    where o.id = p_organ and s.active and exists (select 1 from staff_role r where r.staff_id = s.id and r.role = 'partnerOrgan')
    order by s.created_at, s.id;
  end;
alter function zj_organ_desk(uuid) owner to zj_system;
revoke execute on function zj_organ_desk(uuid) from public;
grant execute on function zj_organ_desk(uuid) to zj_api, zj_system;

alter table organ enable row level security;
create policy organ_seen on organ for select to zj_api
  using (id = (select zj_organ()) or ((select zj_reach()) <> 'opened' and starts_with(org_code, (select current_setting('zj.unit', true)))));
-- Administrators name them, within what they manage.
create policy organ_added on organ for insert to zj_api
  with check ((select zj_reach()) = 'none' and starts_with(org_code, (select current_setting('zj.unit', true))));
create policy organ_system on organ for all to zj_system using (true) with check (true);
grant select, insert on organ to zj_api;
grant select, insert, update, delete on organ to zj_system;

-- From whose desk a matter came. The account says it, no request; and nothing changes it afterwards but that two organs turn
-- out to be one.
alter table matter add column organ_id uuid references organ (id);
update matter m set organ_id = m.opened_by where m.kind = 'assessment' and m.opened_by in (select id from organ);
create function zj_matter_organ() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.organ_id := (select s.organ_id from staff s where s.id = new.opened_by);
  elsif coalesce(current_setting('zj.joining', true), '') <> 'on' then
    new.organ_id := old.organ_id;
  end if;
  return new;
end $$;
alter function zj_matter_organ() owner to zj_system;
create trigger matter_organ before insert or update of organ_id on matter for each row execute function zj_matter_organ();
drop index matter_opened_by;
create index matter_organ on matter (organ_id, opened_at desc) where organ_id is not null;

-- Two that are one organ, of which the first was entered by mistake: its accounts and requests go over to the second. Only an
-- administrator of both, and never by changing an account, which would take other people's requests along unseen.
create function zj_join_organs(p_from uuid, p_to uuid) returns table (accounts integer, requests integer)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare unit text := current_setting('zj.unit', true);
begin
  if zj_reach() <> 'none' or p_from = p_to
    or (select count(*) from organ o where o.id in (p_from, p_to) and starts_with(o.org_code, unit)) < 2 then
    raise exception 'these organs are not yours to join';
  end if;
  perform set_config('zj.joining', 'on', true);
  with moved as (update staff set organ_id = p_to, revision = revision + 1 where organ_id = p_from returning 1)
    select count(*) into accounts from moved;
  with moved as (update matter set organ_id = p_to where organ_id = p_from returning 1)
    select count(*) into requests from moved;
  perform set_config('zj.joining', '', true);
  delete from organ where id = p_from;
  return next;
end $$;
alter function zj_join_organs(uuid, uuid) owner to zj_system;
revoke execute on function zj_join_organs(uuid, uuid) from public;
grant execute on function zj_join_organs(uuid, uuid) to zj_api;

-- What was asked of an account belongs to its organ from here on.
create or replace function zj_opened_by_me() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select m.id from matter m where m.kind = 'assessment' and m.organ_id = zj_organ();
  end;
create or replace function zj_entrusted() returns table (id uuid, org_code text, who text, register jsonb, opened_at timestamptz, step text,
    end_id text, due_at timestamptz, instructed_at timestamptz, signed_at timestamptz, opinion jsonb, reason text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.id, m.org_code, m.who, m.register, m.opened_at, m.step, m.end_id, m.due_at,
      (select min(p.at) from matter_passage p where p.matter_id = m.id and p.step = 'assign' and p.way = 'instruct'),
      (select max(p.at) from matter_passage p where p.matter_id = m.id and p.step = 'sign' and p.way = 'sign'),
      (select jsonb_build_object('opinion', p.form -> 'opinion', 'conclusion', p.form -> 'conclusion')
        from matter_passage p where p.matter_id = m.id and p.step = 'sign' and p.way = 'sign' order by p.n desc limit 1),
      (select coalesce(p.form ->> 'explanation', p.note)
        from matter_passage p where p.matter_id = m.id and p.to_step in ('returned', 'impossible', 'terminated', 'takenBack') limit 1)
    from matter m
    where m.kind = 'assessment' and m.organ_id = zj_organ();
  end;
-- `own`: said by an account of an organ, which only the one that asked can be.
create or replace function zj_entrusted_answer() returns table (id uuid, way text, form jsonb, own boolean, at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct on (m.id) m.id, p.way, p.form,
      exists (select 1 from staff s where s.id = p.by_id and s.organ_id is not null), p.at
    from matter m join matter_passage p on p.matter_id = m.id
    where m.kind = 'assessment' and m.organ_id = zj_organ() and p.step = 'adoption' and p.way in ('adopted', 'notAdopted', 'silent')
    order by m.id, p.n desc;
  end;

-- What a colleague attached to a request of the organ.
create policy file_organ on file for select to zj_api
  using ((select zj_reach()) = 'opened' and person_id is null and uploaded_by in (select zj_organ_mates())
    and subject_id in (select zj_opened_by_me()));
