-- Tasks with civil clocks: which rule counts them, from when, to which day; what cannot be counted yet says so.
alter table task
  -- The rule that counts the clock; `rule` stays what the duty rests on.
  add column clock_rule text,
  -- The start day (or instant, for hours) as it was given.
  add column clock_from text,
  -- The last lawful day; `due_at` is its end in Asia/Shanghai.
  add column due_on date,
  -- duty: minutes that run only in hours of duty.
  add column clock_counted text check (clock_counted in ('working', 'calendar', 'hours', 'words', 'duty')),
  -- The year whose holidays nobody has published yet: the clock is counted as soon as they are.
  add column clock_unknown smallint;
create index task_uncounted on task (clock_unknown) where clock_unknown is not null and state in ('open', 'claimed', 'submitted');

alter table task
  -- When whoever has it is reminded next, and when he was last.
  add column next_remind_at timestamptz,
  add column reminded_at timestamptz,
  -- The clock rests since then.
  add column paused_at timestamptz,
  -- What the owner left undone when he left: whose it was, until somebody takes it.
  add column left_by uuid;
create index task_remind on task (next_remind_at) where state in ('open', 'claimed') and next_remind_at is not null;
-- How many times the ladder may still be climbed is the clock's matter; who is called first is the roster's (climbs).
comment on column task.climbs is 'called by the roster: follows the shift';

-- What was done to a clock: it was stopped, it ran on, it was given more time. Rows are added, never changed.
create table task_clock (
  id uuid primary key,
  task_id uuid not null references task (id),
  what text not null check (what in ('pause', 'resume', 'extend')),
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  -- custody, away, hospital
  cause text,
  reason text not null,
  -- The rule that allows it; null for grounds of our own table.
  basis text,
  due_before timestamptz,
  due_after timestamptz,
  agreed_with text,
  agreed_on date,
  files uuid[] not null default '{}'
);
create index task_clock_task on task_clock (task_id, at);
alter table task_clock enable row level security;
create policy clock_seen on task_clock for select to zj_api using (exists (select 1 from task t where t.id = task_id));
create policy clock_added on task_clock for insert to zj_api with check (exists (select 1 from task t where t.id = task_id));
create policy clock_system on task_clock for all to zj_system using (true) with check (true);
grant select, insert on task_clock to zj_api;
grant select, insert, update, delete on task_clock to zj_system;

-- Who takes over what somebody leaves behind, as his administrator named him; the worker hands over what is left.
create table staff_successor (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  successor_id uuid not null references staff (id) check (successor_id <> staff_id),
  at timestamptz not null,
  by_id uuid,
  by_name text not null
);
create index staff_successor_staff on staff_successor (staff_id, at desc);
alter table staff_successor enable row level security;
-- Both are accounts the caller sees.
create policy successor_seen on staff_successor for select to zj_api using (exists (select 1 from staff s where s.id = staff_id));
create policy successor_added on staff_successor for insert to zj_api
  with check (exists (select 1 from staff s where s.id = staff_id) and exists (select 1 from staff s where s.id = successor_id));
create policy successor_system on staff_successor for all to zj_system using (true) with check (true);
grant select, insert on staff_successor to zj_api;
grant select, insert, update, delete on staff_successor to zj_system;

-- What posts an active colleague holds, and where: whether he may be given a task.
create function zj_roles_of(p_staff uuid) returns table (org_code text, roles text[])
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.org_code, array_agg(r.role order by r.role)
    from staff s join staff_role r on r.staff_id = s.id
    where s.active and s.id = p_staff
    group by s.org_code;
  end;
alter function zj_roles_of(uuid) owner to zj_system;
revoke execute on function zj_roles_of(uuid) from public;
grant execute on function zj_roles_of(uuid) to zj_api, zj_system;
