import type { DevicesDoor } from '../../devices/index.ts'
import { practiseDeviceUse } from './device-use.ts'
import { practiseExitBan } from './exit-ban.ts'
import { practiseObjection } from './objection.ts'
import { practisePlace } from './place.ts'
import { practiseRelocation } from './relocation.ts'
import { practiseReview } from './review.ts'
import { practiseTravel } from './travel.ts'

/** What the permits of the procedure engine do beyond their descriptions. */
export function practisePermits(devices: DevicesDoor): void {
  practiseTravel()
  practisePlace()
  practiseReview()
  practiseExitBan()
  practiseDeviceUse(devices)
  practiseRelocation(devices)
  practiseObjection(devices)
}
