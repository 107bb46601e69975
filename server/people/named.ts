import { standingOf } from '../core/auth/standing.ts'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { keepingOf } from './keeping.ts'
import { personStore } from './store.ts'

/** Whether a colleague is named for files of minors or sealed records (专人). */
export async function standsNamed(
  { db, house }: { readonly db: ScopedDb; readonly house: House },
  staffId: string,
  mark: 'minor' | 'sealed',
): Promise<boolean> {
  const store = personStore(db, keepingOf(house.vault))
  const staff = await store.officer(staffId)
  if (!staff?.active) return false
  return standingOf(await store.rolesOf(staff.id), staff.designations).classes.includes(
    mark === 'minor' ? 'minors' : 'sealed',
  )
}
