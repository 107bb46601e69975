import type { Room } from '../core/room.ts'
import { declareContacts } from './contacts.ts'
import { declareHappenings } from './happenings.ts'
import { declareHelp } from './help.ts'
import { declareInjunction } from './injunction.ts'

/** Care (日常监管): reports, talks, visits, incidents and gaps, and help; the businesses themselves are the engine's. */
export function care(): Room {
  declareContacts()
  declareHappenings()
  declareHelp()
  declareInjunction()
  return { http: [] }
}
