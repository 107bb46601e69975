-- A living area drawn for single persons (residence at a county line) binds those it is assigned to and nobody else: it is no
-- part of its county's outline, also before it is assigned and after the assignment has ended.
alter table fence add column personal boolean not null default false check (not personal or kind = 'livingArea');
-- Of what is there: what somebody was bound to, where the county has an outline to which nobody is.
update fence f set personal = true
  where f.kind = 'livingArea' and exists (select 1 from fence_person a where a.fence_id = f.id)
    and exists (select 1 from fence o where o.kind = 'livingArea' and o.active and o.org_code = f.org_code and o.id <> f.id
      and not exists (select 1 from fence_person a where a.fence_id = o.id));
