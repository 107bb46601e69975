import type { Room } from '../core/room.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declareArrest } from './arrest.ts'
import { declareCommutation } from './commutation.ts'
import { declareCustody } from './custody.ts'
import { declareMissing } from './missing.ts'
import { declareProposals } from './proposals.ts'
import { declareSanctions } from './sanctions.ts'
import { declareViolation } from './violation.ts'

export { unfitForMinor } from './minors.ts'

/** Conduct 考核奖惩: violations, commendation and sanctions, what is proposed to courts, whoever is gone. */
export function conduct(doors: { readonly devices: Pick<DevicesDoor, 'endAll' | 'shorten'> }): Room {
  declareViolation()
  declareSanctions()
  declareProposals()
  declareArrest(doors.devices)
  declareCommutation(doors.devices)
  declareMissing()
  declareCustody(doors.devices)
  return { http: [] }
}
