-- What only administrators do, only administrators may do, even by hand-written SQL: their reach is none, every post has
-- another. An account's own row is never its own to change: nobody names himself for minors or moves himself to another unit.
alter policy org_added on org
  with check ((select zj_reach()) = 'none' and starts_with(code, (select current_setting('zj.unit', true))));
alter policy org_changed on org
  using ((select zj_reach()) = 'none' and starts_with(code, (select current_setting('zj.unit', true))))
  with check (starts_with(code, (select current_setting('zj.unit', true))));
alter policy staff_added on staff
  with check ((select zj_reach()) = 'none' and starts_with(org_code, (select current_setting('zj.unit', true))));
alter policy staff_changed on staff
  using ((select zj_reach()) = 'none' and id <> (select zj_staff()) and starts_with(org_code, (select current_setting('zj.unit', true))))
  with check (starts_with(org_code, (select current_setting('zj.unit', true))));
alter policy role_given on staff_role
  with check ((select zj_reach()) = 'none' and staff_id <> (select zj_staff()) and exists (select 1 from staff s where s.id = staff_id));
alter policy role_taken on staff_role
  using ((select zj_reach()) = 'none' and staff_id <> (select zj_staff()) and exists (select 1 from staff s where s.id = staff_id));
alter policy setting_added on setting with check ((select zj_reach()) = 'none' and zj_staff() is not null and key not like 'secret.%');
alter policy setting_changed on setting
  using ((select zj_reach()) = 'none' and zj_staff() is not null and key not like 'secret.%') with check (key not like 'secret.%');
