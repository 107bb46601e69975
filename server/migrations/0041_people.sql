-- Lists and true totals of a hundred thousand people in one scope come from an index alone.
create index person_listed on person (org_code text_pattern_ops)
  include (minor, sealed, officer_id, state, category, level, colour, name, number, term_start, term_end, created_at, id) where merged_into is null;
create index person_born on person (birth_date, name);
create index person_created on person (created_at, id);
create index person_name_order on person (name, number) where merged_into is null;
create index person_started on person (term_start);
create index person_merged on person (merged_into) where merged_into is not null;

-- The running number of files in a county and a year.
create table person_number (county text not null, year integer not null, last integer not null, primary key (county, year));
grant select, insert, update on person_number to zj_api, zj_system;

-- An Excel sheet as it was read, until somebody commits it. The rows are sealed: they hold identity numbers in clear.
create table person_import (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  org_code text not null,
  file_name text not null,
  rows bytea,
  summary jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  committed_at timestamptz,
  created integer
);
alter table person_import enable row level security;
create policy import_own on person_import for all to zj_api using (staff_id = (select zj_staff())) with check (staff_id = (select zj_staff()));
create policy import_system on person_import for all to zj_system using (true) with check (true);
grant select, insert, update on person_import to zj_api;
grant select, insert, update, delete on person_import to zj_system;

-- Whether somebody with this identity already has a file anywhere: yes or no, never where.
create function zj_identities_known(blinds bytea[]) returns setof bytea
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.identity_blind from person p where p.merged_into is null and p.identity_blind = any (blinds) and zj_reach() <> 'none';
  end;
alter function zj_identities_known(bytea[]) owner to zj_system;
revoke execute on function zj_identities_known(bytea[]) from public;
grant execute on function zj_identities_known(bytea[]) to zj_api;

-- A superior opens one file by its exact number: within the own unit, of the classes he holds, with a reason and an end.
revoke insert, update on look from zj_api;
create function zj_look(p_id uuid, p_number text, p_reason text, p_now timestamptz, p_until timestamptz) returns uuid
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    insert into look (id, staff_id, person_id, org_code, reason, granted_at, until)
    select p_id, zj_staff(), p.id, p.org_code, p_reason, p_now, least(p_until, p_now + interval '2 hours')
    from person p
    where p.number = p_number and p.merged_into is null and zj_reach() = 'counts' and zj_staff() is not null
      and starts_with(p.org_code, zj_scope()) and (not p.minor or zj_class('minors')) and (not p.sealed or zj_class('sealed'))
    returning person_id;
  end;
alter function zj_look(uuid, text, text, timestamptz, timestamptz) owner to zj_system;
revoke execute on function zj_look(uuid, text, text, timestamptz, timestamptz) from public;
grant execute on function zj_look(uuid, text, text, timestamptz, timestamptz) to zj_api;
