-- The desk of another organ: what it was told, what was asked of it and what it answered, and that it fetched the opinion.

-- What the caller entrusted himself; a set, so that a policy reads it once for a statement and not once for a row.
create function zj_opened_by_me() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select m.id from matter m where m.kind = 'assessment' and m.opened_by = zj_staff();
  end;
alter function zj_opened_by_me() owner to zj_system;
revoke execute on function zj_opened_by_me() from public;
grant execute on function zj_opened_by_me() to zj_api, zj_system;

-- What the organ was told of its request, until it has looked.
create table entrustment_news (
  id uuid primary key,
  matter_id uuid not null references matter (id),
  what text not null check (what in ('accepted', 'asked', 'extended', 'opinion', 'paper', 'stated', 'ended')),
  at timestamptz not null,
  seen_at timestamptz
);
create index entrustment_news_of on entrustment_news (matter_id, at, id);

-- What the county asked: a question, an annex that is missing, more time. Answered once, or over because it came to an end.
create table entrustment_ask (
  id uuid primary key,
  matter_id uuid not null references matter (id),
  kind text not null check (kind in ('question', 'annex', 'extension')),
  words text not null,
  due_before date,
  new_due date,
  asked_at timestamptz not null,
  asked_by uuid not null references staff (id),
  asked_name text not null,
  state text not null check (state in ('open', 'answered', 'agreed', 'declined', 'over')),
  reply text not null default '',
  files uuid[] not null default '{}',
  replied_at timestamptz,
  replied_name text,
  check ((kind = 'extension') = (new_due is not null))
);
create index entrustment_ask_of on entrustment_ask (matter_id, asked_at);
create unique index entrustment_ask_time on entrustment_ask (matter_id) where kind = 'extension' and state = 'open';

-- The opinion was fetched: the first time it left the platform for whom it was made.
create table entrustment_fetch (
  matter_id uuid primary key references matter (id),
  at timestamptz not null,
  by_id uuid not null references staff (id),
  by_name text not null
);

-- The organ reads what is its own; whoever has the matter in sight writes. The other organ and another county have neither.
alter table entrustment_news enable row level security;
create policy news_own on entrustment_news for select to zj_api
  using ((select zj_reach()) = 'opened' and matter_id in (select zj_opened_by_me()));
create policy news_looked_at on entrustment_news for update to zj_api
  using ((select zj_reach()) = 'opened' and matter_id in (select zj_opened_by_me()))
  with check (matter_id in (select zj_opened_by_me()));
create policy news_of_matter on entrustment_news for all to zj_api
  using (exists (select 1 from matter m where m.id = matter_id)) with check (exists (select 1 from matter m where m.id = matter_id));
create policy news_system on entrustment_news for all to zj_system using (true) with check (true);
alter table entrustment_ask enable row level security;
create policy ask_own on entrustment_ask for select to zj_api
  using ((select zj_reach()) = 'opened' and matter_id in (select zj_opened_by_me()));
create policy ask_of_matter on entrustment_ask for all to zj_api
  using (exists (select 1 from matter m where m.id = matter_id)) with check (exists (select 1 from matter m where m.id = matter_id));
create policy ask_system on entrustment_ask for all to zj_system using (true) with check (true);
alter table entrustment_fetch enable row level security;
create policy fetch_own on entrustment_fetch for all to zj_api
  using ((select zj_reach()) = 'opened' and matter_id in (select zj_opened_by_me()))
  with check ((select zj_reach()) = 'opened' and matter_id in (select zj_opened_by_me()) and by_id = (select zj_staff()));
create policy fetch_of_matter on entrustment_fetch for select to zj_api
  using (exists (select 1 from matter m where m.id = matter_id));
create policy fetch_system on entrustment_fetch for all to zj_system using (true) with check (true);
grant select, insert on entrustment_news, entrustment_ask, entrustment_fetch to zj_api;
grant update (seen_at) on entrustment_news to zj_api;
grant update (state, reply, files, replied_at, replied_name) on entrustment_ask to zj_api;
grant select, insert, update, delete on entrustment_news, entrustment_ask, entrustment_fetch to zj_system;

-- Whether the opinion was adopted, as the organ itself or the county for it has said; of the county no more than that.
create function zj_entrusted_answer() returns table (id uuid, way text, form jsonb, own boolean, at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct on (m.id) m.id, p.way, p.form, p.by_id is not distinct from m.opened_by, p.at
    from matter m join matter_passage p on p.matter_id = m.id
    where m.kind = 'assessment' and m.opened_by = zj_staff() and p.step = 'adoption' and p.way in ('adopted', 'notAdopted', 'silent')
    order by m.id, p.n desc;
  end;
alter function zj_entrusted_answer() owner to zj_system;
revoke execute on function zj_entrusted_answer() from public;
grant execute on function zj_entrusted_answer() to zj_api, zj_system;
