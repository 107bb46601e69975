import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { runRetention } from './jobs.ts'

/** Lets go of what has no purpose any more; proofs stay. */
export function retention(house: House): Room {
  return { http: [], background: { worker: () => runRetention(house) } }
}
