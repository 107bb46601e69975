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
