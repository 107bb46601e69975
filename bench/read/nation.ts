import { legalDay } from '@zhijiao/geo/day'
import { FixFault, FixFlag } from '@zhijiao/geo/fix'
import { packDay, type ReceivedFix } from '@zhijiao/geo/track'
import type { Vault } from '@zhijiao/server/core/vault'
import type pg from 'pg'
import { say } from '../print.ts'

/** 100,000 people in one province, through the real tables: a county of 300 in a city of 2,700, the rest elsewhere. */
export const scopes = { province: '45', city: '4590', county: '459001', office: '459001001' } as const

export interface Nation {
  readonly people: number
  readonly tasks: number
  /** Persons of the city, whose day of one position a minute is stored. */
  readonly tracked: readonly { readonly person: string; readonly no: number }[]
  readonly day: string
}

const cityPeople = 2_700
const countyPeople = 300
const minutes = 1_440

export async function plantNation(
  db: pg.ClientBase,
  vault: Vault,
  people: number,
  { tracks = true }: { tracks?: boolean } = {},
): Promise<Nation> {
  say(`planting ${people.toLocaleString('en-US')} people`)
  // 25 cities of 10 counties of 5 offices.
  await db.query(`
    insert into org (code, level, parent, name, synthetic) values ('', 'ministry', null, '司法部', true), ('45', 'province', '', '示例省', true);
    insert into org (code, level, parent, name, synthetic)
      select '45' || c, 'city', '45', '示例市' || c, true from generate_series(66, 90) c;
    insert into org (code, level, parent, name, synthetic)
      select '45' || c || lpad(n::text, 2, '0'), 'county', '45' || c, '示例县' || c || n, true from generate_series(66, 90) c, generate_series(1, 10) n;
    insert into org (code, level, parent, name, synthetic)
      select o.code || lpad(n::text, 3, '0'), 'office', o.code, '示例司法所' || n, true from org o, generate_series(1, 5) n where o.level = 'county';
    insert into staff (id, login, number, name, org_code, password_hash, password_changed_at, must_change_password, created_at)
      select gen_random_uuid(), 'officer' || o.code || n, o.code || n, '干警' || n, o.code, 'x', now(), false, now() from org o, generate_series(1, 2) n where o.level = 'office';
    insert into staff_role (staff_id, role, granted_at) select id, 'officer', now() from staff`)
  await db.query(
    `insert into person (id, number, org_code, officer_id, name, sex, birth_date, identity_cipher, identity_blind, identity_tail, category, level, colour,
        state, crime, term_start, term_end, residence, residence_lat, residence_lon, minor, sealed, created_at, updated_at)
      select gen_random_uuid(), 'R' || lpad(i::text, 7, '0'), office, (select s.id from staff s where s.org_code = office order by s.login offset i % 2 limit 1),
        substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许', 1 + i % 20, 1) || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平', 1 + i / 20 % 20, 1) || substr('一二三四五六七八九十', 1 + i / 400 % 10, 1),
        case when i % 6 = 0 then 'female' else 'male' end, date '1960-01-01' + i % 16000, $4, sha256(i::text::bytea), lpad((i % 10000)::text, 4, '0'),
        (array['01', '02', '03', '04', '02', '02'])[1 + i % 6], (array['1', '2', '3'])[1 + i % 3], (array['none', 'none', 'none', 'red', 'yellow', 'blue', 'green'])[1 + i % 7],
        case when i % 10 = 9 then 'released' else 'inCorrection' end, (array['盗窃罪', '诈骗罪', '危险驾驶罪', '故意伤害罪'])[1 + i % 4],
        current_date - i % 700, current_date + i % 900, '示例路 ' || i || ' 号', 24.3 + (i % 1000) / 5000.0, 109.4 + (i / 1000 % 100) / 500.0,
        i % 500 = 0, i % 700 = 0, now() - i * interval '7 min', now()
      from (select i, case
          when i <= $2 then '459001' || lpad((1 + i % 5)::text, 3, '0')
          when i <= $3 then '4590' || lpad((2 + i % 9)::text, 2, '0') || lpad((1 + i / 9 % 5)::text, 3, '0')
          else '45' || (66 + i % 24) || lpad((1 + i / 24 % 10)::text, 2, '0') || lpad((1 + i / 240 % 5)::text, 3, '0') end as office
        from generate_series(1, $1) i) x`,
    // One made-up number stands for all: sealed it is as long and as dear to open as anybody's own.
    [people, countyPeople, cityPeople, vault.seal('identity', '450000199001010000')],
  )
  say('planting tasks, devices and terms')
  // A duty for everyone, most of them long done; every tenth runs.
  const { rowCount } = await db.query(`
    insert into task (id, kind, org_code, unit_code, person_id, subject_id, title_zh, title_en, level, owner_role, owner_id, claimed_at, delivered_at, due_at,
        state, ended_at, outcome, created_at)
      select gen_random_uuid(), (array['alarm.handle', 'alarm.review', 'leave.decide', 'report.overdue'])[1 + n % 4], p.org_code, p.org_code, p.id, gen_random_uuid(),
        p.name || ' 待办', 'Task of ' || p.name, 1 + n % 4, 'officer', case when n % 3 > 0 then p.officer_id end, null,
        now() - n * interval '5 min', now() - n * interval '5 min' + interval '2 hours',
        case when n % 10 = 0 then 'open' when n % 10 = 1 then 'claimed' else 'done' end, case when n % 10 > 1 then now() end, 'done', now() - n * interval '5 min'
      from (select p.*, row_number() over (order by p.number)::int as n from person p) p`)
  await db.query(`
    insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
      select gen_random_uuid(), org_code, 'wristband', 'jt808', (13000000000 + n)::text, 'issued', id, now()
      from (select p.*, row_number() over (order by p.number)::int as n from person p) p where n <= ${cityPeople} or n % 20 = 0;
    insert into activation (id, device_id, person_id, org_code, regime, ground, article, rule, starts_at, ends_at, interval_s, state, proposed_at, approved_at)
      select gen_random_uuid(), d.id, d.holder_id, d.org_code, 'device', 'leftWithoutApproval', '29(2)', 'EPD-01', now() - interval '20 days', now() + interval '60 days', 60, 'running', now(), now() from device d;
    insert into position_latest (activation_no, person_id, org_code, ts, received_at, lat, lon, accuracy_m, source, speed_kmh, course, battery_pct, flags)
      select a.no, a.person_id, a.org_code, now() - a.no % 3600 * interval '1 s', now() - a.no % 3600 * interval '1 s', 24.3 + a.no % 1000 / 5000.0, 109.4, 15, 'gnss', 0, 0, 80, 64 from activation a`)
  const day = legalDay(Date.now() - 86_400_000)
  const tracked = await db.query<{ person: string; no: number; org: string }>(
    `select a.person_id as person, a.no, a.org_code as org from activation a where a.org_code like '4590%' order by a.no`,
  )
  if (tracks) say(`planting ${tracked.rows.length.toLocaleString('en-US')} days of ${minutes} positions`)
  for (let from = 0; tracks && from < tracked.rows.length; from += 200) {
    const some = tracked.rows.slice(from, from + 200)
    await db.query(
      `insert into track_day (activation_no, day, person_id, org_code, fixes, first_ts, last_ts, blob, rules, changed_at)
        select n, $1, p, o, ${minutes}, $1::date::timestamp at time zone 'Asia/Shanghai', ($1::date + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 min', b, 'geo-1', now()
        from unnest($2::int[], $3::uuid[], $4::text[], $5::bytea[]) as x(n, p, o, b)`,
      [
        day,
        some.map((t) => t.no),
        some.map((t) => t.person),
        some.map((t) => t.org),
        some.map((t) => Buffer.from(oneDay(t.no, day))),
      ],
    )
  }
  await db.query('vacuum analyze')
  return { people, tasks: rowCount ?? 0, tracked: tracked.rows, day }
}

/** Somebody's made-up day: at home, to work, back; a position a minute. */
function oneDay(no: number, day: string): Uint8Array {
  const start = Date.parse(`${day}T00:00:00+08:00`)
  const fixes: ReceivedFix[] = []
  let random = no * 2_654_435_761 + 1
  const next = () => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return random / 0x1_0000_0000
  }
  for (let i = 0; i < minutes; i++) {
    const away = i > 480 && i < 1_080 ? 0.02 : 0
    const moving = (i > 480 && i < 510) || (i > 1_050 && i < 1_080)
    fixes.push({
      ts: start + i * 60_000,
      receivedAt: start + i * 60_000 + 1_000,
      lat: 24.3 + (no % 1000) / 5_000 + away + (next() - 0.5) * 0.0002,
      lon: 109.4 + (next() - 0.5) * 0.0002,
      accuracyM: 15,
      source: 'gnss',
      speedKmh: moving ? Math.round(next() * 300) / 10 : 0,
      course: Math.round(next() * 359),
      altitudeM: 90,
      satellites: 9,
      batteryPct: 100 - Math.round(i / 20),
      steps: null,
      seq: null,
      flags: FixFlag.authenticated,
      fault: FixFault.none,
    })
  }
  return packDay({ activationNo: no, salt: Buffer.alloc(16, 7), fixes })
}
