import type { AnswerOf, SpecOf, Static } from '@zhijiao/contract/kernel'
import type { NewPerson, people } from '@zhijiao/contract/people'
import { checkIdentity, maskIdentity, maskPhone } from '@zhijiao/law/identity'
import { levelsOf } from '@zhijiao/law/level-setting'
import type { Levels } from '@zhijiao/law/levels'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { appendMany } from '../core/ledger/append.ts'
import { refuseUnknownLevel } from '../core/levels.ts'
import { notFound, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside, UploadedFile } from '../core/room.ts'
import type { Column } from './columns.ts'
import { minorAtEntry, plainPhone } from './domain.ts'
import { countyOf, filedAs, fileNumber } from './enrol.ts'
import type { Keeping } from './keeping.ts'
import { ImportExpired, ImportUnreadable } from './refusals.ts'
import { readSheet, type SheetRow } from './sheet.ts'
import { personStore } from './store.ts'
import { termDoubt } from './term-doubt.ts'

type Preview = AnswerOf<SpecOf<(typeof people)['preview']>>
type Wish = Static<typeof NewPerson>
type BadCell = Preview['cells'][number]
type Good = Wish & { readonly org: string; readonly row: number }

/** A preview can be committed for a day. */
const previewMs = 24 * 3_600_000
const shownCells = 1000

/** Reads a sheet and names each bad cell; keeps the good rows sealed until they are committed. */
export async function previewImport(
  inside: Inside,
  house: House,
  keeping: Keeping,
  file: UploadedFile | null,
  who: Session,
  circumstances: Circumstances,
): Promise<Preview> {
  if (!file) throw refuse(ImportUnreadable)
  const { rows, letters } = await readSheet(file.content)
  const units = await unitsOf(inside, who)
  const officers = await officersOf(inside)
  const levels = levelsOf(circumstances.law)
  const bad: BadCell[] = []
  const good: Good[] = []
  const doubts: BadCell[] = []
  const seen = new Map<string, number>()
  for (const row of rows) {
    const faults: BadCell[] = []
    const note = (to: BadCell[], field: Column['field'], zh: string, en: string) => {
      const column = [...letters.keys()].find((c) => c.field === field)
      to.push({
        row: row.number,
        column: column?.zh ?? field,
        letter: (column && letters.get(column)) ?? '',
        zh,
        en,
      })
    }
    const fault: Say = (field, zh, en) => note(faults, field, zh, en)
    const wish = readRow(row, letters, levels, fault)
    resolve(wish, units, officers, fault)
    cross(wish, who, seen, row.number, fault)
    if (faults.length > 0) bad.push(...faults)
    else {
      const read = { ...(wish as unknown as Good), row: row.number } // every required column was read without fault
      good.push(read)
      const doubt = termDoubt(read)
      if (doubt) note(doubts, 'termEnd', doubt.zh, doubt.en)
    }
  }
  await refuseKnown(inside, keeping, good, letters, bad)
  const badRows = new Set(bad.map((c) => c.row))
  const kept = good.filter((g) => !badRows.has(g.row))
  const id = circumstances.id()
  const preview: Preview = {
    id,
    fileName: file.name,
    total: rows.length,
    good: kept.length,
    bad: badRows.size,
    cells: bad.sort((a, b) => a.row - b.row).slice(0, shownCells),
    doubts: doubts.filter((c) => !badRows.has(c.row)).slice(0, shownCells),
    sample: kept.slice(0, 10).map(sampleOf),
    expiresAt: new Date(circumstances.now + previewMs).toISOString(),
    committedAt: null,
    created: null,
  }
  await inside.db
    .insertInto('person_import')
    .values({
      id,
      staff_id: who.staff.id,
      org_code: who.staff.org,
      file_name: file.name,
      rows: house.vault.seal('import', JSON.stringify(kept)),
      summary: sql`${JSON.stringify(preview)}::jsonb`,
      created_at: new Date(circumstances.now),
      expires_at: new Date(circumstances.now + previewMs),
      committed_at: null,
      created: null,
    })
    .execute()
  return preview
}

type Say = (field: Column['field'], zh: string, en: string) => void
type Draft = Record<string, string | null>

function readRow(row: SheetRow, letters: ReadonlyMap<Column, string>, levels: Levels, fault: Say): Draft {
  const wish: Draft = {}
  for (const column of letters.keys()) {
    const cell = row.cells.get(column)
    if (!cell) {
      if (column.must) fault(column.field, '必填', 'is required')
      continue
    }
    if (column.field === 'identity' && cell.numeric) {
      fault(
        'identity',
        '单元格是数字格式，末几位已丢失；请设为文本格式后重新填写',
        'typed as a number, so its last digits are lost; format the cell as text and type it again',
      )
      continue
    }
    const read = column.read(cell.text, levels)
    if ('fault' in read) fault(column.field, read.fault.zh, read.fault.en)
    else wish[column.field] = read.value
  }
  return wish
}

/** Names become codes: the unit by code or name, the officer by account. */
function resolve(
  wish: Draft,
  units: ReadonlyMap<string, string>,
  officers: ReadonlyMap<string, { id: string; org: string }>,
  fault: Say,
): void {
  if (wish.org) {
    const code = units.get(wish.org)
    if (code) wish.org = code
    else
      fault(
        'org',
        '没有这个单位，或不在您的辖区；请填单位名称或编码',
        'no such unit in your area; write its name or code',
      )
  }
  const login = wish.officerLogin
  delete wish.officerLogin
  if (!login) return
  const officer = officers.get(login.toLowerCase())
  if (!officer || !wish.org?.startsWith(officer.org))
    fault('officerLogin', '该单位没有这个账号', 'no such account in that unit')
  else wish.officer = officer.id
}

function cross(wish: Draft, who: Session, seen: Map<string, number>, row: number, fault: Say): void {
  if (wish.termStart && wish.termEnd && wish.termEnd < wish.termStart)
    fault('termEnd', '早于矫正起日', 'before the start of the term')
  if (!wish.identity) return
  const identity = checkIdentity(wish.identity)
  if (!identity.valid) return
  if (wish.birthDate && wish.birthDate !== identity.birth)
    fault(
      'birthDate',
      `与身份证号码中的 ${identity.birth} 不符`,
      `differs from ${identity.birth} in the identity number`,
    )
  if (wish.sex && wish.sex !== identity.sex) fault('sex', '与身份证号码不符', 'differs from the identity number')
  const first = seen.get(identity.number)
  if (first !== undefined) fault('identity', `与第 ${first} 行重复`, `the same as row ${first}`)
  else seen.set(identity.number, row)
  if (wish.termStart && minorAtEntry(identity.birth, wish.termStart) && !who.eyes.classes.includes('minors'))
    fault('identity', '入矫时未成年，须由指定专人办理', 'a minor at entry: for the named staff only')
}

async function unitsOf({ db }: Inside, who: Session): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('org')
    .select(['code', 'name', 'level'])
    .where('code', 'like', `${who.eyes.unit}%`)
    .where('level', 'in', ['county', 'office'])
    .where('active', '=', true)
    .execute()
  return new Map(rows.flatMap((r) => [[r.name, r.code] as const, [r.code, r.code] as const]))
}
async function officersOf({ db }: Inside): Promise<Map<string, { id: string; org: string }>> {
  const rows = await db.selectFrom('staff').select(['id', 'login', 'org_code']).where('active', '=', true).execute()
  return new Map(rows.map((r) => [r.login, { id: r.id, org: r.org_code }]))
}

/** Rows of people who already have a file, here or elsewhere. */
async function refuseKnown(
  { db }: Inside,
  keeping: Keeping,
  good: readonly Good[],
  letters: ReadonlyMap<Column, string>,
  bad: BadCell[],
): Promise<void> {
  const store = personStore(db, keeping)
  const known = await store.knownAnywhere(good.map((g) => g.identity))
  const column = [...letters.keys()].find((c) => c.field === 'identity')
  for (const row of good) {
    if (!known.has(row.identity)) continue
    const here = await store.byIdentity(row.identity)
    bad.push({
      row: row.row,
      column: column?.zh ?? '',
      letter: (column && letters.get(column)) ?? '',
      zh: here ? `已有档案 ${here.number}` : '已在其他单位建档',
      en: here ? `already has file ${here.number}` : 'already has a file in another unit',
    })
  }
}

const sampleOf = (g: Good): Record<string, string> => ({
  row: String(g.row),
  name: g.name,
  identity: maskIdentity(g.identity),
  phone: g.phone ? maskPhone(plainPhone(g.phone) ?? '') : '',
  org: g.org,
  category: g.category,
  termStart: g.termStart,
  termEnd: g.termEnd,
})

export async function seePreview({ db }: Inside, id: string): Promise<Preview> {
  const row = await db.selectFrom('person_import').selectAll().where('id', '=', id).executeTakeFirstOrThrow(notFound)
  return answerOf(row)
}
const answerOf = (row: { summary: unknown; committed_at: Date | null; created: number | null }): Preview => ({
  ...(row.summary as Preview),
  committedAt: row.committed_at?.toISOString() ?? null,
  created: row.created,
})

/** Creates the good rows, once: a second call finds it done. */
export async function commitImport(
  { db }: Inside,
  house: House,
  keeping: Keeping,
  id: string,
  who: Session,
  circumstances: Circumstances,
): Promise<Preview> {
  const held = await db
    .selectFrom('person_import')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  if (held.committed_at) return answerOf(held)
  if (!held.rows || held.expires_at.getTime() <= circumstances.now) throw refuse(ImportExpired)
  const rows = JSON.parse(house.vault.open('import', held.rows)) as readonly Good[]
  // The levels may have changed since the sheet was read.
  for (const { level } of rows) if (level !== undefined) refuseUnknownLevel(circumstances.law, level, 'level')
  const created = await createMany(db, house, keeping, rows, who, circumstances)
  const at = new Date(circumstances.now)
  // The sheet itself has done its work: what it held is in the files now.
  await db.updateTable('person_import').set({ committed_at: at, created, rows: null }).where('id', '=', id).execute()
  return answerOf({ ...held, committed_at: at, created })
}

async function createMany(
  db: Inside['db'],
  house: House,
  keeping: Keeping,
  rows: readonly Good[],
  who: Session,
  circumstances: Circumstances,
): Promise<number> {
  const store = personStore(db, keeping)
  const year = Number(circumstances.today.slice(0, 4))
  const now = new Date(circumstances.now)
  const next = new Map<string, number>()
  const perCounty = new Map<string, number>()
  for (const r of rows) perCounty.set(countyOf(r.org), (perCounty.get(countyOf(r.org)) ?? 0) + 1)
  // Counties in order, so that two imports at once wait for each other instead of for ever.
  for (const county of [...perCounty.keys()].sort())
    next.set(county, await store.takeNumbers(county, year, perCounty.get(county) ?? 0))
  let created = 0
  for (let from = 0; from < rows.length; from += 500) {
    const people = rows.slice(from, from + 500).flatMap((wish) => {
      const identity = checkIdentity(wish.identity)
      if (!identity.valid) return []
      const county = countyOf(wish.org)
      const n = next.get(county) ?? 1
      next.set(county, n + 1)
      return [
        {
          id: circumstances.id(),
          number: fileNumber(county, year, n),
          org_code: wish.org,
          officer_id: wish.officer ?? null,
          ...filedAs(keeping, wish, identity, circumstances.law),
          name: wish.name,
          minor: minorAtEntry(identity.birth, wish.termStart),
          imported: true,
          created_at: now,
          updated_at: now,
          revision: 1,
        },
      ]
    })
    // Somebody may have been filed elsewhere since the preview: left out, and the count says so.
    const there = await db
      .insertInto('person')
      .values(people)
      .onConflict((c) => c.doNothing())
      .returning('id')
      .execute()
    const ids = new Set(there.map((t) => t.id))
    created += ids.size
    await appendMany(
      db,
      house.chance,
      { id: who.staff.id, name: who.staff.name, lawRevision: circumstances.law.revision },
      people
        .filter((p) => ids.has(p.id))
        .map((p) => ({
          kind: 'person.imported',
          org: p.org_code,
          person: p.id,
          subject: p.id,
          imported: true,
          payload: {
            number: p.number,
            name: p.name,
            identityTail: p.identity_tail,
            category: p.category,
            source: 'xlsx',
          },
        })),
    )
  }
  return created
}
