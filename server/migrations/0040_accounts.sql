-- Failed sign-ins by account and by address. Accounts that do not exist count too, so that a lockout tells nobody which do.
create table sign_in_guard (
  -- Keyed hash of the account, or the address.
  key text primary key,
  failures integer not null,
  since timestamptz not null,
  locked_until timestamptz
);
grant select, insert, update, delete on sign_in_guard to zj_system;

-- What hand-written SQL of a request could otherwise reach: units, roles, settings, revisions, recoveries.
alter table org enable row level security;
create policy org_seen on org for select to zj_api using (true);
create policy org_added on org for insert to zj_api with check (starts_with(code, (select current_setting('zj.unit', true))));
create policy org_changed on org for update to zj_api using (starts_with(code, (select current_setting('zj.unit', true)))) with check (starts_with(code, (select current_setting('zj.unit', true))));
create policy org_system on org for all to zj_system using (true) with check (true);

-- Nobody gives or takes a role of his own (三员分离).
alter table staff_role enable row level security;
create policy role_seen on staff_role for select to zj_api using (exists (select 1 from staff s where s.id = staff_id));
create policy role_given on staff_role for insert to zj_api with check (staff_id <> (select zj_staff()) and exists (select 1 from staff s where s.id = staff_id));
create policy role_taken on staff_role for delete to zj_api using (staff_id <> (select zj_staff()) and exists (select 1 from staff s where s.id = staff_id));
create policy role_system on staff_role for all to zj_system using (true) with check (true);
revoke update on staff_role from zj_api;

alter table setting enable row level security;
create policy setting_seen on setting for select to zj_api using (key not like 'secret.%');
create policy setting_added on setting for insert to zj_api with check (key not like 'secret.%' and zj_staff() is not null);
create policy setting_changed on setting for update to zj_api using (key not like 'secret.%' and zj_staff() is not null) with check (key not like 'secret.%');
create policy setting_system on setting for all to zj_system using (true) with check (true);

alter table law_revision enable row level security;
create policy revision_seen on law_revision for select to zj_api using (true);
create policy revision_added on law_revision for insert to zj_api with check (drafted_by = (select zj_staff()) and state = 'draft' and starts_with(org_code, (select current_setting('zj.unit', true))));
create policy revision_changed on law_revision for update to zj_api using (state = 'draft' and starts_with(org_code, (select current_setting('zj.unit', true)))) with check (starts_with(org_code, (select current_setting('zj.unit', true))) and (state <> 'published' or published_by = (select zj_staff())));
create policy revision_system on law_revision for all to zj_system using (true) with check (true);

alter table recovery add constraint recovery_not_own check (requested_by <> staff_id and (approved_by is null or approved_by <> staff_id));
alter table recovery add column decided_by uuid;
create unique index recovery_open on recovery (staff_id) where approved_at is null and refused_at is null;
alter table recovery enable row level security;
create policy recovery_seen on recovery for select to zj_api using (exists (select 1 from staff s where s.id = staff_id));
create policy recovery_asked on recovery for insert to zj_api with check (requested_by = (select zj_staff()) and approved_at is null and exists (select 1 from staff s where s.id = staff_id));
create policy recovery_decided on recovery for update to zj_api using (exists (select 1 from staff s where s.id = staff_id)) with check (approved_by is null or approved_by = (select zj_staff()));
create policy recovery_system on recovery for all to zj_system using (true) with check (true);

-- An administrator reads the audit of his unit; anybody else only what was done to a person he sees, superiors' looks included.
drop policy audit_seen on audit;
create policy audit_seen on audit for select to zj_api
  using (case when (select zj_reach()) = 'none' then starts_with(org_code, (select current_setting('zj.unit', true)))
    else person_id is not null and exists (select 1 from person p where p.id = person_id) end);
create index audit_org on audit (org_code text_pattern_ops, at desc);
