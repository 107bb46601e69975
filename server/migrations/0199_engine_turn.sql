-- The number of the engine that may write. A lock lies on one connection: where the server ended it and the engine did not
-- hear of that at once, another took the lock while the first went on writing. So each taking of the lock has a number, and
-- every transaction of an engine asks whether its own is still the newest.
create table engine_turn (
  single boolean primary key default true check (single),
  no bigint not null,
  taken_at timestamptz not null
);
insert into engine_turn (no, taken_at) values (0, now());
grant select, update on engine_turn to zj_system;

-- Whether an engine's number is the newest, and stays so until the end of the transaction. A lock in memory rather than one
-- on the row: it is asked for by a dozen transactions at once and writes nothing. Each statement here sees what was committed
-- before it, so whoever waited for a taking sees the number it left.
create function zj_in_engine_turn(p_no bigint) returns boolean
  language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(774205);
  return exists (select 1 from engine_turn where no = p_no);
end $$;

-- The next number, once the transactions of the engine before have ended.
create function zj_take_engine_turn(p_now timestamptz) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare
  taken bigint;
begin
  perform pg_advisory_xact_lock(774205);
  update engine_turn set no = no + 1, taken_at = p_now returning no into taken;
  return taken;
end $$;
