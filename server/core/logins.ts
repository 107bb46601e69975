import pg from 'pg'
import { headSigner } from './ledger/head.ts'
import { locks } from './locks.ts'
import { KeyDiffers, LoginsOfAnother, refuse } from './refusals.ts'
import type { Vault } from './vault.ts'

/**
 * The two roles the program signs in as (登录角色) and the mark of the key they were made with. Roles belong to the whole
 * PostgreSQL server, so the mark stands twice: in the database, and as the comment of each role. A process whose key has
 * another mark changes nothing: not the passwords, which would lock the owner out, and not the schema.
 */
export interface DatabaseKeys {
  readonly api: string
  readonly system: string
  /** Keyed hash by which the master key is known again; says nothing of the key. */
  readonly mark: string
  /** The beginning of it, which names the key in what it seals. */
  readonly id: string
  /** Key id under which tree heads are signed: how a database from before marks knows its key. */
  readonly signer: string
}

export const databaseKeys = (vault: Vault): DatabaseKeys => ({
  api: vault.key('database:api').toString('hex'),
  system: vault.key('database:system').toString('hex'),
  mark: vault.blind('installation', 'zhijiao').toString('hex').slice(0, 32),
  id: vault.id,
  signer: headSigner(vault.key('ledger:sign')).keyId,
})

export const logins = ['zj_api', 'zj_system'] as const
type Login = (typeof logins)[number]

export interface Standing {
  readonly database: string
  /** Nothing of ours in the database yet. */
  readonly empty: boolean
  /** Mark in the database; null: none, or made before marks were kept. */
  readonly mark: string | null
  /** Key id of the newest tree head. */
  readonly signer: string | null
  /** The mark of each login that exists; null: from before marks were kept. */
  readonly logins: ReadonlyMap<Login, string | null>
  /** Other databases of this server in which the logins hold rights. */
  readonly others: readonly string[]
}

const prefix = 'zhijiao '

/** How database and server stand to a key. Only reads. */
export async function standingOf(client: pg.Client): Promise<Standing> {
  const there = await client.query<{ database: string; empty: boolean; marked: boolean; heads: boolean }>(
    `select current_database() as database, to_regclass('migration') is null as empty,
      to_regclass('installation') is not null as marked, to_regclass('tree_head') is not null as heads`,
  )
  const facts = there.rows[0] ?? { database: '', empty: true, marked: false, heads: false }
  const mark = facts.marked
    ? (await client.query<{ mark: string }>('select mark from installation')).rows[0]
    : undefined
  const head = facts.heads
    ? (await client.query<{ key_id: string }>('select key_id from tree_head order by size desc limit 1')).rows[0]
    : undefined
  const roles = await client.query<{ name: Login; said: string | null }>(
    `select rolname as name, shobj_description(oid, 'pg_authid') as said from pg_roles where rolname = any ($1)`,
    [logins],
  )
  const others = await client.query<{ name: string }>(
    `select distinct d.datname as name from pg_shdepend s join pg_database d on d.oid = s.dbid join pg_roles r on r.oid = s.refobjid
     where s.refclassid = 'pg_authid'::regclass and r.rolname = any ($1) and d.datname <> current_database() order by 1`,
    [logins],
  )
  return {
    database: facts.database,
    empty: facts.empty,
    mark: mark?.mark ?? null,
    signer: head?.key_id ?? null,
    logins: new Map(
      roles.rows.map(({ name, said }) => [name, said?.startsWith(prefix) ? said.slice(prefix.length) : null]),
    ),
    others: others.rows.map((r) => r.name),
  }
}

/** A database and server as one of several keys knows them. */
export interface Known {
  readonly standing: Standing
  /** The key the database is marked with: the present one, or one of before until it has been changed. */
  readonly holder: DatabaseKeys
  /** The key whose passwords the logins have. */
  readonly logins: DatabaseKeys
}

/** Whether a database may be this key's: its own mark decides, before marks the key that signed its ledger. */
export const isOf = ({ mark, signer }: Standing, keys: DatabaseKeys): boolean =>
  mark === null ? signer === null || signer === keys.signer : mark === keys.mark

/**
 * Holds the keys, the present one and those of before, against database and logins before anything is written.
 * @throws Refusal `ZJ_KEY_DIFFERS` when the database was made with another key; `ZJ_LOGINS_OF_ANOTHER` when the server's
 * logins were
 */
export async function knowKey(
  client: pg.Client,
  admin: pg.ClientConfig,
  keys: DatabaseKeys,
  former: readonly DatabaseKeys[] = [],
): Promise<Known> {
  const standing = await standingOf(client)
  const { database, mark, empty } = standing
  const ring = [keys, ...former]
  const taken = () => refuse(LoginsOfAnother, { others: listed(standing.others) })
  /** The keys of the logins, when the database is `holder`'s. */
  const loginsOf = async (holder: DatabaseKeys): Promise<DatabaseKeys> => {
    let found = holder
    for (const [login, of] of standing.logins) {
      // Where the master was changed in another copy of this server, its logins have changed already.
      const whose = of === null ? holder : ring.find((k) => k.mark === of)
      if (!whose) throw taken()
      // From before marks were kept only the password says whose they are; and an older program may have set another since.
      if (!(await signsIn(admin, login, whose)))
        throw of === null && !empty && mark === null && standing.signer === null
          ? refuse(KeyDiffers, { database })
          : taken()
      found = whose
    }
    return found
  }
  let fault: unknown = refuse(KeyDiffers, { database })
  for (const holder of ring.filter((k) => isOf(standing, k)))
    try {
      return { standing, holder, logins: await loginsOf(holder) }
    } catch (error) {
      fault = error
    }
  throw fault
}

const listed = (names: readonly string[]) => ({ zh: names.join('、') || '无', en: names.join(', ') || 'none' })

async function signsIn(admin: pg.ClientConfig, login: Login, keys: DatabaseKeys): Promise<boolean> {
  const client = new pg.Client({ ...admin, user: login, password: login === 'zj_api' ? keys.api : keys.system })
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (code.startsWith('28')) return false
    // Signed in, and turned away at the database's door.
    if (code === '42501') return true
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Makes the logins and the mark that are missing; an existing login keeps its password. In one transaction. */
export async function makeLogins(client: pg.Client, standing: Standing, keys: DatabaseKeys): Promise<void> {
  await client.query('begin')
  try {
    for (const login of logins) {
      if (!standing.logins.has(login)) {
        await client.query(`create role ${client.escapeIdentifier(login)} login noinherit nobypassrls`)
        await givePassword(client, login, keys)
      }
      if (!standing.logins.get(login)) await markLogin(client, login, keys)
    }
    const tracks = await client.query("select 1 from pg_roles where rolname = 'zj_tracks'")
    if (tracks.rowCount === 0) {
      await client.query('create role zj_tracks nologin noinherit nobypassrls')
    }
    if (standing.empty) {
      await client.query(
        'create table if not exists migration (number integer primary key, name text not null, applied_at timestamptz not null default now())',
      )
      await client.query('grant select on migration to zj_api, zj_system')
    }
    if (standing.mark === null) {
      await client.query(
        'create table if not exists installation (one boolean primary key default true check (one), mark text not null, marked_at timestamptz not null default now())',
      )
      await client.query('insert into installation (mark) values ($1)', [keys.mark])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/**
 * Gives the logins the passwords of this key again (`npx zhijiao logins --reset`): after another installation, since given
 * up, took them, or when they are to be made anew.
 * @throws Refusal when the database is another key's, or when another database of the server lives by the logins
 */
export async function resetLogins(admin: pg.ClientConfig, ring: readonly DatabaseKeys[]): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [locks.migrations])
    const standing = await standingOf(client)
    const keys = ring.find((k) => isOf(standing, k))
    if (!keys) throw refuse(KeyDiffers, { database: standing.database })
    const ours = [...standing.logins.values()].every((mark) => mark === keys.mark)
    if (!ours && standing.others.length > 0) throw refuse(LoginsOfAnother, { others: listed(standing.others) })
    await client.query('begin')
    for (const login of standing.logins.keys()) {
      await givePassword(client, login, keys)
      await markLogin(client, login, keys)
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}

export async function givePassword(client: pg.Client, login: Login, keys: DatabaseKeys): Promise<void> {
  const password = login === 'zj_api' ? keys.api : keys.system
  await client.query(`alter role ${client.escapeIdentifier(login)} password ${client.escapeLiteral(password)}`)
}

export async function markLogin(client: pg.Client, login: Login, keys: DatabaseKeys): Promise<void> {
  await client.query(
    `comment on role ${client.escapeIdentifier(login)} is ${client.escapeLiteral(`${prefix}${keys.mark}`)}`,
  )
}
