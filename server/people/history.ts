import type { AnswerOf, SpecOf, Static } from '@zhijiao/contract/kernel'
import type { HistoryFile, people } from '@zhijiao/contract/people'
import { isCivilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import { type Insertable, sql } from 'kysely'
import { factOfPast, faultOfPast, type Past, putPast } from '../alarms/index.ts'
import type { Session } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { appendMany } from '../core/ledger/append.ts'
import type { Json } from '../core/ledger/canonical.ts'
import type { Fact } from '../core/ledger/entry.ts'
import { unknownLevel } from '../core/levels.ts'
import { Invalid, problemOf, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import type { Tables } from '../core/tables.ts'
import { identityOf, minorAtEntry, termOf } from './domain.ts'
import { filedAs } from './enrol.ts'
import type { Keeping } from './keeping.ts'
import { partData, refuseUnknownLevelIn } from './parts.ts'
import { NotNamed, OfficerElsewhere, OldAlarm, OldIdentityTaken, OldNumberTaken, OldUnit } from './refusals.ts'
import './tables.ts'

type Answer = AnswerOf<SpecOf<(typeof people)['importHistory']>>
type File = Static<typeof HistoryFile>
type Refused = Answer['refused'][number]

interface Ready {
  readonly person: Insertable<Tables['person']> & { id: string }
  readonly parts: readonly { id: string; part: File['parts'] extends (infer P)[] | undefined ? P : never; data: Json }[]
  readonly past: readonly Past[]
  readonly file: File
  /** Its place in the batch, from 1. */
  readonly row: number
}

/**
 * Brings a county's old files in: people, the rows of their groups, what happened, and the alarms there were with how they
 * were handled, each with the time it happened at beside the time of this import, and the mark that this platform did not
 * witness it. Known numbers are left alone. A file with an alarm that cannot have been so is left out whole.
 */
export async function importHistory(
  { db }: Inside,
  house: House,
  keeping: Keeping,
  batch: { source: string; files: readonly File[] },
  who: Session,
  circumstances: Circumstances,
): Promise<Answer> {
  const refused: Refused[] = []
  const refuseFile = (row: number, number: string, why: Refusal, field: string | null = null) => {
    const [first] = why.fields
    const { code, zh, en } = problemOf(why, '')
    // Of a form that is read by its schema the fault is said by the field; elsewhere the refusal says it whole.
    const words = first && why.kind === Invalid ? { zh: `${first.zh}。`, en: `${first.en}.` } : { zh, en }
    refused.push({ row, number, code, field: first?.path ?? field, ...words })
  }
  const numbers = batch.files.map((f) => f.number)
  // By the whole table: a number of another unit is as taken as one of this.
  const taken = await house.databases.system
    .selectFrom('person')
    .select(['id', 'number', 'org_code'])
    .where('number', 'in', numbers)
    .execute()
  const known = new Map(taken.map((t) => [t.number, t]))
  const units = new Set(
    (
      await db
        .selectFrom('org')
        .select('code')
        .where('code', 'in', [...new Set(batch.files.map((f) => f.person.org))])
        .where('active', '=', true)
        .execute()
    ).map((u) => u.code),
  )
  const officerIds = [...new Set(batch.files.flatMap((f) => f.person.officer ?? []))]
  const officers = new Map(
    officerIds.length === 0
      ? []
      : (await db.selectFrom('staff').select(['id', 'org_code']).where('id', 'in', officerIds).execute()).map(
          (o) => [o.id, o.org_code] as const,
        ),
  )
  const ready: Ready[] = []
  const seen = new Set<string>()
  const inScope: { number: string; id: string }[] = []
  for (const [i, file] of batch.files.entries()) {
    const no = (why: Refusal, field?: string) => refuseFile(i + 1, file.number, why, field)
    const there = known.get(file.number)
    if (there?.org_code.startsWith(who.eyes.unit)) {
      inScope.push({ number: file.number, id: there.id })
      continue
    }
    if (there || seen.has(file.number)) {
      no(refuse(OldNumberTaken, { number: file.number }), 'number')
      continue
    }
    seen.add(file.number)
    const { org, officer } = file.person
    const wrong = wrongAlarm(file, circumstances.now)
    if (!units.has(org) || !org.startsWith(who.eyes.unit)) no(refuse(OldUnit, { org }), 'person.org')
    else if (officer && !org.startsWith(officers.get(officer) ?? 'nowhere'))
      no(refuse(OfficerElsewhere), 'person.officer')
    else if (wrong) no(wrong)
    else {
      const one = readFile(file, i + 1, keeping, circumstances)
      if (one instanceof Refusal) no(one)
      else if (
        (one.person.minor && !who.eyes.classes.includes('minors')) ||
        (one.person.sealed && !who.eyes.classes.includes('sealed'))
      )
        no(refuse(NotNamed), one.person.minor ? 'person.minor' : 'person.sealed')
      else ready.push(one)
    }
  }
  const created = await store(db, ready, circumstances)
  const ids = new Map(created.map((c) => [c.number, c.id]))
  for (const { file, row } of ready)
    if (!ids.has(file.number)) refuseFile(row, file.number, refuse(OldIdentityTaken), 'person.identity')
  const entered = ready.filter((r) => ids.has(r.file.number))
  await putPast(
    db,
    entered.flatMap((r) => r.past),
  )
  await appendMany(
    db,
    house.chance,
    { id: who.staff.id, name: who.staff.name, lawRevision: circumstances.law.revision },
    entered.flatMap((r) => factsOf(r, batch.source)),
  )
  return {
    created: created.length,
    known: inScope.length,
    refused: refused.sort((a, b) => a.row - b.row),
    people: [...inScope, ...created],
  }
}

/** The first alarm of a file that cannot have been so, by its place in the list. */
function wrongAlarm({ alarms = [] }: File, now: number): Refusal | null {
  for (const [i, alarm] of alarms.entries()) {
    const fault = faultOfPast(alarm, now)
    if (fault)
      return refuse(OldAlarm, { n: i + 1, fault: fault.zh, faultEn: fault.en }, [{ path: `alarms.${i}`, ...fault }])
  }
  return null
}

/** A refusal whose fields lie deeper in the row. */
const below = (path: string, { kind, data, fields }: Refusal): Refusal =>
  refuse(
    kind,
    data,
    fields.map((f) => ({ ...f, path: `${path}.${f.path}` })),
  )

/** States in which the correction is over. */
const over: readonly string[] = ['released', 'terminated', 'transferred']

/** Days of the header: the schema sees their form, not whether the calendar has them. */
const days = ['birthDate', 'decidedOn', 'termStart', 'termEnd'] as const

function readFile(file: File, row: number, keeping: Keeping, circumstances: Circumstances): Ready | Refusal {
  const wish = file.person
  const strange = days.find((day) => wish[day] && !isCivilDate(wish[day]))
  if (strange)
    return refuse(Invalid, { count: 1 }, [
      { path: `person.${strange}`, zh: '不是有效日期（如 2026-11-21）', en: 'is no date (such as 2026-11-21)' },
    ])
  const identity = identityOf(wish.identity)
  if (identity instanceof Refusal) return below('person', identity)
  const term = termOf(wish.termStart, wish.termEnd)
  if (term instanceof Refusal) return below('person', term)
  // Of a file that was closed its last level may be one that is not given any more.
  const former = wish.state !== undefined && over.includes(wish.state)
  const level = wish.level === undefined ? null : unknownLevel(circumstances.law, wish.level, 'level', { former })
  if (level) return below('person', level)
  const id = circumstances.id()
  const now = new Date(circumstances.now)
  try {
    return {
      file,
      row,
      past: (file.alarms ?? []).map((alarm) => ({
        id: circumstances.id(),
        person: { id, name: wish.name.trim(), org: wish.org },
        alarm,
      })),
      parts: (file.parts ?? []).map((part, i) => ({
        id: circumstances.id(),
        part,
        data: partAt(i, part, circumstances.law) as Json,
      })),
      person: {
        id,
        number: file.number,
        org_code: wish.org,
        officer_id: wish.officer ?? null,
        ...filedAs(keeping, wish, identity, circumstances.law),
        name: wish.name.trim(),
        colour: wish.colour ?? 'none',
        state: wish.state ?? 'inCorrection',
        minor: (wish.minor ?? false) || minorAtEntry(identity.birth, wish.termStart),
        sealed: wish.sealed ?? false,
        imported: true,
        created_at: now,
        updated_at: now,
        revision: 1,
      },
    }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function partAt(i: number, { part, data }: NonNullable<File['parts']>[number], law: Law) {
  try {
    const row = partData(part, data)
    refuseUnknownLevelIn(part, row, law, { former: true })
    return row
  } catch (error) {
    throw error instanceof Refusal ? below(`parts.${i}`, error) : error
  }
}

/** Rows of one statement: forty columns each, far below the 65,535 values that the protocol allows. */
const rowsAtOnce = 500

async function store(db: Inside['db'], ready: readonly Ready[], circumstances: Circumstances) {
  const created: { id: string; number: string }[] = []
  for (let from = 0; from < ready.length; from += rowsAtOnce)
    created.push(
      ...(await db
        .insertInto('person')
        .values(ready.slice(from, from + rowsAtOnce).map((r) => r.person))
        .onConflict((c) => c.doNothing())
        .returning(['id', 'number'])
        .execute()),
    )
  const there = new Set(created.map((c) => c.id))
  const parts = ready.flatMap((r) =>
    there.has(r.person.id)
      ? r.parts.map(({ id, part, data }) => ({
          id,
          person_id: r.person.id,
          org_code: r.person.org_code,
          part: part.part,
          data: sql<Json>`${JSON.stringify(data)}::jsonb`,
          added_by: null,
          added_at: part.occurredAt ? new Date(part.occurredAt) : new Date(circumstances.now),
          revision: 1,
        }))
      : [],
  )
  for (let from = 0; from < parts.length; from += 2 * rowsAtOnce)
    await db
      .insertInto('person_part')
      .values(parts.slice(from, from + 2 * rowsAtOnce))
      .execute()
  return created
}

function factsOf({ person, parts, past, file }: Ready, source: string): Fact[] {
  const about = { org: person.org_code, person: person.id, imported: true }
  return [
    {
      ...about,
      kind: 'person.imported',
      subject: person.id,
      payload: {
        number: person.number,
        name: person.name,
        identityTail: person.identity_tail,
        category: person.category,
        source,
        parts: parts.length,
        events: file.events?.length ?? 0,
        alarms: past.length,
      },
    },
    ...past.map((one) => factOfPast(one, source)),
    ...(file.events ?? []).map((event) => ({
      ...about,
      kind: event.kind,
      subject: person.id,
      occurredAt: Date.parse(event.occurredAt),
      payload: { ...(event.payload as Record<string, Json>), source },
    })),
  ]
}
