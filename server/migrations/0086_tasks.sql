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

-- How a clock that a unit set itself is counted, in words of both languages.
alter table task add column clock_said jsonb;

-- Obligations (义务): duties of the supervised person. The clock of each is a task of the post `subject`; what it asks for
-- and how it was met is here. One row for a person, a kind and a period, made by the worker, never twice.
create table obligation (
  id uuid primary key,
  person_id uuid not null references person (id),
  org_code text not null,
  kind text not null,
  -- The period or event it is for: its first day, or the row it came from.
  slot text not null,
  from_day date not null,
  -- As it was set; the task holds the day after pauses.
  due_on date not null,
  rule text,
  every text,
  task_id uuid not null references task (id),
  state text not null check (state in ('due', 'fulfilled', 'excused', 'missed', 'dropped')),
  done_on date,
  late boolean not null default false,
  note text not null default '',
  files uuid[] not null default '{}',
  -- The row of the file that shows it: a report, an education record, a leave.
  shown_by uuid,
  settled_by uuid,
  settled_by_name text,
  settled_at timestamptz,
  missed_at timestamptz,
  -- Minutes of outages that were counted in the person's favour.
  outage_min integer not null default 0,
  created_at timestamptz not null,
  revision integer not null default 1,
  unique (person_id, kind, slot)
);
create index obligation_person on obligation (person_id, kind, from_day desc);
create index obligation_due on obligation (due_on) where state = 'due';
create index obligation_task on obligation (task_id);
create index obligation_open on obligation (org_code text_pattern_ops, due_on) where state in ('due', 'missed');
alter table obligation enable row level security;
create policy obligation_seen on obligation for select to zj_api using (exists (select 1 from person p where p.id = person_id));
create policy obligation_changed on obligation for update to zj_api
  using (exists (select 1 from person p where p.id = person_id))
  with check (exists (select 1 from person p where p.id = person_id));
create policy obligation_system on obligation for all to zj_system using (true) with check (true);
-- The worker makes them; an officer settles them.
grant select, update on obligation to zj_api;
grant select, insert, update, delete on obligation to zj_system;

-- What the worker watches for an officer, so that each watch opens its task once: a term that ends, a file that is not made.
create table office_watch (
  person_id uuid not null references person (id),
  kind text not null,
  slot text not null,
  task_id uuid references task (id),
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (person_id, kind, slot)
);
create index office_watch_open on office_watch (kind) where closed_at is null;
alter table office_watch enable row level security;
create policy watch_seen on office_watch for select to zj_api using (exists (select 1 from person p where p.id = person_id));
create policy watch_system on office_watch for all to zj_system using (true) with check (true);
grant select on office_watch to zj_api;
grant select, insert, update, delete on office_watch to zj_system;
