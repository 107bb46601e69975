import { startSession } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { demoAccounts } from '../system/index.ts'

/**
 * A session at the desk of one of the demonstration's accounts, for what its post does on the first day. Null where
 * somebody sits already: signing in anywhere signs out elsewhere, and nobody is to be thrown out by the twin.
 */
export async function provideDesk(house: House, login: string): Promise<string | null> {
  if (!demoAccounts.some((account) => account.login === login)) return null
  const { databases, chance } = house
  const staff = await databases.system.selectFrom('staff').select('id').where('login', '=', login).executeTakeFirst()
  if (!staff) return null
  const taken = await databases.system
    .selectFrom('session')
    .select('id')
    .where('staff_id', '=', staff.id)
    .executeTakeFirst()
  if (taken) return null
  const token = await startSession(databases.system, chance, staff.id, {
    secondFactor: true,
    ip: null,
    agent: 'county twin',
  })
  return `zj_session=${token}`
}
