-- What an application for leave brings: the files that prove its reason (IM 27), whom to reach at the destination (D10), and
-- why it was approved without proof where it was.
alter table leave
  add column proofs uuid[] not null default '{}',
  -- { name, phone, relation, address }
  add column contact jsonb,
  add column unproven text;
