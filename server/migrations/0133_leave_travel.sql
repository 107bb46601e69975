-- By what somebody on leave travels (交通工具), codes of travelMode. Who goes by rail or air moves faster than any car, and his
-- positions on the way are believed (POS-32).
alter table leave add column travel_by text[] not null default '{}';

-- Days on which somebody may be on such a journey: of the leave, of a late return that was reported, and no longer once he is back.
create view fast_journey with (security_invoker = true) as
  select person_id, from_day, coalesce(returned_on, greatest(until_day, delayed_until)) as until_day
  from leave where state in ('approved', 'returned') and travel_by && '{04,05}';
grant select on fast_journey to zj_system;
create index leave_fast on leave (until_day) where travel_by && '{04,05}';
