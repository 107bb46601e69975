-- Events of one flush are numbered within it; after an outage there may be more of them than a smallint counts.
alter table device_event alter column ordinal type integer;

-- When a device last spoke on each matter (strap, power, case, SIM, location), by its own clock and never later than its word
-- arrived: in which order it said things is remembered beyond a restart of the gateway. No place, no person.
create table device_said (
  activation_no integer not null,
  matter text not null,
  ts timestamptz not null,
  primary key (activation_no, matter)
) with (fillfactor = 70);
alter table device_said enable row level security;
create policy said_system on device_said for all to zj_system using (true) with check (true);
grant select, insert, update, delete on device_said to zj_system;

-- What running terms have said already.
insert into device_said (activation_no, matter, ts)
  select e.activation_no, x.matter, max(least(e.ts, e.received_at))
  from activation a
  join device_event e on e.person_id = a.person_id and e.activation_no = a.no and e.ts >= a.starts_at
  join (values ('powerOff', 'power'), ('powerOn', 'power'), ('rebooted', 'power'), ('powerLost', 'power'), ('lowBattery', 'power'),
    ('gnssFault', 'power'), ('strapOpen', 'strap'), ('strapClosed', 'strap'), ('caseOpen', 'case'), ('simRemoved', 'sim'),
    ('locationOff', 'location'), ('locationOn', 'location')) as x(kind, matter) on x.kind = e.kind
  where a.state = 'running' and e.flags = 0
  group by 1, 2;
