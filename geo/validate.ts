import { HOUR, MINUTE, SECOND } from './day.ts'
import { metresBetween } from './distance.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'

/**
 * Version of every rule in this package; stored with each verdict so that it can be recomputed in court. geo-2 knew an age
 * at which a position counts as stored; geo-3 marks nothing late for a time from the future or from a line not believed; geo-4
 * keeps the device's own word beside the same said before on such a line, and fills no gap with a simulated position; geo-5
 * measures no speed to or from a simulated one.
 */
export const GEO_RULES = 'geo-5'

/** Limits of judging a fix on arrival (positioning.md §3.1, §3.2). A province may change them; the value used is stored. */
export interface ValidationParameters {
  /** Names the rules and these numbers; every verdict carries it. */
  readonly rules: string
  readonly minLat: number
  readonly maxLat: number
  readonly minLon: number
  readonly maxLon: number
  /** A clock may run ahead by this much, ms. */
  readonly futureMs: number
  /** Older than this on arrival: quarantined, ms. */
  readonly tooOldMs: number
  /**
   * Older than this on arrival: it waited somewhere, whatever the device says, and fills a gap instead of moving live state,
   * ms. After so long without a position the gap is one (positioning.md §3.6), and no clock that is put right is as far off.
   */
  readonly storedMs: number
  /** Before this no such device existed: the clock was reset (1970, or a week counter that rolled over), ms UTC. */
  readonly earliestTs: number
  /** A fix older than the connection by more than this is the device's cache, not a position, ms. */
  readonly staleMs: number
  /** Fastest ordinary travel, m/s, and fastest on a train or plane. */
  readonly maxSpeedMs: number
  readonly maxFastMs: number
  /** A second fix this near the first unbelievable one (plus both radii) makes it believable, metres. */
  readonly agreeM: number
  /** So many unbelievable fixes in a row, each reachable from the last at `maxFastMs`, are a fast journey. */
  readonly chain: number
  /** So many fixes in a row must be off before the clock is judged. */
  readonly skewSamples: number
  /** A steady difference above this is a wrong clock, up to `skewCorrectableMs` corrected, ms. */
  readonly skewMs: number
  readonly skewCorrectableMs: number
  /** Steady: all kept differences lie within this, ms. */
  readonly skewSpreadMs: number
  /** A difference this close to exactly eight hours is a wrong zone, ms. */
  readonly zoneToleranceMs: number
}

export const validationDefaults: ValidationParameters = {
  rules: GEO_RULES,
  minLat: 3,
  maxLat: 54,
  minLon: 73,
  maxLon: 136,
  futureMs: 300 * SECOND,
  tooOldMs: 7 * 24 * HOUR,
  storedMs: 30 * MINUTE,
  earliestTs: Date.UTC(2015, 0, 1),
  staleMs: 60 * SECOND,
  maxSpeedMs: 55,
  maxFastMs: 100,
  agreeM: 150,
  chain: 3,
  skewSamples: 20,
  skewMs: 120 * SECOND,
  skewCorrectableMs: 30 * MINUTE,
  skewSpreadMs: 30 * SECOND,
  zoneToleranceMs: 120 * SECOND,
}

/** What must be remembered of one session of one activation between fixes. Plain data, bounded. */
export interface ValidationState {
  /** Last fix that may move live state, simulated ones among them: the order of what comes is told by it; null before the first. */
  readonly last: Spot | null
  /** Last of them that is a place where he was: the next one's speed is measured from it. */
  readonly real: Spot | null
  /** Last unbelievable fix, waiting for a second that agrees, and how many stand in its chain. */
  readonly candidate: Spot | null
  readonly chain: number
  /** Differences receive − fix time of the latest fixes in a row that were off, ms, oldest first; empty while the clock is right. */
  readonly skews: readonly number[]
  /** Times on this device are wrong by a zone: added to each, ms (0, or ±8 h). */
  readonly zoneMs: number
}

export interface Spot {
  readonly ts: number
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
}

export const validationStart: ValidationState = {
  last: null,
  real: null,
  candidate: null,
  chain: 0,
  skews: [],
  zoneMs: 0,
}

/** Goes on after the newest position that is on record of an activation. */
export const validationAfter = (last: Spot & { readonly flags: number }): ValidationState => ({
  ...validationStart,
  last,
  real: (last.flags & FixFlag.mock) === 0 ? last : null,
})

/** The circumstances in which a fix arrived, ms UTC. */
export interface Arrival {
  readonly receivedAt: number
  /** When the present connection began; null where there is none (a file, a single request). */
  readonly connectedAt: number | null
  /** Leave by rail or air is approved for this time: 100 m/s are believed. */
  readonly fastTravelApproved?: boolean
}

/** Something an officer or the next check may want to know; the fix itself may be fine. */
export type ArrivalEvent =
  | { readonly kind: 'teleport'; readonly metres: number; readonly seconds: number }
  | { readonly kind: 'fast-journey'; readonly metres: number; readonly seconds: number }
  | { readonly kind: 'wrong-zone'; readonly byMs: number }
  | { readonly kind: 'clock-corrected'; readonly byMs: number }
  | { readonly kind: 'clock-unsteady'; readonly medianMs: number }

export interface Verdict {
  /** Version of the rules and of the numbers it was judged by. */
  readonly rules: string
  /**
   * live: may move live state. history: kept, annotates. held: unbelievable until a second agrees; kept. faulty: kept
   * with its fault. quarantine: too old, kept apart. duplicate: already have one of that instant.
   */
  readonly outcome: 'live' | 'history' | 'held' | 'faulty' | 'quarantine' | 'duplicate'
  /** With fault, late flag and corrected time filled in. */
  readonly fix: Fix
  readonly events: readonly ArrivalEvent[]
}

/**
 * Judges one fix on arrival. Fixes of one session go in the order received; those that arrived together, in time order.
 * Constant cost.
 */
export function validate(
  state: ValidationState,
  sent: Fix,
  arrival: Arrival,
  parameters: ValidationParameters = validationDefaults,
): { state: ValidationState; verdict: Verdict } {
  const { rules } = parameters
  const clock = readClock(state, sent, arrival, parameters)
  const timed = clock.byMs === 0 ? sent : { ...sent, ts: sent.ts + clock.byMs }
  const fault = faultOf(timed, arrival, parameters)
  if (fault !== FixFault.none)
    return told(
      clock.state,
      fault === FixFault.tooOld ? 'quarantine' : 'faulty',
      { ...timed, fault },
      clock.events,
      rules,
    )
  const waited = arrival.receivedAt - timed.ts > parameters.storedMs
  const fix = waited ? { ...timed, flags: timed.flags | FixFlag.blind } : timed
  const { last } = clock.state
  if (last && fix.ts === last.ts) return told(clock.state, 'duplicate', fix, clock.events, rules)
  if (last && fix.ts < last.ts)
    return told(clock.state, 'history', { ...fix, flags: fix.flags | FixFlag.late }, clock.events, rules)
  if ((fix.flags & FixFlag.blind) !== 0) return told(clock.state, 'history', fix, clock.events, rules)

  const speed = judgeSpeed(clock.state, fix, arrival, parameters)
  if (speed.held) return told(speed.state, 'held', { ...fix, fault: FixFault.tooFast }, clock.events, rules)
  const events = speed.events.length === 0 ? clock.events : [...clock.events, ...speed.events]
  return told(speed.state, 'live', fix, events, rules)
}

// Functions of the hot path stand on their own: a closure made for each fix costs more than what it computes.
function told(
  state: ValidationState,
  outcome: Verdict['outcome'],
  fix: Fix,
  events: readonly ArrivalEvent[],
  rules: string,
) {
  return { state, verdict: { rules, outcome, fix, events } as const }
}

function faultOf(fix: Fix, { receivedAt, connectedAt }: Arrival, p: ValidationParameters): FixFault {
  const { lat, lon, accuracyM, ts } = fix
  const finite = Number.isFinite(lat) && Number.isFinite(lon) && Number.isFinite(ts) && Number.isFinite(accuracyM)
  if (!finite || Math.abs(lat) > 90 || Math.abs(lon) > 180 || accuracyM < 0) return FixFault.outOfRange
  if (ts < p.earliestTs) return FixFault.clockWrong
  if (ts > receivedAt + p.futureMs) return FixFault.fromTheFuture
  if (ts < receivedAt - p.tooOldMs) return FixFault.tooOld
  if ((fix.flags & FixFlag.notFixed) !== 0) return FixFault.notFixed
  if (Math.abs(lat) < 1e-4 && Math.abs(lon) < 1e-4) return FixFault.zeroIsland
  if (lat < p.minLat || lat > p.maxLat || lon < p.minLon || lon > p.maxLon) return FixFault.outsideChina
  const blind = (fix.flags & FixFlag.blind) !== 0
  if (!blind && connectedAt !== null && ts < connectedAt - p.staleMs) return FixFault.stale
  return FixFault.none
}

interface ClockReading {
  readonly state: ValidationState
  /** To add to the time the device gave. */
  readonly byMs: number
  readonly events: readonly ArrivalEvent[]
}

const noEvents: readonly ArrivalEvent[] = []
const ZONE = 8 * HOUR
/** A clock eight hours behind looks like a stored fix, so it must repeat itself this often; one ahead cannot be anything else. */
const ZONE_REPEATS = 3

function readClock(state: ValidationState, sent: Fix, { receivedAt }: Arrival, p: ValidationParameters): ClockReading {
  const unread: ClockReading = { state, byMs: state.zoneMs, events: noEvents }
  if ((sent.flags & FixFlag.blind) !== 0 || !Number.isFinite(sent.ts) || sent.ts < p.earliestTs) return unread
  const raw = receivedAt - sent.ts
  if (Math.abs(raw - state.zoneMs) <= p.skewMs) {
    return state.skews.length === 0 ? unread : { ...unread, state: { ...state, skews: [] } }
  }
  const isZone = (skew: number, zoneMs: number) => Math.abs(skew - zoneMs) <= p.zoneToleranceMs
  const skews = [...state.skews.slice(1 - p.skewSamples), raw]

  if (state.zoneMs === 0) {
    const behind = skews.length >= ZONE_REPEATS && skews.slice(-ZONE_REPEATS).every((skew) => isZone(skew, ZONE))
    const zoneMs = isZone(raw, -ZONE)
      ? -ZONE
      : behind && spread(skews.slice(-ZONE_REPEATS)) <= p.skewSpreadMs
        ? ZONE
        : 0
    if (zoneMs !== 0) {
      // What was believed under the wrong zone must not make the right times look late or far.
      const fresh = { ...validationStart, skews, zoneMs }
      return { state: fresh, byMs: zoneMs, events: [{ kind: 'wrong-zone', byMs: zoneMs }] }
    }
  } else if (Math.abs(raw) <= p.zoneToleranceMs) {
    // The device was set right in the meantime.
    return { state: { ...state, skews, zoneMs: 0 }, byMs: 0, events: [{ kind: 'wrong-zone', byMs: 0 }] }
  }

  const next = { ...state, skews }
  if (skews.length < p.skewSamples) return { state: next, byMs: state.zoneMs, events: [] }
  const off = median(skews) - state.zoneMs
  const steady = spread(skews) <= p.skewSpreadMs && Math.abs(off) <= p.skewCorrectableMs
  return steady
    ? { state: next, byMs: state.zoneMs + off, events: [{ kind: 'clock-corrected', byMs: state.zoneMs + off }] }
    : { state: next, byMs: state.zoneMs, events: [{ kind: 'clock-unsteady', medianMs: off }] }
}

interface SpeedReading {
  readonly state: ValidationState
  readonly held: boolean
  readonly events: readonly ArrivalEvent[]
}

function judgeSpeed(
  state: ValidationState,
  fix: Fix,
  { fastTravelApproved }: Arrival,
  p: ValidationParameters,
): SpeedReading {
  const spot: Spot = { ts: fix.ts, lat: fix.lat, lon: fix.lon, accuracyM: fix.accuracyM }
  const { real, candidate } = state
  // Nobody travelled to a place that a program made up, nor back from it.
  if ((fix.flags & FixFlag.mock) !== 0) return { state: { ...state, last: spot }, held: false, events: noEvents }
  if (!real || reachable(real, spot, fastTravelApproved ? p.maxFastMs : p.maxSpeedMs))
    return accepted(state, spot, noEvents)

  const jump = {
    metres: Math.round(metresBetween(real.lat, real.lon, spot.lat, spot.lon)),
    seconds: Math.round((spot.ts - real.ts) / SECOND),
  }
  if (candidate && surplusM(candidate, spot) <= p.agreeM) return accepted(state, spot, [{ kind: 'teleport', ...jump }])
  const chain = candidate && reachable(candidate, spot, p.maxFastMs) ? state.chain + 1 : 1
  if (chain >= p.chain) return accepted(state, spot, [{ kind: 'fast-journey', ...jump }])
  return { state: { ...state, candidate: spot, chain }, held: true, events: noEvents }
}

function accepted(state: ValidationState, spot: Spot, events: readonly ArrivalEvent[]): SpeedReading {
  const { skews, zoneMs } = state
  return { state: { last: spot, real: spot, candidate: null, chain: 0, skews, zoneMs }, held: false, events }
}

/** Metres apart beyond what both radii explain. */
function surplusM(a: Spot, b: Spot): number {
  return metresBetween(a.lat, a.lon, b.lat, b.lon) - a.accuracyM - b.accuracyM
}

function reachable(a: Spot, b: Spot, metresPerSecond: number): boolean {
  return surplusM(a, b) <= (metresPerSecond * Math.max(SECOND, b.ts - a.ts)) / SECOND
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}
