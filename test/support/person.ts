import type { House } from '@zhijiao/server/core/house'
import { places } from './county.ts'

/** A person on file, planted as an import would leave him; tests of the person file itself go through its front door. */
export async function plantPerson(
  house: House,
  options: { org?: string; name?: string; officer?: string | null; minor?: boolean; sealed?: boolean } = {},
): Promise<string> {
  const id = house.chance.id()
  const number = `T${id.slice(9, 13)}${id.slice(-8)}`
  const now = new Date(house.chance.now())
  const { sql } = await import('kysely')
  await sql`insert into person (id, number, org_code, officer_id, name, sex, birth_date, identity_cipher, identity_blind, identity_tail, category, term_start, term_end, minor, sealed, residence, residence_lat, residence_lon, created_at, updated_at)
    values (${id}, ${number}, ${options.org ?? places.office}, ${options.officer ?? null}, ${options.name ?? '测试对象'}, 'male', '1990-01-01', ${house.vault.seal('identity', id)}, ${house.vault.blind('identity', id)}, '0000', '02', '2026-01-01', '2027-12-31', ${options.minor ?? false}, ${options.sealed ?? false}, '示例路 1 号', 24.33, 109.42, ${now}, ${now})`.execute(
    house.databases.system,
  )
  return id
}
