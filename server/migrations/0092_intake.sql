-- Intake: what another organ entrusted, and identities of people who are not supervised (yet).

-- Another organ (court, police, prison) reaches what it opened itself and nothing of the unit it entrusts.
create or replace function zj_scope() returns text language sql stable parallel safe
  return case when coalesce(current_setting('zj.reach', true), '') in ('', 'none', 'opened') then 'no scope'
    else current_setting('zj.scope', true) end;

-- Identity number of somebody who is assessed: sealed, and found again by its keyed hash when he is received.
create table assessment_identity (
  matter_id uuid primary key references matter (id),
  identity_cipher bytea not null,
  identity_blind bytea not null
);
create index assessment_identity_blind on assessment_identity (identity_blind);
alter table assessment_identity enable row level security;
create policy assessed_seen on assessment_identity for all to zj_api
  using (exists (select 1 from matter m where m.id = matter_id))
  with check (exists (select 1 from matter m where m.id = matter_id));
create policy assessed_system on assessment_identity for all to zj_system using (true) with check (true);
grant select, insert on assessment_identity to zj_api;
grant select, insert, update, delete on assessment_identity to zj_system;

-- What an organ sees of its own entrustments: its own words, where they stand, and the opinion once it is signed. How the
-- county worked, whom it visited and what it found stays with the county.
create function zj_entrusted() returns table (id uuid, org_code text, who text, register jsonb, opened_at timestamptz, step text,
    end_id text, due_at timestamptz, instructed_at timestamptz, signed_at timestamptz, opinion jsonb, reason text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.id, m.org_code, m.who, m.register, m.opened_at, m.step, m.end_id, m.due_at,
      (select min(p.at) from matter_passage p where p.matter_id = m.id and p.step = 'assign' and p.way = 'instruct'),
      (select max(p.at) from matter_passage p where p.matter_id = m.id and p.step = 'sign' and p.way = 'sign'),
      (select jsonb_build_object('opinion', p.form -> 'opinion', 'conclusion', p.form -> 'conclusion')
        from matter_passage p where p.matter_id = m.id and p.step = 'sign' and p.way = 'sign' order by p.n desc limit 1),
      (select coalesce(p.form ->> 'explanation', p.note)
        from matter_passage p where p.matter_id = m.id and p.to_step in ('returned', 'impossible', 'terminated') limit 1)
    from matter m
    where m.kind = 'assessment' and m.opened_by = zj_staff();
  end;
alter function zj_entrusted() owner to zj_system;
revoke execute on function zj_entrusted() from public;
grant execute on function zj_entrusted() to zj_api, zj_system;
create index matter_opened_by on matter (opened_by, opened_at desc) where kind = 'assessment';

-- Its own annexes, and the opinion that was issued to it.
create policy document_entrusted on document for select to zj_api
  using ((select zj_reach()) = 'opened' and template = 'D02' and state = 'issued'
    and subject_id in (select e.id::text from zj_entrusted() e));
create policy file_opened on file for all to zj_api
  using ((select zj_reach()) = 'opened' and uploaded_by = (select zj_staff()))
  with check ((select zj_reach()) = 'opened' and uploaded_by = (select zj_staff()) and person_id is null);
create policy file_entrusted on file for select to zj_api
  using ((select zj_reach()) = 'opened' and id in (select unnest(array[d.file_id, d.sealed_file_id]) from document d where d.template = 'D02'));

-- A file of a matter about nobody's person is seen by whoever sees the matter: the office finds what county and court attached.
create policy file_of_matter on file for select to zj_api
  using (person_id is null and exists (select 1 from matter m where m.id = subject_id));

-- More time for the task is more time for the matter whose step it is.
create function zj_matter_clock() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update matter set due_at = new.due_at where id = new.subject_id and step is not null and due_at is distinct from new.due_at;
  return null;
end $$;
alter function zj_matter_clock() owner to zj_system;
create trigger task_clock_of_matter after update of due_at on task for each row
  when (new.kind like 'matter.%' and new.state in ('open', 'claimed', 'submitted')) execute function zj_matter_clock();
