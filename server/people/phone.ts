import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { keepingOf } from './keeping.ts'
import { personStore } from './store.ts'

/** The mobile number on file, in clear; null where the file has none or the caller does not see it. */
export async function phoneOf(
  { db, house }: { readonly db: ScopedDb; readonly house: Pick<House, 'vault'> },
  personId: string,
): Promise<string | null> {
  const keeping = keepingOf(house.vault)
  const row = await personStore(db, keeping).phone(personId)
  const phone = row && keeping.openPhone(row.phone_cipher)
  return phone && /^1\d{10}$/.test(phone) ? phone : null
}
