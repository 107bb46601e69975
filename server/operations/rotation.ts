import { setTimeout as sleep } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { keptPurpose } from '../core/key-change.ts'
import { ledgerIn } from '../core/ledger/append.ts'

/** A column that is sealed, for what, and the column of keyed hashes by which it is found. */
interface SealedColumn {
  readonly column: string
  readonly purpose: string
  readonly blind?: string
}
interface SealedTable {
  readonly table: string
  readonly id: string
  /** Before every id there is. */
  readonly begins: string
  readonly zh: string
  readonly en: string
  readonly columns: readonly SealedColumn[]
}

const noUuid = '00000000-0000-0000-0000-000000000000'
const identity: SealedColumn = { column: 'identity_cipher', purpose: 'identity', blind: 'identity_blind' }

/** Everything of the database that is sealed with the master key; a test holds it to the columns there are. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'person',
    id: 'id',
    begins: noUuid,
    zh: '人员档案（证件号码、电话）',
    en: 'person files (identity and phone numbers)',
    columns: [identity, { column: 'phone_cipher', purpose: 'phone', blind: 'phone_blind' }],
  },
  {
    table: 'assessment_identity',
    id: 'matter_id',
    begins: noUuid,
    zh: '调查评估（证件号码）',
    en: 'assessments (identity numbers)',
    columns: [identity],
  },
  {
    table: 'staff',
    id: 'id',
    begins: noUuid,
    zh: '账号（第二因素）',
    en: 'accounts (second factors)',
    columns: [
      { column: 'totp_secret', purpose: 'totp' },
      { column: 'totp_pending', purpose: 'totp' },
    ],
  },
  {
    table: 'device',
    id: 'id',
    begins: noUuid,
    zh: '设备（密钥）',
    en: 'devices (secrets)',
    columns: [{ column: 'secret', purpose: 'device:secret' }],
  },
  {
    table: 'person_import',
    id: 'id',
    begins: noUuid,
    zh: '人员导入（待确认的行）',
    en: 'imports of people (rows awaiting a decision)',
    columns: [{ column: 'rows', purpose: 'import' }],
  },
  {
    table: 'seal_key',
    id: 'id',
    begins: noUuid,
    zh: '机关印章（私钥）',
    en: 'seals of organs (private keys)',
    columns: [{ column: 'key_sealed', purpose: 'document.seal' }],
  },
  {
    table: 'kept_key',
    id: 'purpose',
    begins: '',
    zh: '账本签名密钥',
    en: 'the key that signs the ledger',
    columns: [{ column: 'sealed', purpose: keptPurpose }],
  },
]

/** Rows that something is still sealed in with another key than the present one, by the key. */
export interface Left {
  readonly of: SealedTable
  readonly key: string
  readonly rows: number
}

/** Keys the database was ever sealed with, oldest first; the first sealed what names none. */
async function keysOf(house: House): Promise<{ first: string; needed: readonly string[] }> {
  const { rows } = await sql<{ id: string; gone: boolean }>`
    select id, gone_at is not null as gone from installation_key order by since, id`.execute(house.databases.system)
  return { first: rows[0]?.id ?? house.vault.id, needed: rows.filter((r) => !r.gone).map((r) => r.id) }
}

const sealedBy = (column: string, first: string) => sql<string>`zj_sealed_by(${sql.ref(column)}, ${first})`
const behind = ({ columns }: SealedTable, first: string, present: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    columns.map(({ column }) => sql`(${sql.ref(column)} is not null and ${sealedBy(column, first)} <> ${present})`),
    sql` or `,
  )})`

/** What is left to rewrite, counted in the tables themselves. */
export async function leftOf(house: House): Promise<Left[]> {
  const { first } = await keysOf(house)
  const found: Left[] = []
  for (const of of sealedTables) {
    const keys = sql.join(
      of.columns.map(
        ({ column }) =>
          sql`select ${sql.ref(of.id)}::text as id, ${sealedBy(column, first)} as key from ${sql.table(of.table)} where ${sql.ref(column)} is not null`,
      ),
      sql` union `,
    )
    const { rows } = await sql<{ key: string; rows: number }>`
      select key, count(*)::int as rows from (${keys}) k where key <> ${house.vault.id} group by key order by key`.execute(
      house.databases.system,
    )
    for (const { key, rows: n } of rows) found.push({ of, key, rows: n })
  }
  return found
}

type SealedRow = Readonly<Record<string, Buffer | string | null>>

/** A row that no key given opens: damaged, or of a key that is not here. */
export interface Unread {
  readonly of: SealedTable
  readonly id: string
}

/** How long a row that somebody is working on is waited for: until he is done, and no longer than this. */
const waitMs = 250
const mostWaits = 240

const behindIn = async (house: House, of: SealedTable, first: string): Promise<number> =>
  (
    await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(of.table)} where ${behind(of, first, house.vault.id)}`.execute(
      house.databases.system,
    )
  ).rows[0]?.n ?? 0

/** Rewrites some rows of a table, from an id on; what somebody holds is left for later, so that nobody waits for the other. */
async function rewriteSome(
  house: House,
  of: SealedTable,
  first: string,
  after: string,
  size: number,
): Promise<{ done: number; last: string | null; unread: string[] }> {
  return house.databases.system.transaction().execute(async (db) => {
    const { rows } = await sql<SealedRow>`
      select ${sql.ref(of.id)}, ${sql.join(of.columns.map(({ column }) => sql.ref(column)))} from ${sql.table(of.table)}
      where ${sql.ref(of.id)} > ${after} and ${behind(of, first, house.vault.id)}
      order by ${sql.ref(of.id)} limit ${size} for update skip locked`.execute(db)
    const unread: string[] = []
    for (const row of rows) {
      const id = String(row[of.id])
      const set = sealedAnew(house, of, row)
      if (!set) unread.push(id)
      else await sql`update ${sql.table(of.table)} set ${sql.join(set)} where ${sql.ref(of.id)} = ${id}`.execute(db)
    }
    const last = rows.at(-1)
    return { done: rows.length - unread.length, last: last ? String(last[of.id]) : null, unread }
  })
}

function sealedAnew({ vault }: House, of: SealedTable, row: SealedRow): RawBuilder<unknown>[] | null {
  try {
    return of.columns.flatMap(({ column, purpose, blind }) => {
      const sealed = row[column]
      if (!(sealed instanceof Buffer)) return []
      const text = vault.open(purpose, sealed)
      return [
        sql`${sql.ref(column)} = ${vault.seal(purpose, text)}`,
        ...(blind ? [sql`${sql.ref(blind)} = ${vault.blind(purpose, text)}`] : []),
      ]
    })
  } catch {
    return null
  }
}

export interface RotationReport {
  /** Rows rewritten by this run, by table. */
  readonly done: Readonly<Record<string, number>>
  readonly left: readonly Left[]
  readonly unread: readonly Unread[]
  /** Keys that nothing is sealed with any more since this run. */
  readonly gone: readonly string[]
}

/** Who runs it, as far as the machine knows. */
export interface Operator {
  readonly account: string
  /** Whose login became that account (sudo). */
  readonly from: string | null
  readonly host: string
}

/**
 * Rewrites with the present master key whatever is sealed with one of before, a batch in a transaction of its own: what is
 * done is done, whatever happens next, and a further run takes up what is left. The program may be at work meanwhile: it
 * opens with every key it was given and seals with the present one. The ledger says who did it, how much, and the ids of
 * the keys.
 */
export async function rotate(
  house: House,
  by: Operator,
  options: {
    readonly batch: number
    readonly progress: (of: SealedTable, done: number) => void
    readonly stopped: () => boolean
  },
): Promise<RotationReport> {
  const { first } = await keysOf(house)
  const done: Record<string, number> = {}
  const unread: Unread[] = []
  for (const of of sealedTables) {
    const shut = new Set<string>()
    for (let waited = 0; waited < mostWaits && !options.stopped(); waited++) {
      let after = of.begins
      while (!options.stopped()) {
        const some = await rewriteSome(house, of, first, after, options.batch)
        if (some.last === null) break
        after = some.last
        for (const id of some.unread) shut.add(id)
        if (some.done === 0) continue
        done[of.table] = (done[of.table] ?? 0) + some.done
        options.progress(of, done[of.table] ?? 0)
      }
      if ((await behindIn(house, of, first)) <= shut.size) break
      await sleep(waitMs)
    }
    unread.push(...[...shut].map((id) => ({ of, id })))
  }
  await carryGuard(house)
  const left = await leftOf(house)
  const { revision } = await lawFor(house, '', house.chance.now())
  const gone = await house.databases.system.transaction().execute(async (db) => {
    const ended = left.length === 0 ? await letGo(db, house) : []
    if (ended.length > 0 || Object.keys(done).length > 0)
      await ledgerIn(db, house.chance, { id: null, name: 'system:operator', lawRevision: revision }).append({
        kind: 'key.rotated',
        org: '',
        payload: {
          to: house.vault.id,
          rows: done,
          left: left.reduce((sum, { rows }) => sum + rows, 0),
          gone: [...ended],
          account: by.account,
          from: by.from,
          host: by.host,
        },
      })
    return ended
  })
  return { done, left, unread, gone }
}

/** Accounts that are locked after wrong attempts stay so: their marks are keyed hashes of the login. */
async function carryGuard({ databases, vault }: House): Promise<void> {
  const db = databases.system
  const marks = await db.selectFrom('sign_in_guard').select('key').where('key', 'like', 'login:%').execute()
  if (marks.length === 0) return
  const there = new Set(marks.map((m) => m.key))
  for (const { login } of await db.selectFrom('staff').select('login').execute()) {
    const [now, ...before] = vault.blinds('login', login).map((b) => `login:${b.toString('hex')}`)
    const old = before.find((key) => there.has(key))
    if (now && old)
      await sql`
        with gone as (delete from sign_in_guard where key = ${old} returning *)
        insert into sign_in_guard (key, failures, since, locked_until) select ${now}, failures, since, locked_until from gone
        on conflict (key) do update set failures = greatest(sign_in_guard.failures, excluded.failures),
          locked_until = greatest(sign_in_guard.locked_until, excluded.locked_until)`.execute(db)
  }
}

/** Nothing is sealed with the keys of before any more: no start asks for them. */
async function letGo(db: ScopedDb, { chance, vault }: House): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update installation_key set gone_at = ${new Date(chance.now())}
    where gone_at is null and id <> ${vault.id} returning id`.execute(db)
  return rows.map((r) => r.id)
}

/** Keys of before that something stored still needs, as the database has it on record. */
export async function formerNeeded(house: House): Promise<readonly string[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('installation_key') is not null as there`.execute(
    house.databases.system,
  )
  if (!rows[0]?.there) return []
  const { needed } = await keysOf(house)
  return needed.filter((id) => id !== house.vault.id)
}
