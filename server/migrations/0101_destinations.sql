-- Where an approval to be away leads, beside its days: the engine compares positions with it.
create or replace view away with (security_invoker = true) as
  select id, person_id, from_day, until_day, destination, state, returned_on,
    'leave' as what, case when area is null then '{}'::text[] else array[area] end as areas
  from leave
  union all
  select id, person_id, (from_at at time zone 'Asia/Shanghai')::date, ((until_at - interval '1 second') at time zone 'Asia/Shanghai')::date,
    places, 'approved', null, 'travel', areas
  from permit_pass where what = 'travel';
