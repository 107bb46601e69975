-- An old term that is brought in as history although the law of today would not have let it run so: the rules it departs from.
alter table activation add column departs text[] not null default '{}';

-- When a device last proved with its secret that it is the one, and when, having done so once, it last spoke without.
alter table device
  add column proven_at timestamptz,
  add column unproven_at timestamptz;
