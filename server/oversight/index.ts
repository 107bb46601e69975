import type { Room } from '../core/room.ts'
import { practiseOversight } from './practice.ts'

/** Oversight by the procuratorate (检察监督): its opinions and the written replies; the business itself is the engine's. */
export function oversight(): Room {
  practiseOversight()
  return { http: [] }
}
