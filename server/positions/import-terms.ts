import type { DeviceKind, Protocol, Regime } from '@zhijiao/contract/devices'
import type { OldTerm } from '@zhijiao/contract/old-tracks'
import type { Fix } from '@zhijiao/geo/fix'
import { type CivilDate, civilDate, endOfLegalDay, isCivilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import type { Circumstances } from '../core/room.ts'
import { plainIdentity } from '../devices/index.ts'
import { articleOf, type Departure, departures, ruleOfDeparture } from './old-law.ts'

/** A term that tracks of a file may refer to; its instants are milliseconds UTC. */
export interface Term {
  readonly no: number
  readonly startsAt: number
  readonly endsAt: number
  readonly running: boolean
  /** It came in before. */
  readonly there: boolean
  newest: Fix | null
}

/** A person as the caller may see him. */
interface Found {
  readonly id: string
  readonly org: string
  readonly state: string
  readonly termEnd: CivilDate
}

/** The persons of these ids or numbers. */
export async function peopleOf(db: ScopedDb, names: readonly string[]): Promise<Map<string, Found>> {
  const { rows } = await sql<{ id: string; number: string; org_code: string; state: string; term_end: CivilDate }>`
    select id, number, org_code, state, term_end from person where (number = any (${[...names]}::text[]) or id::text = any (${[...names]}::text[])) and merged_into is null`.execute(
    db,
  )
  return new Map(
    rows.flatMap((r): [string, Found][] => {
      const found = { id: r.id, org: r.org_code, state: r.state, termEnd: r.term_end }
      return [
        [r.id, found],
        [r.number, found],
      ]
    }),
  )
}

/**
 * Enters an old term, with its device where the inventory has none; or the word for why it cannot stand.
 *
 * A term that would go on running is held to the law as one that is approved here: refused, never cut short in silence,
 * because on which day it ended is for the county to say and not for a file to leave open. What is over stands as history,
 * marked with the rules it departs from.
 */
export async function oldTerm(
  house: House,
  db: ScopedDb,
  ledger: Ledger,
  {
    term,
    person,
    unit,
    circumstances,
  }: { term: OldTerm; person: Found; unit: string; circumstances: Pick<Circumstances, 'now' | 'law'> },
): Promise<Term | 'dates' | 'overlap' | 'device' | Departure> {
  const { now } = circumstances
  const startsAt = Date.parse(term.startsAt)
  const ended = term.endedAt === undefined ? null : Date.parse(term.endedAt)
  if (!isCivilDate(term.lastDay)) return 'dates'
  const endsAt = endOfLegalDay(civilDate(term.lastDay))
  const running = ended === null && endsAt > now
  const end = Math.min(endsAt, ended ?? endsAt)
  if (!(end > startsAt) || startsAt > now) return 'dates'
  const there = await sameTerm(db, term, person, startsAt)
  if (there) return there
  const ceilingS = term.regime === 'check' ? (term.ceilingS ?? 3600) : null
  const departs = departures(
    {
      regime: term.regime as Regime,
      kind: await kindOf(db, term),
      ground: term.ground,
      startsAt,
      endsAt: running ? endsAt : end,
      ceilingS,
    },
    person,
    running,
    circumstances,
  )
  if (running && departs[0]) return departs[0]
  const device = await deviceFor(house, db, term, person, unit, running, now)
  if (!device) return 'device'
  const { rows: clash } = await sql`
    select 1 from activation where device_id = ${device} and state in ('running', 'ended')
      and tstzrange(starts_at, greatest(starts_at, coalesce(ended_at, ends_at)), '[)') && tstzrange(${new Date(startsAt)}, ${new Date(end)}, '[)')`.execute(
    db,
  )
  if (clash.length > 0) return 'overlap'
  const id = house.chance.id()
  const { no } = await db
    .insertInto('activation')
    .values({
      id,
      device_id: device,
      person_id: person.id,
      org_code: person.org,
      regime: term.regime as Regime,
      ground: term.ground,
      article: articleOf({ regime: term.regime as Regime, ground: term.ground }),
      rule: term.regime === 'check' ? 'EPD-09' : 'EPD-01',
      starts_at: new Date(startsAt),
      ends_at: new Date(endsAt),
      ceiling_s: ceilingS,
      interval_s: term.intervalS,
      state: running ? 'running' : 'ended',
      proposed_by: null,
      proposer: '',
      proposed_at: new Date(startsAt),
      approver_id: null,
      approver: term.approver,
      approved_at: new Date(startsAt),
      document: term.document ?? '',
      facts: '',
      assessed_on: null,
      extends: null,
      ended_at: running ? null : new Date(end),
      end_reason: running ? null : ended === null ? 'term' : 'removal',
      law_revision: '',
      imported: true,
      departs: departs.map((why) => ruleOfDeparture[why]),
      revision: 1,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  // Whatever waited for the device was for somebody before.
  if (running) await sql`select zj_withdraw_stale(${device}, ${new Date(now)})`.execute(db)
  await ledger.append({
    kind: 'activation.imported',
    org: person.org,
    person: person.id,
    subject: id,
    occurredAt: startsAt,
    imported: true,
    cites: [term.regime === 'check' ? 'EPD-09' : 'EPD-01'],
    payload: {
      activationNo: no,
      device,
      regime: term.regime,
      ground: term.ground,
      approver: term.approver,
      document: term.document ?? '',
      startsAt: term.startsAt,
      endsAt: new Date(endsAt).toISOString(),
      endedAt: running ? null : new Date(end).toISOString(),
      ...(departs.length > 0 ? { departs: departs.map((why) => ruleOfDeparture[why]) } : {}),
    },
  })
  return { no, startsAt, endsAt: end, running, there: false, newest: null }
}

/** The same term of an earlier import: of this person, with this device, from this instant. */
async function sameTerm(
  db: ScopedDb,
  { device, regime }: OldTerm,
  person: Found,
  startsAt: number,
): Promise<Term | null> {
  const { rows } = await sql<Standing>`
    select a.no, a.starts_at as starts, least(a.ends_at, coalesce(a.ended_at, a.ends_at)) as ends, a.state = 'running' as running
    from activation a join device d on d.id = a.device_id
    where a.imported and a.person_id = ${person.id} and a.starts_at = ${new Date(startsAt)} and a.regime = ${regime}
      and d.protocol = ${device.protocol} and d.identity = ${plainIdentity(device.identity)}`.execute(db)
  const [row] = rows
  return row ? standing(row) : null
}

interface Standing {
  readonly no: number
  readonly starts: Date
  readonly ends: Date
  readonly running: boolean
}
const standing = ({ no, starts, ends, running }: Standing): Term => ({
  no,
  startsAt: starts.getTime(),
  endsAt: ends.getTime(),
  running,
  there: true,
  newest: null,
})

/** What the device is: by the inventory, and by the file where the inventory has none. */
async function kindOf(db: ScopedDb, { device }: OldTerm): Promise<DeviceKind> {
  const known = await db
    .selectFrom('device')
    .select('kind')
    .where('protocol', '=', device.protocol as Protocol)
    .where('identity', '=', plainIdentity(device.identity))
    .executeTakeFirst()
  return known?.kind ?? (device.kind as DeviceKind)
}

/** The device of an old term: the one in the inventory, or one entered for it. */
async function deviceFor(
  house: House,
  db: ScopedDb,
  { device }: OldTerm,
  person: Found,
  unit: string,
  running: boolean,
  now: number,
): Promise<string | null> {
  const identity = plainIdentity(device.identity)
  const known = await db
    .selectFrom('device')
    .select(['id', 'org_code', 'holder_id'])
    .where('protocol', '=', device.protocol as Protocol)
    .where('identity', '=', identity)
    .executeTakeFirst()
  if (known) {
    if (!known.org_code.startsWith(unit)) return null
    if (!running || known.holder_id === person.id) return known.id
    if (known.holder_id) return null
    await db.updateTable('device').set({ holder_id: person.id, state: 'issued' }).where('id', '=', known.id).execute()
    return known.id
  }
  const id = house.chance.id()
  await db
    .insertInto('device')
    .values({
      id,
      org_code: unit,
      kind: device.kind as DeviceKind,
      protocol: device.protocol as Protocol,
      identity,
      model: device.model ?? '',
      sim: null,
      crs: 'WGS84',
      secret: null,
      secret_handed_at: null,
      state: running ? 'issued' : 'stock',
      holder_id: running ? person.id : null,
      last_seen_at: null,
      battery_pct: null,
      health: {},
      created_at: new Date(now),
      revision: 1,
    })
    .execute()
  return id
}

/** Terms that stand in the database already, named by their id. */
export async function learnTerms(
  db: ScopedDb,
  known: Map<string, Term>,
  names: readonly string[],
  unit: string,
): Promise<void> {
  const missing = [...new Set(names)].filter((name) => !known.has(name) && /^[0-9a-f-]{36}$/i.test(name))
  if (missing.length === 0) return
  const { rows } = await sql<Standing & { id: string }>`
    select id, no, starts_at as starts, least(ends_at, coalesce(ended_at, ends_at)) as ends, state = 'running' as running
    from activation where id::text = any (${missing}::text[]) and imported and starts_with(org_code, ${unit})`.execute(
    db,
  )
  for (const row of rows) known.set(row.id, standing(row))
}

/** Running imported terms show their newest known place, with its age. */
export async function showNewest(db: ScopedDb, known: ReadonlyMap<string, Term>, now: number): Promise<void> {
  const shown = [...known.values()].flatMap((t) => (t.running && t.newest ? [{ no: t.no, fix: t.newest }] : []))
  if (shown.length === 0) return
  await sql`
    insert into position_latest as l (activation_no, person_id, org_code, ts, received_at, lat, lon, accuracy_m, source, speed_kmh, course, battery_pct, flags)
    select a.no, a.person_id, a.org_code, to_timestamp(x.t / 1000), ${new Date(now)}, x.la, x.lo, x.ac, x.so, x.sp, x.co, x.ba, x.fl
    from unnest(${shown.map((s) => s.no)}::int[], ${shown.map((s) => s.fix.ts)}::float8[], ${shown.map((s) => s.fix.lat)}::float8[], ${shown.map((s) => s.fix.lon)}::float8[],
      ${shown.map((s) => s.fix.accuracyM)}::real[], ${shown.map((s) => s.fix.source)}::text[], ${shown.map((s) => s.fix.speedKmh)}::real[], ${shown.map((s) => s.fix.course)}::real[],
      ${shown.map((s) => (s.fix.batteryPct === null ? null : Math.round(s.fix.batteryPct)))}::smallint[], ${shown.map((s) => s.fix.flags)}::int[]) as x(no, t, la, lo, ac, so, sp, co, ba, fl)
      join activation a on a.no = x.no
    on conflict (activation_no) do update set ts = excluded.ts, received_at = excluded.received_at, lat = excluded.lat, lon = excluded.lon,
      accuracy_m = excluded.accuracy_m, source = excluded.source, speed_kmh = excluded.speed_kmh, course = excluded.course,
      battery_pct = excluded.battery_pct, flags = excluded.flags where excluded.ts > l.ts`.execute(db)
}
