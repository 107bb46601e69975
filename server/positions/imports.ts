import { gunzipSync } from 'node:zlib'
import { Day, Instant } from '@zhijiao/contract/common'
import type { DeviceKind, Protocol, Regime } from '@zhijiao/contract/devices'
import { type Fix, FixFault, FixFlag, type FixSource, sourceFloorM } from '@zhijiao/geo/fix'
import { type ReceivedFix, type Segment, TrackFormatError, unpackDay } from '@zhijiao/geo/track'
import { GEO_RULES } from '@zhijiao/geo/validate'
import { civilDate, endOfLegalDay, isCivilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { strictParser } from '../core/http/validation.ts'
import { type Ledger, ledgerIn } from '../core/ledger/append.ts'
import { Refusal, refuse } from '../core/refusals.ts'
import { type Asked, signedIn } from '../core/room.ts'
import { devicesChannel, plainIdentity } from '../devices/index.ts'
import { byDay, foldIn } from './compaction.ts'
import { ImportFile } from './refusals.ts'

/** Largest file after unpacking, bytes. */
const mostUnpacked = 256 * 1024 * 1024
/** Refused lines that are named; the rest only count. */
const mostNamed = 200
/** Track lines folded in one go. */
const foldLines = 2_000

/** An old term: who was positioned with what, on which basis, from when until when. */
const OldTerm = Type.Object(
  {
    ref: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Name by which track lines of the same file refer to it',
    }),
    person: Type.String({ minLength: 1, maxLength: 64, description: 'Id or number of a person in scope' }),
    device: Type.Object(
      {
        protocol: Type.Union(
          (['jt808', 'gt06', 'watch', 'osmand', 'owntracks', 'app'] as const).map((p) => Type.Literal(p)),
        ),
        identity: Type.String({ pattern: '^[A-Za-z0-9_.@-]{1,64}$' }),
        kind: Type.Union((['phone', 'wristband', 'simulator'] as const).map((k) => Type.Literal(k))),
        model: Type.Optional(Type.String({ maxLength: 60 })),
      },
      { additionalProperties: false },
    ),
    regime: Type.Union([Type.Literal('check'), Type.Literal('device')]),
    ground: Type.String({ maxLength: 60 }),
    approver: Type.String({ minLength: 1, maxLength: 60 }),
    document: Type.Optional(Type.String({ maxLength: 60 })),
    startsAt: Instant,
    lastDay: Day,
    endedAt: Type.Optional(Instant),
    ceilingS: Type.Optional(Type.Integer({ minimum: 60, maximum: 86_400 })),
    intervalS: Type.Integer({ minimum: 1, maximum: 86_400 }),
  },
  { additionalProperties: false },
)
/** Fixes of one term: packed by the codec (base64 of `packDay`) or as rows [ts ms, lat, lon, radius m, source, km/h, course, battery]. */
const OldTrack = Type.Object(
  {
    term: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '`ref` of a term of this file, or the id of an activation',
    }),
    packed: Type.Optional(Type.String()),
    fixes: Type.Optional(
      Type.Array(Type.Array(Type.Union([Type.Number(), Type.String(), Type.Null()]), { minItems: 3, maxItems: 8 }), {
        maxItems: 100_000,
      }),
    ),
  },
  { additionalProperties: false },
)
const readTerm = strictParser(Type.Object({ activation: OldTerm }, { additionalProperties: false }))
const readTrack = strictParser(Type.Object({ track: OldTrack }, { additionalProperties: false }))
type OldTerm = Static<typeof OldTerm>
type OldTrack = Static<typeof OldTrack>

export interface Imported {
  activations: number
  days: number
  fixes: number
  refused: { line: number; says: { zh: string; en: string } }[]
}

interface Term {
  readonly no: number
  readonly startsAt: number
  readonly endsAt: number
  readonly running: boolean
  newest: Fix | null
}

interface Found {
  readonly id: string
  readonly org: string
}

const sourceNames: readonly FixSource[] = ['gnss', 'fused', 'wifi', 'cell', 'unknown']
const says = {
  notJson: { zh: '不是合法的一行 JSON', en: 'Not a line of JSON' },
  unknownLine: {
    zh: '既不是 activation 也不是 track,或字段不符',
    en: 'Neither an activation nor a track, or fields that do not fit',
  },
  person: { zh: '没有这个人,或不在您的权限范围内', en: 'No such person, or outside your scope' },
  term: { zh: '没有这个定位启用', en: 'No such term' },
  dates: { zh: '起止时间不合法', en: 'The term ends before it begins' },
  overlap: { zh: '该设备在这段时间已有定位启用', en: 'The device already has a term in that time' },
  device: { zh: '该设备属于其他单位或由他人持有', en: 'The device belongs to another unit, or somebody else holds it' },
  track: { zh: '轨迹数据无法读取', en: 'The track cannot be read' },
  outOfTerm: { zh: '有点位在启用期限之外,未导入', en: 'Fixes outside the term were left out' },
} as const

/**
 * Brings in old terms and tracks: a file of JSON lines, gzipped or not. Persons are looked up through the caller's eyes;
 * everything is marked imported, in the ledger, in the day tracks and in each fix, because this platform did not witness it.
 * One transaction: the whole file or nothing of it; lines that cannot stand are named and left out.
 */
export async function importTracks(
  house: House,
  asked: Pick<Asked, 'who' | 'circumstances' | 'inTransaction'>,
  file: Buffer,
  source: string,
): Promise<Imported> {
  const who = signedIn(asked)
  const { now, law } = asked.circumstances
  const done: Imported = { activations: 0, days: 0, fixes: 0, refused: [] }
  const refused = (line: number, why: keyof typeof says) => {
    if (done.refused.length < mostNamed) done.refused.push({ line, says: says[why] })
  }
  const lines = linesOf(file)
  const { terms, tracks } = sorted(lines, refused)
  const people = await asked.inTransaction(({ db }) => peopleOf(db, [...new Set(terms.map((t) => t.term.person))]))

  await house.databases.system.transaction().execute(async (db) => {
    const ledger = ledgerIn(db, house.chance, { id: who.staff.id, name: who.staff.name, lawRevision: law.revision })
    const known = new Map<string, Term>()
    for (const { line, term } of terms) {
      const person = people.get(term.person)
      if (!person) {
        refused(line, 'person')
        continue
      }
      const made = await oldTerm(house, db, ledger, { term, person, unit: who.staff.org, now })
      if (typeof made === 'string') refused(line, made)
      else {
        known.set(term.ref, made)
        done.activations++
      }
    }
    await learnTerms(
      db,
      known,
      tracks.map((t) => t.track.term),
      who.staff.org,
    )
    for (let i = 0; i < tracks.length; i += foldLines) {
      const segments: Segment[] = []
      for (const { line, track } of tracks.slice(i, i + foldLines)) {
        const term = known.get(track.term)
        if (!term) {
          refused(line, 'term')
          continue
        }
        const read = segmentsOf(track, term)
        if (read === null) {
          refused(line, 'track')
          continue
        }
        if (read.left > 0) refused(line, 'outOfTerm')
        segments.push(...read.segments)
        done.fixes += read.segments.reduce((n, s) => n + s.fixes.length, 0)
      }
      const parts = byDay(segments)
      await foldIn(db, house, parts, GEO_RULES, true)
      done.days += parts.length
    }
    await showNewest(db, known, now)
    await ledger.append({
      kind: 'history.imported',
      org: who.staff.org,
      imported: true,
      payload: {
        what: 'tracks',
        source,
        activations: done.activations,
        days: done.days,
        fixes: done.fixes,
        refused: done.refused.length,
      },
    })
    await sql`select pg_notify(${devicesChannel}, '')`.execute(db)
  })
  return done
}

function linesOf(file: Buffer): string[] {
  try {
    const plain = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file, { maxOutputLength: mostUnpacked }) : file
    return plain.toString('utf8').split(/\r?\n/)
  } catch {
    throw refuse(ImportFile, { detail: 'gzip' })
  }
}

function sorted(lines: readonly string[], refused: (line: number, why: 'notJson' | 'unknownLine') => void) {
  const terms: { line: number; term: OldTerm }[] = []
  const tracks: { line: number; track: OldTrack }[] = []
  lines.forEach((text, i) => {
    if (text.trim() === '') return
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      refused(i + 1, 'notJson')
      return
    }
    try {
      if (typeof value === 'object' && value !== null && 'activation' in value)
        terms.push({ line: i + 1, term: (readTerm(value) as { activation: OldTerm }).activation })
      else tracks.push({ line: i + 1, track: (readTrack(value) as { track: OldTrack }).track })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused(i + 1, 'unknownLine')
    }
  })
  if (terms.length + tracks.length === 0) throw refuse(ImportFile, { detail: '0' })
  return { terms, tracks }
}

async function peopleOf(db: ScopedDb, names: readonly string[]): Promise<Map<string, Found>> {
  const { rows } = await sql<{ id: string; number: string; org_code: string }>`
    select id, number, org_code from person where (number = any (${[...names]}::text[]) or id::text = any (${[...names]}::text[])) and merged_into is null`.execute(
    db,
  )
  return new Map(
    rows.flatMap((r) => [
      [r.id, { id: r.id, org: r.org_code }],
      [r.number, { id: r.id, org: r.org_code }],
    ]),
  )
}

async function oldTerm(
  house: House,
  db: ScopedDb,
  ledger: Ledger,
  { term, person, unit, now }: { term: OldTerm; person: Found; unit: string; now: number },
): Promise<Term | 'dates' | 'overlap' | 'device'> {
  const startsAt = Date.parse(term.startsAt)
  const ended = term.endedAt === undefined ? null : Date.parse(term.endedAt)
  if (!isCivilDate(term.lastDay)) return 'dates'
  const endsAt = endOfLegalDay(civilDate(term.lastDay))
  const running = ended === null && endsAt > now
  const end = Math.min(endsAt, ended ?? endsAt)
  if (!(end > startsAt) || startsAt > now) return 'dates'
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
      article: term.regime === 'check' ? '26' : '29',
      rule: term.regime === 'check' ? 'EPD-09' : 'EPD-01',
      starts_at: new Date(startsAt),
      ends_at: new Date(endsAt),
      ceiling_s: term.regime === 'check' ? (term.ceilingS ?? 3600) : null,
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
      revision: 1,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
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
    },
  })
  return { no, startsAt, endsAt: end, running, newest: null }
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
async function learnTerms(
  db: ScopedDb,
  known: Map<string, Term>,
  names: readonly string[],
  unit: string,
): Promise<void> {
  const missing = [...new Set(names)].filter((name) => !known.has(name) && /^[0-9a-f-]{36}$/i.test(name))
  if (missing.length === 0) return
  const { rows } = await sql<{ id: string; no: number; starts: Date; ends: Date; running: boolean }>`
    select id, no, starts_at as starts, least(ends_at, coalesce(ended_at, ends_at)) as ends, state = 'running' as running
    from activation where id::text = any (${missing}::text[]) and imported and starts_with(org_code, ${unit})`.execute(
    db,
  )
  for (const r of rows)
    known.set(r.id, {
      no: r.no,
      startsAt: r.starts.getTime(),
      endsAt: r.ends.getTime(),
      running: r.running,
      newest: null,
    })
}

function segmentsOf(track: OldTrack, term: Term): { segments: Segment[]; left: number } | null {
  let fixes: ReceivedFix[]
  try {
    fixes = track.packed ? [...unpackDay(Buffer.from(track.packed, 'base64')).fixes] : (track.fixes ?? []).map(fixOfRow)
  } catch (error) {
    if (error instanceof TrackFormatError || error instanceof RangeError) return null
    throw error
  }
  const inside = fixes.filter((f) => f.ts >= term.startsAt && f.ts < term.endsAt)
  const byArrival = new Map<number, Fix[]>()
  for (const { receivedAt, ...fix } of inside) {
    const kept: Fix = { ...fix, flags: fix.flags | FixFlag.imported }
    const same = byArrival.get(receivedAt)
    if (same) same.push(kept)
    else byArrival.set(receivedAt, [kept])
    if (kept.fault === FixFault.none && (!term.newest || kept.ts > term.newest.ts)) term.newest = kept
  }
  return {
    segments: [...byArrival].map(([receivedAt, together]) => ({ activationNo: term.no, receivedAt, fixes: together })),
    left: fixes.length - inside.length,
  }
}

function fixOfRow(row: readonly (number | string | null)[]): ReceivedFix {
  const number = (i: number) => {
    const value = row[i]
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  }
  const [ts, lat, lon] = [number(0), number(1), number(2)]
  if (ts === null || lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180)
    throw new RangeError('not a position')
  const source = sourceNames.find((name) => name === row[4]) ?? 'unknown'
  return {
    ts,
    receivedAt: ts,
    lat,
    lon,
    accuracyM: number(3) ?? sourceFloorM[source],
    source,
    speedKmh: number(5),
    course: number(6),
    altitudeM: null,
    satellites: null,
    batteryPct: number(7),
    steps: null,
    seq: null,
    flags: FixFlag.imported,
    fault: FixFault.none,
  }
}

/** Running imported terms show their newest known place, with its age. */
async function showNewest(db: ScopedDb, known: ReadonlyMap<string, Term>, now: number): Promise<void> {
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
