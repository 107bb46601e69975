-- One matter out of two alarms, questions an officer keeps, exports that run while he works, and a minor's leave decided above
-- the county.

-- Alarms merged into one matter (合并): the other points to where it is handled.
alter table episode add column merged_into uuid references episode (id);
create index episode_merged on episode (merged_into) where merged_into is not null;

-- Saved questions of a list: they follow the account to any desk. Never a person's identity number or phone.
create table saved_query (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  list text not null check (length(list) between 1 and 40),
  name text not null check (length(name) between 1 and 30),
  conditions jsonb not null,
  saved_at timestamptz not null,
  unique (staff_id, list, name)
);
alter table saved_query enable row level security;
create policy saved_own on saved_query for all to zj_api using (staff_id = (select zj_staff())) with check (staff_id = (select zj_staff()));
create policy saved_system on saved_query for all to zj_system using (true) with check (true);
grant select, insert, update, delete on saved_query to zj_api;
grant select, insert, update, delete on saved_query to zj_system;

-- The download centre (下载中心): a large export is made by the worker through the eyes of whoever asked, and kept for him alone.
create table download (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  org_code text not null,
  -- people.export …: the room that makes it.
  kind text not null,
  title text not null,
  reason text not null,
  wish jsonb not null,
  request text not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'failed', 'expired')),
  total integer not null,
  done integer not null default 0,
  -- Last sign of life of the worker that makes it; another takes over when it falls silent.
  beat_at timestamptz,
  file_name text,
  mime text,
  content bytea,
  sha256 bytea,
  asked_at timestamptz not null,
  ended_at timestamptz,
  expires_at timestamptz not null
);
create index download_own on download (staff_id, asked_at desc);
create index download_open on download (asked_at) where state in ('waiting', 'running');
alter table download enable row level security;
create policy download_mine on download for all to zj_api using (staff_id = (select zj_staff())) with check (staff_id = (select zj_staff()));
create policy download_system on download for all to zj_system using (true) with check (true);
grant select, insert, update on download to zj_api;
grant select, insert, update, delete on download to zj_system;

-- Leave of more than 30 days is decided by the city (实施办法 27), which sees no files of minors (法 54). The running duty to
-- decide opens exactly the file it is about, to the post that must decide it and to nobody else, and closes an hour after the decision, which must be readable by whoever
-- took it.
create function zj_deciding() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select t.person_id from task t
    where zj_reach() = 'counts' and t.kind like '%.decide' and t.person_id is not null
      and (t.state in ('open', 'claimed', 'submitted') or t.ended_at > now() - interval '1 hour')
      and (t.owner_id = zj_staff() or (t.owner_id is null and t.unit_code = current_setting('zj.unit', true)
        and t.owner_role in (select r.role from staff_role r where r.staff_id = zj_staff())));
  end;
alter function zj_deciding() owner to zj_system;
revoke execute on function zj_deciding() from public;
grant execute on function zj_deciding() to zj_api, zj_tracks;
alter policy person_seen on person
  using (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
    and ((select zj_whole()) or case (select zj_reach())
      when 'own' then officer_id = (select zj_staff()) or id in (select zj_tasked())
      when 'counts' then id in (select person_id from look where look.staff_id = (select zj_staff()) and look.until > now()) or id in (select zj_tasked())
      else false end)
    and (not minor or (select zj_class('minors')) or id in (select zj_deciding()))
    and (not sealed or (select zj_class('sealed')) or id in (select zj_deciding())));
