-- Legal documents (法律文书): templates with their versions, documents as one record with copies, signatures, seals, deliveries.

-- A unit's own wording of a template. Version 0 of each ships with the program; the nearest published one wins, as with the
-- law's parameters, and nobody publishes what he drafted.
create table document_template (
  id uuid primary key,
  template text not null,
  org_code text not null references org (code),
  version integer not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  body jsonb not null,
  note text not null,
  effective_from date not null,
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  published_by uuid check (published_by is null or published_by <> drafted_by),
  published_at timestamptz,
  revision integer not null default 1,
  unique (template, org_code, version)
);

-- How a unit signs its papers: the name on the letterhead and the characters of its numbers (发文机关代字).
create table document_unit (
  org_code text primary key references org (code),
  letterhead text not null,
  mark text not null,
  changed_by uuid,
  changed_at timestamptz not null
);

-- Number series: dense within organ, series and year. Taken in the transaction that issues, so a crash leaves no gap.
create table document_counter (
  org_code text not null,
  series text not null,
  year integer not null,
  last integer not null,
  primary key (org_code, series, year)
);

create table document (
  id uuid primary key,
  org_code text not null references org (code),
  person_id uuid references person (id),
  -- The case it belongs to: a leave, a violation, an investigation …
  subject_id text not null,
  template text not null,
  -- The unit's version (uuid) or the shipped revision of the templates.
  template_version text not null,
  law_revision text not null,
  -- The day of the decision: the law of that day is quoted.
  decided_on date not null,
  -- What the case filled in, and over it what somebody corrected by hand.
  given jsonb not null default '{}',
  corrected jsonb not null default '{}',
  state text not null check (state in ('draft', 'issued', 'void')),
  -- The organ whose number it bears.
  numbered_by text,
  series text,
  year integer,
  serial integer,
  number text,
  -- The resolved paper, frozen at issue: wording, clauses and values as printed.
  paper jsonb,
  file_id uuid references file (id),
  sha256 bytea,
  issued_by uuid,
  issued_at timestamptz,
  sealed_file_id uuid references file (id),
  sealed_sha256 bytea,
  sealed_by uuid,
  sealed_at timestamptz,
  seal_key_id uuid,
  voided_by uuid,
  voided_at timestamptz,
  void_reason text,
  replaces uuid references document (id),
  drafted_by uuid,
  drafted_at timestamptz not null,
  changed_at timestamptz not null,
  revision integer not null default 1,
  check (state = 'draft' or (paper is not null and issued_at is not null)),
  check ((serial is null) = (number is null))
);
create unique index document_number on document (numbered_by, series, year, serial) where serial is not null;
create unique index document_one_draft on document (subject_id, template) where state = 'draft';
create index document_subject on document (subject_id);
create index document_person on document (person_id, drafted_at desc) where person_id is not null;
create index document_org on document (org_code text_pattern_ops, state, drafted_at desc);
create index document_number_text on document using gin (number gin_trgm_ops);

-- Signed by hand on the screen; the picture is a file with its hash, bound to the bytes that were signed.
create table document_signature (
  id uuid primary key,
  document_id uuid not null references document (id),
  -- Line of the paper: the person, the officer, the head …
  place text not null,
  name text not null,
  file_id uuid not null references file (id),
  signed_sha256 bytea not null,
  signed_at timestamptz not null,
  witnessed_by uuid,
  unique (document_id, place)
);

-- Proof of service (送达回证).
create table document_delivery (
  id uuid primary key,
  document_id uuid not null references document (id),
  copy text not null check (copy in ('original', 'duplicate', 'stub', 'receipt')),
  addressee text not null,
  how text not null check (how in ('direct', 'left', 'mail', 'electronic', 'entrusted', 'public')),
  place text not null default '',
  delivered_at timestamptz not null,
  receiver text not null default '',
  relation text not null default '',
  witness text not null default '',
  note text not null default '',
  proof_file_id uuid references file (id),
  signature_file_id uuid references file (id),
  served_by uuid,
  recorded_at timestamptz not null
);
create index document_delivery_of on document_delivery (document_id);

-- Key pair and certificate of an organ's electronic seal. The key lies in the house's vault.
create table seal_key (
  id uuid primary key,
  org_code text not null references org (code),
  certificate text not null,
  chain text not null default '',
  key_sealed bytea not null,
  subject text not null,
  issuer text not null,
  fingerprint text not null,
  self_made boolean not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  made_by uuid,
  made_at timestamptz not null,
  retired_at timestamptz
);
create unique index seal_key_current on seal_key (org_code) where retired_at is null;

-- Many at once (批量制发): picked up by the worker, each document in a transaction of its own.
create table document_batch (
  id uuid primary key,
  org_code text not null references org (code),
  template text not null,
  decided_on date not null,
  seal boolean not null,
  asked_by uuid not null,
  asked_by_name text not null,
  eyes jsonb not null,
  given jsonb not null default '{}',
  state text not null check (state in ('running', 'done', 'stopped')),
  total integer not null,
  done integer not null default 0,
  failed integer not null default 0,
  asked_at timestamptz not null,
  ended_at timestamptz
);
create table document_batch_item (
  batch_id uuid not null references document_batch (id),
  place integer not null,
  person_id uuid,
  document_id uuid,
  state text not null check (state in ('waiting', 'done', 'failed')),
  fault text,
  primary key (batch_id, place)
);
create index document_batch_waiting on document_batch_item (batch_id, place) where state = 'waiting';

-- Who sees what: a paper about a person follows the person, any other the unit.
alter table document enable row level security;
create policy document_seen on document for all to zj_api
  using (case when person_id is null then starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own')
              else exists (select 1 from person p where p.id = person_id) end)
  with check (case when person_id is null then starts_with(org_code, (select zj_scope())) and (select zj_reach()) in ('unit', 'office', 'own')
              else exists (select 1 from person p where p.id = person_id) end);
create policy document_system on document for all to zj_system using (true) with check (true);
alter table document_signature enable row level security;
create policy signature_seen on document_signature for all to zj_api
  using (exists (select 1 from document d where d.id = document_id)) with check (exists (select 1 from document d where d.id = document_id));
create policy signature_system on document_signature for all to zj_system using (true) with check (true);
alter table document_delivery enable row level security;
create policy delivery_seen on document_delivery for all to zj_api
  using (exists (select 1 from document d where d.id = document_id)) with check (exists (select 1 from document d where d.id = document_id));
create policy delivery_system on document_delivery for all to zj_system using (true) with check (true);
alter table document_batch enable row level security;
create policy batch_own on document_batch for all to zj_api using (asked_by = (select zj_staff())) with check (asked_by = (select zj_staff()));
create policy batch_system on document_batch for all to zj_system using (true) with check (true);
alter table document_batch_item enable row level security;
create policy batch_item_own on document_batch_item for all to zj_api
  using (exists (select 1 from document_batch b where b.id = batch_id)) with check (exists (select 1 from document_batch b where b.id = batch_id));
create policy batch_item_system on document_batch_item for all to zj_system using (true) with check (true);

-- Wording, letterhead and numbers hold no personal data: read by all, written by the unit itself or the one above it.
alter table document_template enable row level security;
create policy template_seen on document_template for select to zj_api using (true);
create policy template_added on document_template for insert to zj_api
  with check (drafted_by = (select zj_staff()) and state = 'draft' and starts_with(org_code, (select current_setting('zj.unit', true))));
create policy template_changed on document_template for update to zj_api
  using (state = 'draft' and starts_with(org_code, (select current_setting('zj.unit', true))))
  with check (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy template_system on document_template for all to zj_system using (true) with check (true);
alter table document_unit enable row level security;
create policy unit_seen on document_unit for select to zj_api using (true);
create policy unit_added on document_unit for insert to zj_api with check (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy unit_changed on document_unit for update to zj_api using (starts_with(org_code, (select current_setting('zj.unit', true)))) with check (starts_with(org_code, (select current_setting('zj.unit', true))));
create policy unit_system on document_unit for all to zj_system using (true) with check (true);
-- A judicial office takes numbers of its county's series.
alter table document_counter enable row level security;
create policy counter_of on document_counter for all to zj_api
  using (starts_with(org_code, (select current_setting('zj.unit', true))) or starts_with((select current_setting('zj.unit', true)), org_code))
  with check (starts_with(org_code, (select current_setting('zj.unit', true))) or starts_with((select current_setting('zj.unit', true)), org_code));
create policy counter_system on document_counter for all to zj_system using (true) with check (true);

grant select, insert, update on document, document_template, document_unit, document_counter to zj_api;
grant select, insert on document_signature, document_delivery to zj_api;
grant select, insert, update on document_batch, document_batch_item to zj_api;
-- The key itself is not for requests of people: sealing takes it through the system's door.
grant select (id, org_code, certificate, subject, issuer, fingerprint, self_made, valid_from, valid_until, made_by, made_at, retired_at) on seal_key to zj_api;
grant select, insert, update, delete on document, document_signature, document_delivery, document_template, document_unit,
  document_counter, seal_key, document_batch, document_batch_item to zj_system;

-- What was issued stays as it was: only its state, its later copies (signed, sealed) and the reason for voiding may change.
create function zj_document_frozen() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.given, new.corrected, new.template, new.template_version, new.decided_on, new.number, new.paper,
      new.person_id, new.subject_id, new.issued_at, new.law_revision) is distinct from
    (old.given, old.corrected, old.template, old.template_version, old.decided_on, old.number, old.paper,
      old.person_id, old.subject_id, old.issued_at, old.law_revision)
  then
    raise exception 'an issued document is frozen';
  end if;
  if old.state = 'void' and new.state <> 'void' then raise exception 'a void document stays void'; end if;
  return new;
end $$;
create trigger document_frozen before update on document for each row execute function zj_document_frozen();
