import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import { devicesChannel, newSecret, openSecret, sealSecret } from '../devices/index.ts'

/**
 * Secrets of a county's invented devices by protocol and identity, as a maker would have burnt them in. The import of old
 * terms enters devices without one; they get theirs here. GT06 and watches carry none.
 */
export async function provideSecrets(house: House, county: string): Promise<Record<string, string>> {
  const { databases, vault, chance } = house
  const secrets: Record<string, string> = {}
  await databases.system.transaction().execute(async (db) => {
    const devices = await db
      .selectFrom('device')
      .select(['id', 'protocol', 'identity', 'secret'])
      .where('org_code', 'like', `${county}%`)
      .where('protocol', 'in', ['jt808', 'osmand', 'app'])
      .execute()
    const fresh: { id: string; sealed: Buffer }[] = []
    for (const { id, protocol, identity, secret } of devices) {
      const text = secret ? openSecret(vault, secret) : newSecret(chance)
      if (!secret) fresh.push({ id, sealed: sealSecret(vault, text) })
      secrets[`${protocol} ${identity}`] = text
    }
    if (fresh.length === 0) return
    await sql`update device d set secret = x.secret from unnest(${fresh.map((f) => f.id)}::uuid[], ${fresh.map((f) => f.sealed)}::bytea[]) as x (id, secret) where d.id = x.id`.execute(
      db,
    )
    await sql`select pg_notify(${devicesChannel}, '')`.execute(db)
  })
  return secrets
}
