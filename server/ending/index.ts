import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { holdCertificates } from './certificate.ts'
import { declareHandover } from './handover.ts'
import { watchTerms } from './jobs.ts'
import { declareRelease } from './release.ts'
import { declareTermination } from './termination.ts'

export { followTerms, openEndings } from './jobs.ts'
export { settleFile } from './settle.ts'

/** Ending 解除终止: release, termination, death, and the hand-over to those who help afterwards. */
export function ending(house: House, doors: { readonly devices: Pick<DevicesDoor, 'endAll'> }): Room {
  holdCertificates()
  declareRelease(doors.devices)
  declareHandover()
  declareTermination(doors.devices)
  return { http: [], background: { worker: () => watchTerms(house) } }
}
