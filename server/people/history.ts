import type { AnswerOf, SpecOf, Static } from '@zhijiao/contract/kernel'
import type { HistoryFile, people } from '@zhijiao/contract/people'
import { type Insertable, sql } from 'kysely'
import { factOfPast, faultOfPast, type Past, putPast } from '../alarms/index.ts'
import type { Session } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { appendMany } from '../core/ledger/append.ts'
import type { Json } from '../core/ledger/canonical.ts'
import type { Fact } from '../core/ledger/entry.ts'
import { Refusal } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import type { Tables } from '../core/tables.ts'
import { identityOf, minorAtEntry, termOf } from './domain.ts'
import { filedAs } from './enrol.ts'
import type { Keeping } from './keeping.ts'
import { partData } from './parts.ts'
import { NotNamed } from './refusals.ts'
import './tables.ts'

type Answer = AnswerOf<SpecOf<(typeof people)['importHistory']>>
type File = Static<typeof HistoryFile>
type Refused = Answer['refused'][number]

interface Ready {
  readonly person: Insertable<Tables['person']> & { id: string }
  readonly parts: readonly { id: string; part: File['parts'] extends (infer P)[] | undefined ? P : never; data: Json }[]
  readonly past: readonly Past[]
  readonly file: File
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
  const refuseFile = (number: string, zh: string, en: string) => refused.push({ number, zh, en })
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
  let already = 0
  const seen = new Set<string>()
  const inScope: { number: string; id: string }[] = []
  for (const file of batch.files) {
    const there = known.get(file.number)
    if (there?.org_code.startsWith(who.eyes.unit)) {
      already++
      inScope.push({ number: file.number, id: there.id })
      continue
    }
    if (there || seen.has(file.number)) {
      refuseFile(file.number, '编号已被使用或在本批中重复', 'the number is taken or repeated in this batch')
      continue
    }
    seen.add(file.number)
    const { org, officer } = file.person
    if (!units.has(org) || !org.startsWith(who.eyes.unit)) {
      refuseFile(file.number, '管理单位不存在或不在您的辖区', 'the unit does not exist or lies outside your area')
      continue
    }
    if (officer && !org.startsWith(officers.get(officer) ?? 'nowhere')) {
      refuseFile(file.number, '责任人不在该单位', 'the officer is not of that unit')
      continue
    }
    const wrong = wrongAlarm(file, circumstances.now)
    if (wrong) {
      refuseFile(file.number, wrong.zh, wrong.en)
      continue
    }
    const one = readFile(file, keeping, circumstances)
    if (one instanceof Refusal) {
      const field = one.fields[0]
      refuseFile(
        file.number,
        field ? `${field.path} ${field.zh}` : one.kind.zh,
        field ? `${field.path} ${field.en}` : one.kind.en,
      )
    } else if (
      (one.person.minor && !who.eyes.classes.includes('minors')) ||
      (one.person.sealed && !who.eyes.classes.includes('sealed'))
    )
      refuseFile(file.number, NotNamed.zh, NotNamed.en)
    else ready.push(one)
  }
  const created = await store(db, ready, circumstances)
  const ids = new Map(created.map((c) => [c.number, c.id]))
  for (const { file } of ready)
    if (!ids.has(file.number)) refuseFile(file.number, '该身份证号码已有档案', 'this identity already has a file')
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
  return { created: created.length, known: already, refused, people: [...inScope, ...created] }
}

/** The first alarm of a file that cannot have been so, by its place in the list. */
function wrongAlarm({ alarms = [] }: File, now: number): { zh: string; en: string } | null {
  for (const [i, alarm] of alarms.entries()) {
    const fault = faultOfPast(alarm, now)
    if (fault) return { zh: `第 ${i + 1} 条报警:${fault.zh}`, en: `alarm ${i + 1}: ${fault.en}` }
  }
  return null
}

function readFile(file: File, keeping: Keeping, circumstances: Circumstances): Ready | Refusal {
  const wish = file.person
  const identity = identityOf(wish.identity)
  if (identity instanceof Refusal) return identity
  const term = termOf(wish.termStart, wish.termEnd)
  if (term instanceof Refusal) return term
  const id = circumstances.id()
  const now = new Date(circumstances.now)
  try {
    return {
      file,
      past: (file.alarms ?? []).map((alarm) => ({
        id: circumstances.id(),
        person: { id, name: wish.name.trim(), org: wish.org },
        alarm,
      })),
      parts: (file.parts ?? []).map((part) => ({
        id: circumstances.id(),
        part,
        data: partData(part.part, part.data) as Json,
      })),
      person: {
        id,
        number: file.number,
        org_code: wish.org,
        officer_id: wish.officer ?? null,
        ...filedAs(keeping, wish, identity),
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
