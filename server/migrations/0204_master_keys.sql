-- Change of the master key (主密钥轮换). Which keys this database has been sealed with: the first seals what names no key, and
-- one that is not gone is still needed by something stored. Ids say nothing of the keys.
create table installation_key (
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  since timestamptz not null default clock_timestamp(),
  -- Nothing is sealed with it any more.
  gone_at timestamptz
);
-- Keys that outlive the master they derived from, sealed with the present one: the one that signs tree heads, which outside
-- holders know by its public half.
create table kept_key (
  purpose text primary key,
  sealed bytea not null
);
alter table installation_key enable row level security;
alter table kept_key enable row level security;
create policy installation_key_system on installation_key for all to zj_system using (true) with check (true);
create policy kept_key_system on kept_key for all to zj_system using (true) with check (true);
grant select, update on installation_key, kept_key to zj_system;

-- Id of the key that something is sealed with; `p_first` sealed what names none.
create function zj_sealed_by(p_sealed bytea, p_first text) returns text language sql immutable parallel safe
  return case get_byte(p_sealed, 0) when 1 then p_first else encode(substring(p_sealed from 2 for 4), 'hex') end;
