import { sql } from 'kysely'
import type { House } from '../core/house.ts'

/** How far the demonstration has come, for the terminal and for the console (setting `demo.progress`). */
export interface Progress {
  readonly stage: 'people' | 'devices' | 'lives' | 'tracks' | 'annexes' | 'live'
  readonly done: number
  readonly total: number
  readonly zh: string
  readonly en: string
  /** ISO 8601, UTC. */
  readonly at: string
}

const key = 'demo.progress'

export async function writeProgress(house: House, progress: Progress): Promise<void> {
  await sql`insert into setting (key, org_code, value, changed_at) values (${key}, '', ${JSON.stringify(progress)}::jsonb, ${new Date(house.chance.now())})
    on conflict (key, org_code) do update set value = excluded.value, changed_at = excluded.changed_at`.execute(
    house.databases.system,
  )
}

export async function progressOf(house: House): Promise<Progress | null> {
  const row = await house.databases.system
    .selectFrom('setting')
    .select('value')
    .where('key', '=', key)
    .where('org_code', '=', '')
    .executeTakeFirst()
  return (row?.value as Progress | undefined) ?? null
}
