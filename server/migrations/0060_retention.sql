-- The audit may be shortened only from its far end, and never below the six months of 网络安全法 21 (DAT-07), whoever asks.
create function zj_purge_audit(p_before timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint;
begin
  if p_before > now() - interval '6 months' then
    raise exception 'the audit of the last six months is kept (DAT-07)';
  end if;
  delete from audit where at < p_before;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function zj_purge_audit(timestamptz) from public;
grant execute on function zj_purge_audit(timestamptz) to zj_system;
