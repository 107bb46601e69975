import type { Evidence } from '@zhijiao/contract/alarms'
import { type Fix, FixFault } from '@zhijiao/geo/fix'
import type { FenceBook } from '../../fences/index.ts'
import { tells } from '../domain.ts'
import { type Approval, judgeTrip, noTrip, sayTrip, seeTrip, type TripParameters, type TripVerdict } from '../trip.ts'
import { placeOf } from './evidence.ts'
import type { Slot } from './slot.ts'
import { shippedThresholds } from './thresholds.ts'

/** A verdict about an approval to be away, with the evidence that tells it. */
export interface Judged {
  readonly excuses: boolean
  readonly why: TripVerdict['why']
  readonly evidence: Evidence
}

/** Names a set of approvals, to know whether it is still the one that was judged. */
export const nameOf = (approvals: readonly Approval[]): string => approvals.map((a) => a.id).join(' ')

/**
 * What the approvals of a day make of where somebody is, by the latest position of his device. Asked when a breach is told
 * and, while one stands that an approval bears on, every few seconds: never for a fix. Null: nothing is approved.
 */
export function judgeSlot(
  slot: Slot | undefined,
  approvals: readonly Approval[],
  { book, day, now }: { readonly book: FenceBook; readonly day: string; readonly now: number },
): Judged | null {
  if (approvals.length === 0) return null
  const to = approvals.map((approval) => ({ approval, outline: book.destination(approval.areas) }))
  const parameters = parametersOf(slot)
  const position = slot && slot.lastTs > 0 ? slot : null
  if (position) position.trip = seeTrip(position.trip ?? noTrip, latestOf(position), to, parameters)
  const verdict = judgeTrip(position?.trip ?? noTrip, to, day, now, parameters)
  if (!verdict) return null
  const where = verdict.excuses || !position ? null : book.territoryAt(position.lat, position.lon)
  return {
    excuses: verdict.excuses,
    why: verdict.why,
    evidence: {
      ...tells(now, 'leave', verdict.excuses ? 'against' : 'for', sayTrip(verdict, where, position)),
      ...(position ? placeOf({ lat: position.lat, lon: position.lon, flags: position.fixFlags }) : {}),
    },
  }
}

const parametersOf = (slot: Slot | undefined): TripParameters =>
  slot
    ? { presence: slot.presence, ...slot.rules.trip }
    : { presence: shippedThresholds.presence, ...shippedThresholds.trip }

/** The slot's latest position as a fix; what a trip does not ask about is left out. */
const latestOf = (slot: Slot): Fix => ({
  ts: slot.lastTs,
  lat: slot.lat,
  lon: slot.lon,
  accuracyM: slot.accuracyM,
  source: 'unknown',
  speedKmh: null,
  course: null,
  altitudeM: null,
  satellites: null,
  batteryPct: null,
  steps: null,
  seq: null,
  flags: slot.fixFlags,
  fault: FixFault.none,
})
