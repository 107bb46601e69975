import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Chance } from './clock.ts'
import type { Config } from './config.ts'
import { type DatabaseKeys, databaseKeys, givePassword, type Known, logins, markLogin } from './logins.ts'
import { FormerAtWork, KeyNotGiven, refuse } from './refusals.ts'
import { type Vault, vaultOf } from './vault.ts'

/** A master key with what derives from it. */
interface Held {
  readonly master: Buffer
  readonly vault: Vault
  readonly keys: DatabaseKeys
}
/** The present master key first, then those of before. */
export type KeyRing = readonly [Held, ...Held[]]

export function keyRing(config: Pick<Config, 'master' | 'formerMasters'>, chance: Chance): KeyRing {
  const held = (master: Buffer): Held => {
    const vault = vaultOf(master, chance)
    return { master, vault, keys: databaseKeys(vault) }
  }
  return [held(config.master), ...config.formerMasters.map(held)]
}

/** As `knowKey` and `resetLogins` ask for them. */
export const keysOf = ([present, ...former]: KeyRing): [DatabaseKeys, DatabaseKeys[]] => [
  present.keys,
  former.map((k) => k.keys),
]

/** Seals with the key of `holder`, opens with all. */
export function vaultOn(ring: KeyRing, holder: DatabaseKeys, chance: Chance): Vault {
  const own = ring.find((k) => k.keys.mark === holder.mark) ?? ring[0]
  return vaultOf(
    own.master,
    chance,
    ring.filter((k) => k !== own).map((k) => k.master),
  )
}

/** The embedded cluster's superuser, whose password derives from the master key as well. */
export interface Superuser {
  /** He still has the password of a key of before. */
  readonly behind: boolean
  /** Gives him the present one in the client's transaction; what it answers is called once that stands. */
  renew(client: pg.Client): Promise<(() => void) | undefined>
}

/** Purpose under which kept keys are sealed, and the one there is: it signs tree heads. */
export const keptPurpose = 'kept'
const kept = 'ledger:sign'

/** Notes the key a database is sealed with, so that it is known for as long as anything needs it. */
export async function noteKey(client: pg.Client, id: string): Promise<void> {
  await client.query('insert into installation_key (id) values ($1) on conflict do nothing', [id])
}

/**
 * Puts a database into the hands of the present master key (主密钥轮换) where it is still with one of before, in one
 * transaction: its mark, its logins and their passwords. What is stored stays sealed as it is and is rewritten by
 * `npx zhijiao rotate`; the key that signs tree heads stays the same, because by its public half outside holders know the
 * ledger.
 * @throws Refusal as `mayTakeOver` does
 */
export async function takeOver(
  client: pg.Client,
  known: Known,
  ring: KeyRing,
  superuser: Superuser,
): Promise<{ readonly holder: DatabaseKeys }> {
  const [{ keys, vault }] = ring
  const before = ring.find((k) => k.keys.mark === known.holder.mark)
  if (known.holder.mark === keys.mark && known.logins.mark === keys.mark && !superuser.behind) return { holder: keys }
  await client.query('begin')
  let renewed: (() => void) | undefined
  try {
    if (known.logins.mark !== keys.mark) await changeLogins(client, keys)
    await client.query('insert into kept_key (purpose, sealed) values ($1, $2) on conflict do nothing', [
      kept,
      vault.seal(keptPurpose, (before?.vault ?? vault).key(kept).toString('hex')),
    ])
    await client.query(
      'insert into installation_key (id) values ($1) on conflict (id) do update set gone_at = null where installation_key.gone_at is not null',
      [keys.id],
    )
    await client.query('update installation set mark = $1, marked_at = now()', [keys.mark])
    renewed = await superuser.renew(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  renewed?.()
  return { holder: keys }
}

/**
 * Asked before anything is written.
 * @throws Refusal while something stored is sealed with a key that was not given; and while other processes work with the
 * key of before, because what they seal nobody would look for
 */
export async function mayTakeOver(client: pg.Client, known: Known, ring: KeyRing): Promise<void> {
  const there = await client.query<{ there: boolean }>("select to_regclass('installation_key') is not null as there")
  if (there.rows[0]?.there) {
    const { rows } = await client.query<{ id: string }>(
      'select id from installation_key where gone_at is null and id <> all ($1) order by since',
      [ring.map((k) => k.keys.id)],
    )
    if (rows.length > 0) throw refuse(KeyNotGiven, { keys: rows.map((r) => r.id).join(', ') })
  }
  if (known.logins.mark !== ring[0].keys.mark) await refuseAtWork(client)
}

async function refuseAtWork(client: pg.Client): Promise<void> {
  // Sessions that have just ended need a moment to be gone from the list, our own of before among them.
  for (let left = 20; ; left--) {
    const at = await client.query<{ name: string }>(
      'select distinct datname as name from pg_stat_activity where usename = any ($1) order by 1',
      [logins],
    )
    if (at.rows.length === 0) return
    if (left === 0) throw refuse(FormerAtWork, { databases: at.rows.map((r) => r.name).join(', ') })
    await sleep(100)
  }
}

async function changeLogins(client: pg.Client, keys: DatabaseKeys): Promise<void> {
  await refuseAtWork(client)
  for (const login of logins) {
    await givePassword(client, login, keys)
    await markLogin(client, login, keys)
  }
}

/** Keys that outlived their master; none before the first change of it, and of a database that an older program made. */
export async function keptKeys(client: pg.Client, vault: Vault): Promise<ReadonlyMap<string, Buffer>> {
  const there = await client.query<{ there: boolean }>("select to_regclass('kept_key') is not null as there")
  if (!there.rows[0]?.there) return new Map()
  const { rows } = await client.query<{ purpose: string; sealed: Buffer }>('select purpose, sealed from kept_key')
  return new Map(rows.map(({ purpose, sealed }) => [purpose, Buffer.from(vault.open(keptPurpose, sealed), 'hex')]))
}
