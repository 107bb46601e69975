/**
 * One device through time: what it measures when, what of it leaves at once, what waits for a network, what never is
 * measured because it was off. Knows nothing of protocols; the same handset writes a month of history and speaks live.
 */
import { DAY, HOUR, MINUTE, SECOND } from '@zhijiao/geo/day'
import { metresBetween } from '@zhijiao/geo/distance'
import { type Breach, trueTurn } from './breaches.ts'
import { chanceOf } from './chance.ts'
import {
  batteryOf,
  type ErrorParameters,
  errorDefaults,
  type Observed,
  type Outage,
  offlineSpans,
  type Sensor,
  type Span,
  sensorOf,
} from './errors.ts'
import type { Geography } from './geography.ts'
import { type Itinerary, turnOf, type Whereabouts, whereabouts } from './movement.ts'
import type { Person } from './people.ts'

/** A position as it leaves the device. */
export interface Report extends Observed {
  /** When it truly was measured, ms UTC: what a clock shows that nobody can turn. `ts` is what the device believes. */
  readonly measuredAt: number
  readonly batteryPct: number
  readonly charging: boolean
  /** Steps since the device was made. */
  readonly steps: number
}

export type DeviceWord = 'sos' | 'strapOpen' | 'strapClosed' | 'lowBattery' | 'powerOff' | 'powerOn'

/** What a device does at a moment. */
export type Act =
  | { readonly kind: 'report'; readonly report: Report; readonly twice: boolean }
  /** Stored reports, after a time without network. */
  | { readonly kind: 'stored'; readonly reports: readonly Report[] }
  | { readonly kind: 'word'; readonly word: DeviceWord; readonly report: Report }
  | { readonly kind: 'heartbeat'; readonly batteryPct: number; readonly steps: number }
  /** The link goes without a word: no network, no power. */
  | { readonly kind: 'silent' }

export interface Handset {
  readonly person: Person
  readonly kind: 'band' | 'phone'
  /** When the device does something next, milliseconds UTC; and when it next measures by its plan. */
  readonly next: number
  readonly nextReport: number
  /** Does what is due at `next` and moves on. */
  act(): readonly Act[]
  /** One more position now, as asked for by the server; null while the device cannot hear. */
  locate(ts: number): Report | null
  /** A run of extra positions: every `intervalMs` until `until`. */
  burst(ts: number, intervalMs: number, until: number): void
  setInterval(ms: number): void
  /** Whether the device is on and has a network at an instant. */
  linked(ts: number): boolean
}

export interface World {
  readonly geography: Geography
  readonly breaches: readonly Breach[]
  readonly outages: readonly Outage[]
  readonly errors: ErrorParameters
}

export const worldOf = (
  geography: Geography,
  breaches: readonly Breach[] = [],
  outages: readonly Outage[] = [],
  errors: ErrorParameters = errorDefaults,
): World => ({ geography, breaches, outages, errors })

/** A band's heartbeat; a phone's question whether anything is wanted, which says nothing of where it is. */
const heartbeatsMs = { band: 3 * MINUTE, phone: 10 * MINUTE } as const

export function handsetOf(world: World, person: Person, kind: 'band' | 'phone', from: number): Handset {
  const { geography, errors } = world
  const seed = geography.seed
  const name = `${kind} ${person.index}`
  const chance = chanceOf(seed, 'handset', name, from / MINUTE)
  const sensor: Sensor = sensorOf(seed, `${name} ${from}`, geography.towers, errors)
  const fixed = chanceOf(seed, 'make', name)
  const skew = fixed.happens(errors.skewed) ? fixed.between(...errors.skewMs) * (fixed.happens(0.5) ? 1 : -1) : 0
  const offAtNight = kind === 'phone' && fixed.happens(errors.offAtNight)
  let interval = (kind === 'band' ? (person.band?.intervalS ?? 300) : person.phone.intervalS) * SECOND
  const battery = batteryOf(seed, name, kind, errors)
  const own = world.breaches.filter((b) => b.person === person.index)
  const turns = turnsOf(world, person, own)
  const lost = spansOf(seed, name, from, errors)
  let nextReport = from + chance.between(0, interval)
  const heartbeatMs = heartbeatsMs[kind]
  let nextHeartbeat = from + chance.between(0, heartbeatMs)
  let burstUntil = 0
  let burstMs = 0
  let wasLinked = true
  let wasOn = true
  let lowTold = false
  let steps = Math.round(fixed.between(1_000, 90_000))
  let stepsAt = from
  const stored: Report[] = []
  const done = new Set<string>()

  const breachAt = (ts: number, wanted: Breach['kind']) =>
    own.some((b) => b.kind === wanted && b.start <= ts && ts < b.start + b.lasts)
  const truthAt = (ts: number): Whereabouts => {
    // Left at home, on the table, while its owner is out.
    if (kind === 'phone' && own.some((b) => b.kind === 'apart' && b.start <= ts && ts < b.start + b.lasts + 2 * HOUR))
      return { ...person.home, moving: false, indoors: true, speedKmh: 0, course: 0 }
    return whereabouts(turns(ts), ts)
  }
  const powered = (ts: number): boolean => {
    if (breachAt(ts, 'powerOff') && kind === 'band') return false
    if (battery(ts).pct <= 0) return false
    const hour = (ts / HOUR + 8) % 24
    return !(offAtNight && (hour >= 23.5 || hour < 6))
  }
  const linked = (ts: number): boolean => {
    if (!powered(ts) || (breachAt(ts, 'lostContact') && kind === 'band')) return false
    if (lost(ts).some((span) => span.from <= ts && ts < span.to)) return false
    return !world.outages.some((outage) => {
      if (ts < outage.from || ts >= outage.to) return false
      const at = truthAt(ts)
      return metresBetween(at.lat, at.lon, outage.at.lat, outage.at.lon) < outage.radiusM
    })
  }
  const measure = (ts: number): Report => {
    const truth = truthAt(ts)
    if (truth.moving) steps += Math.round(((ts - stepsAt) / MINUTE) * (truth.speedKmh < 7 ? 90 : 8))
    else if (!truth.indoors) steps += Math.round(((ts - stepsAt) / MINUTE) * 12)
    stepsAt = ts
    const { pct, charging } = battery(ts)
    const seen = sensor.measure(truth, ts)
    return { ...seen, ts: seen.ts + skew, measuredAt: seen.ts, batteryPct: pct, charging, steps }
  }
  /** Words of a breach or the battery that fall due by now. */
  const words = (ts: number): Act[] => {
    const acts: Act[] = []
    const say = (key: string, word: DeviceWord) => {
      if (done.has(key)) return
      done.add(key)
      acts.push({ kind: 'word', word, report: measure(ts) })
    }
    if (kind === 'band')
      for (const b of own) {
        if (ts < b.start || b.start < from) continue
        const over = ts >= b.start + b.lasts
        if (b.kind === 'sos' && !over) say(`sos ${b.start}`, 'sos')
        if (b.kind === 'strapOpen') {
          if (!over) say(`open ${b.start} ${Math.floor((ts - b.start) / (2 * MINUTE))}`, 'strapOpen')
          else if (done.has(`open ${b.start} 0`)) say(`closed ${b.start}`, 'strapClosed')
        }
      }
    const { pct, charging } = battery(ts)
    if (pct <= 9 && pct > 0 && !charging && !lowTold) {
      lowTold = true
      acts.push({ kind: 'word', word: 'lowBattery', report: measure(ts) })
    }
    if (pct > 30) lowTold = false
    return acts
  }
  /** Instants at which a script wants the device awake. */
  const wakes = own
    .flatMap((b) => [b.start, b.start + SECOND, b.start + 2 * MINUTE + SECOND, b.start + b.lasts])
    .filter((ts) => ts >= from)
    .sort((a, b) => a - b)
  const handset = {
    person,
    kind,
    get nextReport() {
      return nextReport
    },
    get next() {
      return Math.min(nextReport, nextHeartbeat, wakes[0] ?? Number.POSITIVE_INFINITY)
    },
    act(): readonly Act[] {
      const ts = handset.next
      const acts: Act[] = []
      if (wakes[0] === ts) wakes.shift()
      const on = powered(ts)
      const net = linked(ts)
      // A device that is switched off by hand says so when it still can.
      if (wasOn && !on && wasLinked && breachAt(ts, 'powerOff'))
        acts.push({ kind: 'word', word: 'powerOff', report: measure(ts) })
      if (wasLinked && !net) acts.push({ kind: 'silent' })
      if (net && !wasOn) acts.push({ kind: 'word', word: 'powerOn', report: measure(ts) })
      if (net && stored.length > 0) acts.push({ kind: 'stored', reports: stored.splice(0) })
      wasOn = on
      wasLinked = net
      if (net) acts.push(...words(ts))
      if (ts >= nextHeartbeat) {
        nextHeartbeat = ts + heartbeatMs
        if (net) acts.push({ kind: 'heartbeat', batteryPct: battery(ts).pct, steps })
      }
      if (ts >= nextReport) {
        const fast = ts < burstUntil
        nextReport = ts + (fast ? burstMs : interval * chance.between(0.98, 1.02))
        // A phone's next position is not asked for before the hour is over.
        if (kind === 'phone' && !fast) nextReport = ts + interval * chance.between(1.002, 1.05)
        if (on) {
          const report = measure(ts)
          if (net) acts.push({ kind: 'report', report, twice: chance.happens(errors.resent) })
          else if (stored.length < 4_000) stored.push(report)
        }
      }
      return acts
    },
    locate: (ts: number) => (linked(ts) ? measure(ts) : null),
    burst(ts: number, intervalMs: number, until: number) {
      burstMs = intervalMs
      burstUntil = until
      nextReport = Math.min(nextReport, ts + intervalMs)
    },
    setInterval(ms: number) {
      interval = ms
    },
    linked,
  }
  return handset
}

/** Itineraries of the turns asked for, the last three kept. */
function turnsOf(world: World, person: Person, own: readonly Breach[]): (ts: number) => Itinerary {
  const kept = new Map<number, Itinerary>()
  return (ts) => {
    const start = turnOf(person, ts)
    const known = kept.get(start)
    if (known) return known
    const drawn = trueTurn(world.geography, person, start, own)
    kept.set(start, drawn)
    for (const old of kept.keys()) if (kept.size > 3 && old !== start) kept.delete(old)
    return drawn
  }
}

/** Times without network, drawn a week at a time. */
function spansOf(seed: number, name: string, from: number, errors: ErrorParameters): (ts: number) => readonly Span[] {
  const kept = new Map<number, readonly Span[]>()
  return (ts) => {
    const week = from + Math.floor((ts - from) / (7 * DAY)) * 7 * DAY
    const known = kept.get(week) ?? offlineSpans(seed, name, week, week + 7 * DAY, errors)
    kept.set(week, known)
    return known
  }
}
