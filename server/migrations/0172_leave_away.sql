-- What happens to a leave once it is approved: the county takes note of what the office approved (备案, IM 27), contacts
-- while he is away and help of the agency there (IM 28), and the order to return at once (IM 28).
alter table leave
  add column filed_at timestamptz,
  add column filed_by uuid,
  -- { by, byId, at, reason, told, note }
  add column recall jsonb,
  add column recalled_until timestamptz;

create table leave_contact (
  id uuid primary key,
  leave_id uuid not null references leave (id),
  person_id uuid not null references person (id),
  org_code text not null,
  at timestamptz not null,
  means text not null check (means in ('phone', 'video', 'visit', 'agency')),
  result text not null check (result in ('reached', 'unreached', 'concern')),
  note text not null default '',
  by_id uuid,
  by_name text not null,
  recorded_at timestamptz not null
);
create index leave_contact_leave on leave_contact (leave_id, at desc);

-- The agency at the destination is asked to help: another county of this platform, or one that is written to.
create table leave_help (
  id uuid primary key,
  leave_id uuid not null references leave (id),
  person_id uuid not null references person (id),
  org_code text not null,
  other_org text,
  organ text not null,
  letter text not null default '',
  wish text not null,
  -- What the agency there has to know, and no more: name, phone of the contact, place and days.
  about jsonb not null,
  asked_at timestamptz not null,
  asked_by uuid,
  asked_name text not null,
  answer text,
  answered_at timestamptz,
  answered_name text
);
create index leave_help_leave on leave_help (leave_id);
create index leave_help_other on leave_help (other_org text_pattern_ops, asked_at desc) where other_org is not null;

alter table leave_contact enable row level security;
create policy leave_contact_seen on leave_contact for all to zj_api
  using (exists (select 1 from person p where p.id = person_id)) with check (exists (select 1 from person p where p.id = person_id));
create policy leave_contact_system on leave_contact for all to zj_system using (true) with check (true);
alter table leave_help enable row level security;
create policy leave_help_seen on leave_help for all to zj_api
  using (exists (select 1 from person p where p.id = person_id)
    or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope()))))
  with check (exists (select 1 from person p where p.id = person_id)
    or (other_org is not null and (select zj_reach()) = 'unit' and starts_with(other_org, (select zj_scope()))));
create policy leave_help_system on leave_help for all to zj_system using (true) with check (true);
grant select, insert on leave_contact to zj_api;
grant select, insert, update on leave_help to zj_api;
grant select, insert, update, delete on leave_contact, leave_help to zj_system;

-- Whoever was ordered back may be away until the hour he was given, whatever was approved before.
create or replace view away with (security_invoker = true) as
  select id, person_id, from_day, least(until_day, (recalled_until at time zone 'Asia/Shanghai')::date) as until_day, destination, state, returned_on,
    'leave' as what, case when area is null then '{}'::text[] else array[area] end as areas
  from leave
  union all
  select id, person_id, (from_at at time zone 'Asia/Shanghai')::date, ((until_at - interval '1 second') at time zone 'Asia/Shanghai')::date,
    places, 'approved', null, 'travel', areas
  from permit_pass where what = 'travel';

-- A duty to help another county is seen by who sees the request: by the county that asks and by the one that is asked.
create function zj_sees_help(p_id uuid) returns boolean language sql stable parallel safe
  begin atomic select exists (select 1 from leave_help h where h.id = p_id); end;
alter policy task_seen on task
  using (case when (select zj_whole()) then
              org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
              and (person_id is null or (person_id not in (select zj_kept_apart()) and person_id not in (select zj_moved_away())))
            when person_id is null then starts_with(org_code, (select zj_scope()))
            else exists (select 1 from person p where p.id = person_id) end
    or id in (select zj_my_tasks())
    or (kind = 'matter.relocation' and zj_sees_matter(subject_id))
    or (kind = 'leave.assist' and zj_sees_help(subject_id))
    or (person_id in (select zj_moved_here()) and zj_sees_person(person_id)));
