import { DAY, legalDay, SHANGHAI } from '@zhijiao/geo/day'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import {
  type Arrival as Circumstances,
  type ValidationParameters,
  type ValidationState,
  validate,
  validationAfter,
  validationStart,
} from '@zhijiao/geo/validate'
import { graceMs, type KnownActivation, type KnownDevice } from '../devices/index.ts'
import { type Journey, noJourneys } from './journeys.ts'
import { News } from './news.ts'
import { ReportOrder } from './order.ts'

/** Why a fix was answered as received and not kept. Only the count stays, never a place. */
export type RefusalReason =
  | 'noActivation'
  | 'outOfTerm'
  | 'tooLate'
  | 'overCeiling'
  | 'duplicate'
  | 'clockWrong'
  | 'flood'
  | 'malformed'

/** Devices keep time badly: a sample this much early still counts as on time. */
const ceilingShare = 0.95
/**
 * Most positions of one activation, received on one legal day and filed under one; a day has 86,400 seconds. Counted since the
 * program started, and apart for lines that are not believed: a day may come to hold more, and is folded all the same.
 */
export const mostPerDay = 120_000
/** A position asked for may come this long after the question, milliseconds. */
export const promptMs = 10 * 60_000
/** Shared by all: the skews of a message's older fixes are not sampled, because they waited for the newest. */
const noSkews: readonly number[] = []

/** What is remembered of one activation between its messages. Mutable on purpose: this is the hot path. */
export class Standing {
  activation: KnownActivation
  /** The numbers of the person's unit; shared with everyone under the same publications. */
  gates: ValidationParameters
  validation: ValidationState
  /** When the person may travel by rail or air. */
  journeys: readonly Journey[] = noJourneys
  /** Session whose clock the skews belong to. */
  session = 0
  /** Times of kept positions under a ceiling, believed and not believed. */
  readonly sampled: [number[], number[]] = [[], []]
  /** Positions that were asked for and may come beyond the ceiling, and until when. */
  prompts = 0
  promptUntil = 0
  day = ''
  perDay = 0
  /** Kept positions by the number of the day under which they are filed; never more days than the term has. */
  readonly perFiledDay = new Map<number, number>()
  readonly news = new News()
  /** In which order the device said things. */
  readonly order: ReportOrder

  constructor(activation: KnownActivation, gates: ValidationParameters) {
    this.activation = activation
    this.gates = gates
    const { last, said } = activation
    this.order = new ReportOrder(last?.ts ?? 0, said)
    this.validation = last ? validationAfter(last) : validationStart
    if (last && activation.ceilingMs !== null) this.sampled[0].push(last.ts)
  }
}

/** The term a fix time falls into; fix time decides. */
export function termAt(device: KnownDevice, ts: number): KnownActivation | null {
  for (const a of device.activations) if (ts >= a.startsAt && ts < a.endsAt) return a
  return null
}

export function runningAt(device: KnownDevice, now: number): KnownActivation | null {
  return termAt(device, now)
}

export type Judged =
  | { readonly kept: true; readonly fix: Fix; readonly live: boolean; readonly standing: Standing }
  | { readonly kept: false; readonly reason: RefusalReason; readonly no: number; readonly standing: Standing | null }

const refused = (reason: RefusalReason, standing: Standing | null): Judged => ({
  kept: false,
  reason,
  no: standing?.activation.no ?? 0,
  standing,
})

/**
 * Judges one fix: inside a term or not, within the sampling ceiling or not, believable or not. In this order of
 * consequence: outside a term nothing of it stays; inside, a failed one is kept with its fault.
 *
 * A time that no clock could have shown (before 2015, or ahead by more than the province allows, POS-33) cannot decide; then
 * the time of receipt does, and the fix is kept with `clockWrong` or `fromTheFuture`.
 */
export function judge(
  device: KnownDevice,
  standingOf: (activation: KnownActivation) => Standing,
  sent: Fix,
  arrival: Circumstances & { readonly session: number; readonly newest: boolean },
): Judged {
  const { receivedAt } = arrival
  const term = termAt(device, sent.ts) ?? runningAt(device, receivedAt)
  if (!term) return refused(device.activations.length === 0 ? 'noActivation' : 'outOfTerm', null)
  const standing = standingOf(term)
  if (standing.session !== arrival.session) {
    standing.session = arrival.session
    standing.validation = { ...standing.validation, skews: [] }
  }
  const before = standing.validation
  const { state, verdict } = validate(
    arrival.newest ? before : { ...before, skews: noSkews },
    sent,
    travels(standing, sent.ts) ? { ...arrival, fastTravelApproved: true } : arrival,
    standing.gates,
  )
  const { fix } = verdict
  const timeless = fix.fault === FixFault.clockWrong || fix.fault === FixFault.fromTheFuture
  const decides = timeless ? receivedAt : fix.ts
  if (decides < term.startsAt || decides >= term.endsAt) return refused(timeless ? 'clockWrong' : 'outOfTerm', standing)
  if (receivedAt >= term.endsAt + graceMs) return refused('tooLate', standing)
  // Two places at one instant are both kept, the same place once.
  if (verdict.outcome === 'duplicate' && before.last?.lat === fix.lat && before.last.lon === fix.lon)
    return refused('duplicate', standing)
  if (!withinCeiling(standing, decides, fix.fault, receivedAt)) return refused('overCeiling', standing)
  if (!withinDay(standing, decides, receivedAt)) return refused('flood', standing)

  standing.validation = arrival.newest ? state : { ...state, skews: before.skews }
  const ended = receivedAt >= term.endsAt
  const past = ended || verdict.outcome === 'duplicate'
  return {
    kept: true,
    fix: past && (fix.flags & FixFlag.late) === 0 ? { ...fix, flags: fix.flags | FixFlag.late } : fix,
    live: verdict.outcome === 'live' && !ended,
    standing,
  }
}

/** Whether leave by rail or air is approved for the time of a fix. Nearly nobody has one. */
function travels({ journeys }: Standing, ts: number): boolean {
  for (const { from, until } of journeys) if (ts >= from && ts < until) return true
  return false
}

/** Under the information check one position a ceiling, and one for each time it was asked for (SET-03, 社区矫正法 26, 34). */
function withinCeiling(standing: Standing, ts: number, fault: FixFault, now: number): boolean {
  const { ceilingMs } = standing.activation
  if (ceilingMs === null) return true
  const times = standing.sampled[fault === FixFault.none ? 0 : 1]
  const apart = ceilingMs * ceilingShare
  if (times.some((t) => Math.abs(t - ts) < apart)) {
    if (standing.prompts === 0 || now > standing.promptUntil || fault !== FixFault.none) return false
    standing.prompts--
    return true
  }
  times.push(ts)
  // Four days of hours: everything that may still arrive.
  if (times.length > 128) times.shift()
  return true
}

/**
 * Whether a day takes one more: that on which it comes, so that a flood ends, and that under which it is filed, so that
 * uploads of many days dated the same make no day that nobody could open.
 */
function withinDay(standing: Standing, ts: number, now: number): boolean {
  const day = standing.perDay % 64 === 0 ? legalDay(now) : standing.day
  if (day !== standing.day) {
    standing.day = day
    standing.perDay = 0
  }
  standing.perDay++
  if (standing.perDay > mostPerDay) return false
  const filed = Math.floor((ts + SHANGHAI) / DAY)
  const count = (standing.perFiledDay.get(filed) ?? 0) + 1
  if (count > mostPerDay) return false
  standing.perFiledDay.set(filed, count)
  return true
}
