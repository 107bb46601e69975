import type pg from 'pg'

/**
 * What a county's records hold after some years, through the real tables: for each person four matters, two leaves, three
 * papers, an alarm and a duty that is due. Set-based, because 100,000 people through the front door would take a day.
 */
export async function plantRecords(db: pg.ClientBase): Promise<void> {
  const numbered = '(select p.*, row_number() over (order by p.number)::int as n from person p) p'
  await db.query(`
    insert into matter (id, kind, room, org_code, person_id, who, step, end_id, holder_role, holder_unit, on_day, register, shown, opened_at, opened_name, entered_at, ended_at, imported, law_revision)
      select gen_random_uuid(), case when k = 0 then 'contact' else 'visit' end, case when k = 0 then 'permits' else 'care' end, p.org_code, p.id, p.name,
        case when k = 0 and p.n % 20 = 0 then 'office' end, case when k = 0 then case when p.n % 20 > 0 then 'approved' end else 'recorded' end,
        case when k = 0 and p.n % 20 = 0 then 'officeHead' end, case when k = 0 and p.n % 20 = 0 then p.org_code end,
        current_date - (p.n + k) % 700, d.form, d.form, now() - (p.n + k) * interval '3 min', '录入员', now() - (p.n + k) * interval '3 min',
        case when k > 0 or p.n % 20 > 0 then now() end, true, 'law-2026.1'
      from ${numbered}, generate_series(0, 3) k,
        lateral (select case when k = 0 then '{"whom":"同案犯","relation":"同案","day":"2026-01-01","where":"司法所","why":"调解"}'::jsonb
          else '{"at":"2026-01-01T02:00:00.000Z","where":"家中","met":"本人","found":"在家"}'::jsonb end as form) d;
    insert into matter_passage (id, matter_id, n, step, way, to_step, by_name, at, law_revision)
      select gen_random_uuid(), id, 1, 'office', 'support', 'county', '所长', opened_at, 'law-2026.1' from matter where kind = 'contact' and end_id is not null;

    insert into leave (id, person_id, org_code, from_day, until_day, destination, reason, state, competent, rule, asked_at, decided_at, law_revision, imported, area, competence)
      select gen_random_uuid(), p.id, p.org_code, d.day, d.day + (p.n + k) % 6, '示例市' || p.n % 40, '01',
        case when k = 0 and p.n % 25 = 0 then 'asked' when d.day + 6 > current_date then 'approved' when p.n % 17 = 0 then 'refused' else 'returned' end,
        'office', 'LVE-02', d.day - interval '4 days' + p.n % 1000 * interval '1 min', d.day - interval '3 days', 'law-2026.1', true, '450100',
        jsonb_build_object('level', 'office', 'days', 1 + (p.n + k) % 6, 'joinedDays', 1 + (p.n + k) % 6, 'reasons', '[]'::jsonb, 'applyBy', d.day - 3,
          'window', jsonb_build_object('from', d.day, 'to', d.day + 60, 'days', 6), 'shortNotice', false, 'filedWithCounty', true, 'tellProcuratorate', false)
      from ${numbered}, generate_series(0, 1) k, lateral (select current_date - (p.n * 7 + k * 311) % 600 as day) d;

    insert into document (id, org_code, person_id, subject_id, template, template_version, law_revision, decided_on, given, state, numbered_by, series, year, serial, number, paper, issued_at, drafted_at, changed_at)
      select gen_random_uuid(), p.org_code, p.id, gen_random_uuid()::text, (array['D10', 'D18', 'D33'])[1 + k], 'D-1', 'law-2026.1', current_date - (p.n + k) % 700, '{}',
        s.state, s.by, s.series, s.year, s.serial, s.number, s.paper, case when s.state = 'issued' then now() - p.n * interval '5 min' end, now() - p.n * interval '5 min', now()
      from ${numbered}, generate_series(0, 2) k, lateral (
        select 'draft' as state, null as by, null as series, null::int as year, null::int as serial, null as number, null::jsonb as paper where k = 0 and p.n % 10 = 0
        union all
        select 'issued', left(p.org_code, 6), '矫' || k, 2026, p.n, '（2026）示矫' || k || '字第' || p.n || '号', '{}'::jsonb where k > 0 or p.n % 10 > 0) s;

    insert into episode (id, kind, person_id, org_code, state, level, began_at, detected_at, raised_at, settled_at, settled_as, sureness, said_zh, said_en, rule_version, imported)
      select gen_random_uuid(), (array['boundaryOut', 'noPosition', 'lowBattery', 'requiredAbsent'])[1 + p.n % 4], p.id, p.org_code, case when p.n % 20 = 0 then 'raised' else 'settled' end,
        1 + p.n % 3, t.at, t.at, t.at, case when p.n % 20 > 0 then now() end, case when p.n % 20 > 0 then 'closed' end, 0.9, '示例', 'Example', 'geo-1', true
      from ${numbered}, lateral (select now() - p.n * interval '20 min' as at) t;

    insert into obligation (id, person_id, org_code, kind, slot, from_day, due_on, rule, task_id, state, created_at)
      select gen_random_uuid(), t.person_id, t.org_code, 'report', '2026-11', current_date - 20, current_date + (row_number() over ())::int % 20, 'REP-01', t.id,
        case when t.state = 'done' then 'fulfilled' else 'due' end, now()
      from task t`)
  for (const what of ['matter', 'matter_passage', 'leave', 'document', 'episode', 'obligation'])
    await db.query(`vacuum analyze ${what}`)
}
