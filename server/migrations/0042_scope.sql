-- The scope as a range of codes instead of a function of each row: the index serves it, and what is asked of every row of a
-- whole unit is one boolean. Counting 100,000 people takes a quarter of the time; who sees whom stays exactly as it was.
create function zj_whole() returns boolean language sql stable parallel safe return zj_reach() in ('unit', 'office');
alter policy person_seen on person
  using (org_code ~>=~ (select zj_scope()) and org_code ~<~ (select zj_scope() || '~')
    and ((select zj_whole()) or case (select zj_reach())
      when 'own' then officer_id = (select zj_staff()) or id in (select zj_tasked())
      when 'counts' then id in (select person_id from look where look.staff_id = (select zj_staff()) and look.until > now()) or id in (select zj_tasked())
      else false end)
    and (not minor or (select zj_class('minors')))
    and (not sealed or (select zj_class('sealed'))));
-- An index in memory costs what a table in memory costs; the default of the server supposes a turning disk.
alter role zj_api set random_page_cost = 1.1;
alter role zj_system set random_page_cost = 1.1;
