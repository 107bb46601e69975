-- What was open to whoever is signed in, and is not his.

-- Colleagues: whoever works with a unit's people chooses among its accounts. Another organ knows its own desk; whom single
-- duties are handed to knows himself. Neither is told who the county's officers and administrators are.
alter policy staff_seen on staff
  using (id = (select zj_staff()) or case (select zj_reach())
    when 'handed' then false
    when 'opened' then id in (select zj_organ_mates())
    else starts_with(org_code, (select current_setting('zj.unit', true))) end);

-- An export remembers how far whoever asked for it saw when it was made: it is not handed to less.
alter table download
  add column reach text,
  add column classes text[] not null default '{}';
