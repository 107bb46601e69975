import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { auditHandlers } from './http.ts'

export { wordsOfAudit } from './words.ts'

/** What everybody did and tried: for the audit administrator, and for a person's county who looked at him. */
export function audits(house: House): Room {
  return { http: [auditHandlers(house)] }
}
