-- Papers of old files (历史文书): issued elsewhere, brought in with what is known of them, with or without a scan.
alter table document
  -- When it was brought in; null for what this platform issued. Its own days stand in decided_on, issued_at, drafted_at.
  add column imported_at timestamptz,
  -- The system or volume it came from.
  add column source text,
  -- Who issued it and who signed it, as it was written there: nobody of them need have an account here.
  add column issued_name text,
  add column signers jsonb not null default '[]',
  -- Number without brackets of the one or the other kind, spaces and leading zeros: the same number is the same however written.
  add column number_key text,
  -- First service of any copy.
  add column served_at timestamptz;
alter table document_delivery
  add column imported boolean not null default false,
  add column served_name text not null default '';

update document d set number_key = number,
  served_at = (select min(v.delivered_at) from document_delivery v where v.document_id = d.id)
  where d.state <> 'draft';

-- An old number may have no serial that a machine can read, and each office may have counted for itself.
alter table document drop constraint document_check1;
alter table document add constraint document_serial_numbered check (serial is null or number is not null);
alter table document add constraint document_number_whole check (imported_at is not null or (serial is null) = (number is null));
drop index document_number;
create unique index document_number on document (numbered_by, series, year, serial) where serial is not null and imported_at is null;
create unique index document_number_once on document (numbered_by, number_key) where number_key is not null;
create index document_unserved on document (org_code text_pattern_ops, decided_on desc) where state = 'issued' and served_at is null;

-- What was issued stays as it was; what was brought in says for ever that it was, and from where.
create or replace function zj_document_frozen() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.given, new.corrected, new.template, new.template_version, new.decided_on, new.number, new.paper,
      new.person_id, new.subject_id, new.issued_at, new.law_revision, new.imported_at, new.source, new.issued_name, new.signers)
    is distinct from
    (old.given, old.corrected, old.template, old.template_version, old.decided_on, old.number, old.paper,
      old.person_id, old.subject_id, old.issued_at, old.law_revision, old.imported_at, old.source, old.issued_name, old.signers)
  then
    raise exception 'an issued document is frozen';
  end if;
  -- The one scan an old paper gets is as final as a print.
  if old.imported_at is not null and old.file_id is not null and (new.file_id, new.sha256) is distinct from (old.file_id, old.sha256)
  then
    raise exception 'a scan is frozen';
  end if;
  if old.state = 'void' and new.state <> 'void' then raise exception 'a void document stays void'; end if;
  return new;
end $$;

-- Which of these numbers an organ of the caller's own line gave already: the one thing about a paper out of sight that
-- whoever numbers the next one must know.
create function zj_document_numbers(p_organ text, p_keys text[]) returns setof text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select number_key from document
    where numbered_by = p_organ and number_key = any (p_keys)
      and (starts_with(p_organ, current_setting('zj.unit', true)) or starts_with(current_setting('zj.unit', true), p_organ));
  end;
alter function zj_document_numbers(text, text[]) owner to zj_system;
revoke execute on function zj_document_numbers(text, text[]) from public;
grant execute on function zj_document_numbers(text, text[]) to zj_api;
