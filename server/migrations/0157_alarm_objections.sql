-- Objections 异议 to what an alarm was closed as: a finding that was set aside stays on record and counts no more.
alter table closure
  add column set_aside_by uuid references matter (id),
  add column set_aside_at timestamptz,
  add check ((set_aside_by is null) = (set_aside_at is null));

-- How right each kind was, without findings that an answer to an objection set aside.
create or replace function zj_alarm_precision(p_org text, p_from timestamptz, p_until timestamptz)
  returns table (kind text, raised boolean, state text, settled_as text, cause text, overdue boolean, claim_min double precision, close_min double precision)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select e.kind, e.raised_at is not null, e.state, e.settled_as, case when c.set_aside_at is null then c.cause end,
      coalesce(t.due_at < coalesce(t.ended_at, p_until), false),
      extract(epoch from t.claimed_at - t.delivered_at) / 60,
      extract(epoch from e.settled_at - e.raised_at) / 60
    from episode e
    left join closure c on c.episode_id = e.id and c.review = 'approved'
    left join lateral (select * from task t where t.subject_id = e.id and t.kind = 'alarm.handle' order by t.created_at desc limit 1) t on true
    where starts_with(e.org_code, p_org) and starts_with(p_org, current_setting('zj.unit', true)) and zj_reach() <> 'none'
      and e.detected_at >= p_from and e.detected_at < p_until;
  end;
