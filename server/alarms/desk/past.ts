import type { PastAlarm } from '@zhijiao/contract/past-alarms'
import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import type { Fact } from '../../core/ledger/entry.ts'
import { isAlarmKind } from '../kinds.ts'
import { shippedKinds } from '../shipped-kinds.ts'
import { howLong, when } from '../words.ts'
import { nameOfKind } from './shown.ts'
import './store.ts'

/** A past alarm with the person it is about, checked. */
export interface Past {
  readonly id: string
  readonly person: { readonly id: string; readonly name: string; readonly org: string }
  readonly alarm: PastAlarm
}

/** Why a past alarm cannot be taken; null when it can. */
export function faultOf(alarm: PastAlarm, now: number): { zh: string; en: string } | null {
  const [from, closed] = [Date.parse(alarm.from), Date.parse(alarm.closedAt)]
  const until = alarm.until === undefined ? from : Date.parse(alarm.until)
  const raised = alarm.raisedAt === undefined ? from : Date.parse(alarm.raisedAt)
  if (!isAlarmKind(alarm.kind)) return { zh: `没有“${alarm.kind}”这类报警`, en: `no kind of alarm "${alarm.kind}"` }
  if (closed > now || until > now) return { zh: '报警时间晚于现在', en: 'the alarm lies in the future' }
  if (until < from || raised < from || closed < raised)
    return { zh: '报警的起止或结案时间颠倒', en: 'the times of the alarm are out of order' }
  const byHand = alarm.way === 'handled' || alarm.way === 'notHandled'
  if (byHand && (!alarm.cause || !alarm.handledBy))
    return { zh: '已处置的报警须写明原因和处置人', en: 'a handled alarm names its cause and who handled it' }
  if (byHand && alarm.reviewedBy !== undefined && alarm.reviewedBy === alarm.handledBy)
    return { zh: '处置人与审核人不能是同一人', en: 'who handled it cannot have reviewed it' }
  return null
}

/** One sentence of what the old file says; the sentence of the engine claims a sureness that nobody here has. */
function said({ person, alarm }: Past): { zh: string; en: string } {
  const name = nameOfKind(alarm.kind)
  const from = when(Date.parse(alarm.from))
  const long = alarm.until === undefined ? null : howLong(Date.parse(alarm.until) - Date.parse(alarm.from))
  const place = alarm.place ? { zh: `(${alarm.place})`, en: ` (${alarm.place})` } : { zh: '', en: '' }
  return {
    zh: `历史导入：${person.name}${from.zh}${place.zh}${name.zh}${long ? `，历时 ${long.zh}` : ''}。`,
    en: `From old files: ${person.name}, ${name.en} at ${from.en}${place.en}${long ? `, for ${long.en}` : ''}.`,
  }
}

const waysOf: Readonly<Record<PastAlarm['way'], string>> = {
  handled: 'closed',
  notHandled: 'notHandled',
  cleared: 'cleared',
  leave: 'leave',
  outage: 'outage',
  ranOut: 'ranOut',
}
/** Rows of one statement; each far below what the protocol allows. */
const rowsAtOnce = 500

/** Writes past alarms as settled rows of the desk, with their closures: no task, no clock, no sound. */
export async function putPast(db: ScopedDb, past: readonly Past[]): Promise<void> {
  for (let i = 0; i < past.length; i += rowsAtOnce) {
    const some = past.slice(i, i + rowsAtOnce)
    const rows = some.map((one) => {
      const { alarm, person } = one
      const words = said(one)
      const from = new Date(alarm.from).toISOString()
      const at = alarm.lat !== undefined && alarm.lon !== undefined ? { lat: alarm.lat, lon: alarm.lon } : null
      return {
        id: one.id,
        kind: alarm.kind,
        person_id: person.id,
        org_code: person.org,
        level: alarm.level ?? (isAlarmKind(alarm.kind) ? shippedKinds[alarm.kind].level : 3),
        began_at: from,
        detected_at: alarm.raisedAt ?? from,
        raised_at: alarm.way === 'handled' || alarm.way === 'notHandled' ? (alarm.raisedAt ?? from) : null,
        settled_at: alarm.closedAt,
        settled_as: waysOf[alarm.way],
        lat: at?.lat ?? null,
        lon: at?.lon ?? null,
        evidence: [
          { at: from, kind: 'imported', speaks: 'neither', ...words, ...(at ?? {}) },
          ...(alarm.finding
            ? [{ at: alarm.closedAt, kind: 'imported', speaks: 'neither', zh: alarm.finding, en: alarm.finding }]
            : []),
        ],
        said_zh: words.zh,
        said_en: words.en,
        ladder: alarm.number ? { number: alarm.number } : {},
      }
    })
    await sql`
      insert into episode (id, kind, person_id, org_code, state, level, began_at, detected_at, raised_at, settled_at, settled_as,
        sureness, lat, lon, evidence, said_zh, said_en, rule_version, ladder, imported)
      select id, kind, person_id, org_code, 'settled', level, began_at, detected_at, raised_at, settled_at, settled_as,
        0, lat, lon, evidence, said_zh, said_en, 'imported', ladder, true
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, kind text, person_id uuid, org_code text, level smallint,
        began_at timestamptz, detected_at timestamptz, raised_at timestamptz, settled_at timestamptz, settled_as text,
        lat double precision, lon double precision, evidence jsonb, said_zh text, said_en text, ladder jsonb)`.execute(
      db,
    )
    const closures = some.flatMap(closureOf)
    if (closures.length > 0) await db.insertInto('closure').values(closures).execute()
  }
}

type ClosureValues = Insertable<import('../../core/tables.ts').Tables['closure']>
function closureOf({ id, alarm }: Past): ClosureValues[] {
  if (alarm.way !== 'handled' && alarm.way !== 'notHandled') return []
  const at = new Date(alarm.closedAt)
  return [
    {
      episode_id: id,
      way: alarm.way,
      cause: alarm.cause ?? 'C99',
      finding: alarm.finding ?? '',
      measures: alarm.measures ?? '',
      follow_on: null,
      files: [],
      submitted_by: null,
      submitted_name: alarm.handledBy ?? '',
      submitted_at: at,
      reviewed_by: null,
      reviewed_name: alarm.reviewedBy ?? '',
      reviewed_at: alarm.reviewedBy ? at : null,
      review: 'approved',
      review_note: '',
      round: 1,
      revision: 1,
    },
  ]
}

/** The entry of one past alarm: it happened then, it is recorded now, and this platform did not witness it. */
export function factOf({ id, person, alarm }: Past, source: string): Fact {
  return {
    kind: 'alarm.imported',
    org: person.org,
    person: person.id,
    subject: id,
    occurredAt: Date.parse(alarm.from),
    imported: true,
    payload: { ...alarm, source },
  }
}
